/**
 * Partial queries — specialized requests and permission queries of a compiled engine against the model, row by row, before and after a change.
 */
import { CompiledEngine } from '../../../src/engine/compiled-engine.ts';
import { EntityStore } from '../../../src/engine/entity-store.ts';
import { isAuthorized } from '../../../src/model/authorizer.ts';
import { checkContext } from '../../../src/validator/conformance/conformance.ts';
import { Entities, EntitiesError } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Random } from '../../arbitrary/random.ts';
import type { Finding } from '../finding.ts';
import { sameResponse } from './authorize.ts';
import type { PartialTally, TypedCase } from './partial.ts';

/** More rows than an engine waits for before it makes code. */
const ROWS = 80;

export function checkQueries(typed: TypedCase, random: Random, tally: PartialTally): Finding | undefined {
  const { given, set, entities, requests } = typed;
  const { schema } = given;
  const engine = new CompiledEngine(set as CompiledEngine['policies'], { schema });
  const store = EntityStore.of(entities, { schema });
  const request = random.pick(requests);
  const { principal, action, context } = request;
  const may = engine.specialize({ principal, action, context }, store);
  for (const when of ['at first', 'after a change', 'after two changes']) {
    const finding =
      checkRows(typed, engine, store, request, may, tally, when) ?? checkActions(typed, engine, store, request, when);
    if (finding !== undefined) return finding;
    change(store, typed, request, random);
  }
  engine.release();
  return undefined;
}

type Specialized = ReturnType<CompiledEngine['specialize']>;

/** `filter = specialize = isAllowed = model`, for every row. */
function checkRows(
  { set, given }: TypedCase,
  engine: CompiledEngine,
  store: EntityStore,
  request: Request,
  may: Specialized,
  tally: PartialTally,
  when: string,
): Finding | undefined {
  const { type } = request.resource;
  if (given.schema.entityTypes.get(type)?.kind !== 'standard') return undefined;
  const stored = [...store].filter(({ uid }) => uid.type === type).map(({ uid }) => uid);
  const rows = [...stored, request.resource, new EntityUid(type, 'nobody')];
  const data = Entities.from(store);
  const expected = rows.map((resource) => isAuthorized({ ...request, resource }, data, set.policies()));
  for (let round = 0; round * rows.length < ROWS + 2 * rows.length; round++) {
    for (const [i, row] of rows.entries()) {
      const form = round % 2 === 0 ? store.handle(row) : `${row}`;
      const actual = may.isAuthorized(form);
      const what = `${row} ${when}`;
      if (!sameResponse(actual, expected[i]!))
        return { target: 'partial', oracle: 'specialized', what, expected: expected[i], actual };
      const allowed = may.isAllowed(form);
      if (allowed !== (expected[i]!.decision === 'allow'))
        return {
          target: 'partial',
          oracle: 'specialized, decision alone',
          what,
          expected: expected[i],
          actual: allowed,
        };
    }
  }
  tally.rows += rows.length;
  const { principal, action, context } = request;
  const found = [...engine.allowedResources({ principal, action, context, resource: { type } }, store)].map(String);
  const wanted = stored.filter((_, i) => expected[i]!.decision === 'allow').map(String);
  if (found.sort().join('\n') === wanted.sort().join('\n')) return undefined;
  return { target: 'partial', oracle: 'allowed resources', what: when, expected: wanted, actual: found };
}

function checkActions(
  { set, given }: TypedCase,
  engine: CompiledEngine,
  store: EntityStore,
  { principal, resource, context }: Request,
  when: string,
): Finding | undefined {
  const { schema } = given;
  const data = Entities.from(store);
  const wanted = [...schema.actions.values()]
    .filter((entry) => entry.appliesToPrincipal.has(principal.type) && entry.appliesToResource.has(resource.type))
    .filter(({ uid }) => checkContext(context, uid, schema) === undefined)
    .filter(({ uid }) => {
      const whole = { principal, action: uid, resource, context };
      return isAuthorized(whole, data, set.policies()).decision === 'allow';
    })
    .map(({ uid }) => `${uid}`);
  const answers = engine.allowedActions({ principal, resource, context }, store, { reasons: true });
  const found = answers.filter(({ decision }) => decision === 'allow').map(({ action }) => `${action}`);
  if (found.join('\n') === wanted.join('\n') && answers.length === found.length) return undefined;
  return { target: 'partial', oracle: 'allowed actions', what: when, expected: wanted, actual: found };
}

/** The principal, an entity that it is below, or a resource becomes as another of its type is, or goes; or what is above it is cut off. */
function change(store: EntityStore, { entities }: TypedCase, { principal }: Request, random: Random): void {
  if (entities.length === 0) return;
  const above = ancestorsIn(store, principal);
  const cut = entities.filter(({ uid, parents }) => above.has(uid.key) && parents.length > 0);
  if (cut.length > 0 && random.chance(50)) {
    store.upsert({ ...random.pick(cut), parents: [] });
    return;
  }
  const near = entities.filter(({ uid }) => uid.equals(principal) || above.has(uid.key));
  const changed = near.length > 0 && random.chance(70) ? random.pick(near) : random.pick(entities);
  if (random.chance(15)) {
    store.remove(changed.uid);
    return;
  }
  const alike = random.pick(entities.filter(({ uid }) => uid.type === changed.uid.type));
  try {
    store.upsert({ ...alike, uid: changed.uid });
  } catch (error) {
    // It would have become its own ancestor.
    if (!(error instanceof EntitiesError)) throw error;
  }
}

function ancestorsIn(store: EntityStore, uid: EntityUid): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [uid];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const parent of store.get(at)?.parents ?? []) {
      if (found.has(parent.key)) continue;
      found.add(parent.key);
      open.push(parent);
    }
  }
  return found;
}
