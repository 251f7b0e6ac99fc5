/**
 * Soundness — policies that pass the validator do not err on data that conform, but for what no validator can know; and code that leaves out
 * the checks which are needless then gives the same answers.
 *
 * Spec:  Cedar.Thm.Validation: validation_is_sound
 */
import { CompiledEngine } from '../../../src/engine/compiled-engine.ts';
import { EntityStore } from '../../../src/engine/entity-store.ts';

import type { ModuleEngine } from '../../../src/engine/module-engine.ts';
import { DataError } from '../../../src/parser/data/data-path.ts';
import type { PolicySet } from '../../../src/syntax/policy-set.ts';
import { checkEntity, checkRequest } from '../../../src/validator/conformance/conformance.ts';
import { ConformanceError } from '../../../src/validator/conformance/conformance-error.ts';
import { validate } from '../../../src/validator/validate.ts';
import { parseDatetime } from '../../../src/value/datetime.ts';
import { Decimal, parseDecimal } from '../../../src/value/decimal.ts';
import { Duration, parseDuration } from '../../../src/value/duration.ts';
import { EntityUid, isActionType } from '../../../src/value/entity-uid.ts';
import { type EvaluationErrorKind, EvaluationFailure } from '../../../src/value/evaluation-error.ts';
import { parseIpAddr } from '../../../src/value/ipaddr.ts';
import { CedarRecord } from '../../../src/value/record.ts';
import type { Request } from '../../../src/value/request.ts';
import { CedarSet } from '../../../src/value/set.ts';
import type { Value } from '../../../src/value/value.ts';
import type { Case } from '../../arbitrary/case.ts';
import { nearMisses } from '../../arbitrary/near-miss.ts';
import { Random } from '../../arbitrary/random.ts';
import { worldOf } from '../../arbitrary/world.ts';
import type { Finding } from '../finding.ts';
import { inForm, modelResponses, policySetOf, sameResponse } from './authorize.ts';
import { moduleEngineOf } from './module.ts';
import { checkOwnObjects } from './own-objects.ts';
import { checkPreparedContexts } from './prepared-contexts.ts';
import { checkTypedLists } from './typed-lists.ts';

/** What may happen to a validated policy: missing entities, overflow, and texts that no literal gave. */
const ALLOWED: ReadonlySet<EvaluationErrorKind> = new Set(['entityDoesNotExist', 'arithBoundsError', 'extensionError']);

/** Requests that are asked with a list of entities, which takes longer. */
const LISTS = 6;

/** Those that are asked with own objects, by three engines. */
const OWN_OBJECTS = 3;

/** Those whose contexts are prepared, each for nine questions. */
const PREPARED = 3;

/** What a run has seen, so that a test can tell that it looked at something. */
export interface SoundnessTally {
  conforming: number;
  valid: number;
  invalid: number;
}

export function checkSoundness(given: Case, tally?: SoundnessTally): Finding | undefined {
  const { schema } = given;
  const data = given.entities.filter(
    (entity) => !isActionType(entity.uid.type) && checkEntity(entity, schema) === undefined,
  );
  // Actions as the schema has them: a case may leave some out or change their parents.
  const store = EntityStore.of(data, { schema });
  const requests = given.requests.filter((request) => checkRequest(request, given.schema) === undefined);
  const conforming = { ...given, requests, entities: [...store] };
  if (tally !== undefined) tally.conforming += requests.length;
  const set = policySetOf(given);
  return (
    checkErrors(conforming, set, tally) ??
    checkWellTyped(conforming, set, store) ??
    checkTypedLists({ ...given, requests: requests.slice(0, LISTS) }, data, set) ??
    checkOwnObjects(
      { ...given, requests: requests.slice(0, OWN_OBJECTS) },
      data,
      set,
      new Random(given.entities.length),
    ) ??
    checkPreparedContexts({ ...conforming, requests: requests.slice(0, PREPARED) }, set) ??
    checkRefused(given, set, store)
  );
}

/** The same for policies that are next to what the validator accepts. */
export function checkNearMisses(given: Case, seed: number): Finding | undefined {
  const random = new Random(seed);
  const policies = nearMisses(random, worldOf(random, given.schema), given.policies);
  return checkSoundness({ ...given, policies });
}

function checkErrors(given: Case, set: PolicySet, tally: SoundnessTally | undefined): Finding | undefined {
  const wrong = new Set(validate(set, given.schema).errors.map(({ policyId }) => policyId));
  const templateOf = new Map(given.links.map(({ id, templateId }) => [id, templateId]));
  const valid = [...set.policies()].filter(({ id }) => !wrong.has(id) && !wrong.has(templateOf.get(id) ?? id));
  if (tally !== undefined) {
    tally.valid += valid.length;
    tally.invalid += set.size - valid.length;
  }
  for (const [i, response] of modelResponses(given, valid).entries()) {
    const unsound = response.errors.find(({ kind }) => !ALLOWED.has(kind));
    if (unsound !== undefined)
      return {
        target: 'soundness',
        oracle: 'the validator',
        what: `request ${i}`,
        expected: 'no such error',
        actual: unsound,
      };
  }
  return undefined;
}

/** Stores that were checked against the schema run code without needless checks. */
function checkWellTyped(given: Case, set: PolicySet, store: EntityStore): Finding | undefined {
  const expected = modelResponses(given, [...set.policies()]);
  const { schema } = given;
  for (const [oracle, engine] of [
    ['typed', new CompiledEngine(set, { schema, warmUp: 1 })],
    ['typed, no slices', new CompiledEngine(set, { schema, slice: false })],
    ['module with a schema', moduleEngineOf(set, schema)],
  ] as const) {
    for (const [i, asked] of given.requests.entries()) {
      const request = oracle === 'typed, no slices' ? asked : inForm(asked, store, i);
      const actual = engine.isAuthorized(request, store);
      if (!sameResponse(actual, expected[i]!))
        return { target: 'soundness', oracle, what: `request ${i}`, expected: expected[i], actual };
      const allowed = engine.isAllowed(request, store);
      if (allowed !== (actual.decision === 'allow'))
        return {
          target: 'soundness',
          oracle: `${oracle}, decision alone`,
          what: `request ${i}`,
          expected: actual.decision,
          actual: allowed,
        };
    }
    engine.release();
  }
  return undefined;
}

/** Requests that do not fit the schema are answered by no way: neither by the first plans nor by what is made of them. */
function checkRefused(given: Case, set: PolicySet, store: EntityStore): Finding | undefined {
  const { schema } = given;
  return (
    checkRefusedBy(new CompiledEngine(set, { schema, warmUp: 3 }), 'typed, refusal', given, store) ??
    checkRefusedBy(moduleEngineOf(set, schema), 'module with a schema, refusal', given, store)
  );
}

function checkRefusedBy(
  engine: CompiledEngine | ModuleEngine,
  oracle: string,
  { requests, schema }: Case,
  store: EntityStore,
): Finding | undefined {
  for (const [i, request] of [...requests, ...crossed(requests), ...requests.map(retyped)].entries()) {
    const fits = checkRequest(request, schema) === undefined;
    if (!fits && saysExtension(request.context)) continue;
    const asked = inForm(request, store, i);
    const what = `request ${i}`;
    for (const ask of [() => engine.isAuthorized(asked, store), () => engine.isAllowed(asked, store)]) {
      const refused = isRefused(ask);
      if (refused === fits) return { target: 'soundness', oracle, what, expected: !fits, actual: refused };
    }
  }
  engine.release();
  return undefined;
}

/** Each with the action of the next, which may not be for such principals or resources. */
function crossed(requests: readonly Request[]): Request[] {
  return requests.map(({ principal, resource }, i) => {
    const { action, context } = requests[(i + 1) % requests.length]!;
    return { principal, action, resource, context };
  });
}

/** The first value of the context that is not a set or a record is of another type. */
function retyped(request: Request): Request {
  const fields = new Map(request.context.fields);
  for (const [name, value] of fields) {
    const other = ofOtherType(value, request);
    if (other === undefined) continue;
    fields.set(name, other);
    break;
  }
  return { ...request, context: new CedarRecord(fields) };
}

function ofOtherType(value: Value, { principal, resource }: Request): Value | undefined {
  if (typeof value !== 'object') return typeof value === 'string' ? 1 : `${value}`;
  if (value instanceof EntityUid)
    return new EntityUid(value.type === principal.type ? resource.type : principal.type, value.id);
  if (value instanceof CedarSet || value instanceof CedarRecord) return undefined;
  return value instanceof Duration ? new Decimal(10_000) : new Duration(1);
}

const PARSERS = [parseDatetime, parseDecimal, parseDuration, parseIpAddr];

/** Whether a text in it is read as an extension value where the schema wants one: then the request fits that was meant not to. */
function saysExtension(value: Value): boolean {
  if (typeof value === 'string') return PARSERS.some((parse) => !(parse(value) instanceof EvaluationFailure));
  if (value instanceof CedarSet) return value.elements.some(saysExtension);
  return value instanceof CedarRecord && [...value.fields.values()].some(saysExtension);
}

function isRefused(ask: () => unknown): boolean {
  try {
    ask();
    return false;
  } catch (error) {
    if (error instanceof ConformanceError || error instanceof DataError) return true;
    throw error;
  }
}
