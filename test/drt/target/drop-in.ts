/**
 * Drop-in — calls whose policies, schema and entities come again, as they were or changed in place, are answered as if nothing were remembered.
 *
 * What is remembered is told from what is read each time by the prototype: a list of a class of its own is JSON all the same, but nothing is known by it.
 */
import {
  isAuthorized,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
} from '../../../src/cedar-wasm/index.ts';
import type { Case } from '../../arbitrary/case.ts';
import { policySetData } from '../../arbitrary/golden.ts';
import { entityToData, requestToData } from '../../arbitrary/json.ts';
import { Random } from '../../arbitrary/random.ts';
import { schemaText } from '../../arbitrary/schema-text.ts';
import type { Finding } from '../finding.ts';

type Json = Record<string, unknown>;

/** How many calls follow one another. A prepared set is compiled at the fourth. */
const CALLS = 24;

export function checkDropIn(given: Case, seed: number): Finding | undefined {
  const random = new Random(seed);
  const policies = policySetData(given) as object;
  const schema = schemaText(given.schema);
  const isPrepared =
    preparsePolicySet('policies', policies as never).type === 'success' &&
    preparseSchema('schema', schema).type === 'success';
  const lists = [0, 1].map(() => given.entities.map((entity) => copyOf(entityToData(entity)) as Json));
  for (let i = 0; i < CALLS; i++) {
    const entities = random.pick(lists);
    if (random.chance(60)) change(entities, given, random);
    const request = copyOf(requestToData(random.pick(given.requests))) as Json;
    const validateRequest = random.chance(70);
    const typed = random.chance(50);
    const whole = { ...request, policies, entities, ...(typed && { schema, validateRequest }) };
    const stateful = {
      ...request,
      preparsedPolicySetId: 'policies',
      entities,
      ...(typed && { preparsedSchemaName: 'schema', validateRequest }),
    };
    // What is not prepared is parsed twice in each comparison.
    const found =
      isPrepared && random.chance(85)
        ? compare('statefulIsAuthorized', i, stateful, statefulIsAuthorized)
        : compare('isAuthorized', i, whole, isAuthorized);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What JSON does not tell from a list. */
class List extends Array {}

function compare(name: string, call: number, given: Json, ask: (call: never) => unknown): Finding | undefined {
  const unknown = { ...given, entities: List.from(given.entities as unknown[]) };
  if ('policies' in unknown) unknown.policies = Object.assign(Object.create({ inherited: 1 }), unknown.policies);
  const [expected, actual] = [answerOf(() => ask(unknown as never)), answerOf(() => ask(given as never))];
  if (JSON.stringify(actual) === JSON.stringify(expected)) return undefined;
  return { target: 'dropin', oracle: name, what: `call ${call}`, expected, actual };
}

function answerOf(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    return `${error}`;
  }
}

/** One thing is another in place: a value, a parent, a uid; an entity comes, goes, comes twice or breaks. */
function change(entities: Json[], given: Case, random: Random): void {
  const other = copyOf(entityToData(random.pick(given.entities))) as Json;
  if (entities.length === 0) {
    entities.push(other);
    return;
  }
  const at = random.between(0, entities.length - 1);
  const entity = entities[at]!;
  const attrs = entity.attrs as Json;
  const names = Object.keys(attrs);
  const name = names.length === 0 ? undefined : random.pick(names);
  switch (random.between(0, 10)) {
    case 0:
      entities[at] = other;
      break;
    case 1:
      entities.splice(at, 1);
      break;
    case 2:
      entities.push(other);
      break;
    case 3:
      entity.attrs = other.attrs;
      break;
    case 4:
      entity.parents = other.parents;
      break;
    case 5:
      (entity.parents as unknown[]).push(other.uid);
      break;
    case 6:
      if (name !== undefined)
        attrs[name] = random.pick([1, true, 'text', other.uid, { __entity: other.uid }, [], null]);
      break;
    case 7:
      if (name !== undefined) delete attrs[name];
      break;
    case 8:
      entity.uid = copyOf(other.uid);
      break;
    default:
      entity.uid = { ...(entity.uid as object), id: `another ${random.between(0, 3)}` };
  }
}

function copyOf(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(copyOf);
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, copyOf(value)]));
}
