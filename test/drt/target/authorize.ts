/**
 * Authorize — the model against compiled programs in every combination of options, full answer and decision alone.
 */

import type { CodegenOptions } from '../../../codegen/options.ts';
import { check } from '../../../codegen/print/check.ts';
import { CompiledEngine } from '../../../src/engine/compiled-engine.ts';
import { EntityStore } from '../../../src/engine/entity-store.ts';
import { prepareContext } from '../../../src/engine/input/prepare-context.ts';
import type { RequestInput } from '../../../src/engine/input/request-input.ts';
import type { UidInput } from '../../../src/engine/input/uid-input.ts';
import { isAuthorized } from '../../../src/model/authorizer.ts';
import type { CorePolicy } from '../../../src/syntax/core-policy.ts';
import { PolicySet } from '../../../src/syntax/policy-set.ts';
import { Entities, EntitiesError, type Entity } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { quote } from '../../../src/value/quote.ts';
import type { Request } from '../../../src/value/request.ts';
import type { PolicyError, Response } from '../../../src/value/response.ts';
import type { Case } from '../../arbitrary/case.ts';
import { entityToData, requestToData } from '../../arbitrary/json.ts';
import type { Random } from '../../arbitrary/random.ts';
import type { Coverage } from '../coverage.ts';
import type { Finding } from '../finding.ts';
import { checkPlans } from './plan.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** The functions of all actions as one, from the first requests on. */
export const JOINED: readonly CodegenOptions[] = [
  { warmUp: 0, indexFrom: 2 },
  { warmUp: 2, slice: false },
];

/** As actions of very many policies are served. */
export const PARTITIONED: CodegenOptions = { partitionFrom: 1, indexFrom: 3, warmUp: NEVER };

/** As they are where all of them are rows, and nothing has changed yet. */
export const TABLES: CodegenOptions = { partitionFrom: 1, indexFrom: 1, warmUp: 0 };

/** Three of six with that function and three without, three with tables whatever the number of policies, one in segments. */
export const OPTIONS: readonly CodegenOptions[] = [
  {},
  { slice: false, optimize: false, warmUp: NEVER },
  { optimize: false, indexFrom: 1, warmUp: NEVER },
  PARTITIONED,
  ...JOINED,
];

export function policySetOf({ policies, links }: Pick<Case, 'policies' | 'links'>): PolicySet {
  const set = PolicySet.of(policies);
  for (const link of links) set.link(link);
  return set;
}

/** The model's answers. */
export function modelResponses(
  given: Pick<Case, 'entities' | 'requests'>,
  policies: readonly CorePolicy[],
): Response[] {
  const entities = Entities.from(given.entities);
  return given.requests.map((request) => isAuthorized(request, entities, policies));
}

export function checkAuthorize(given: Case, coverage?: Coverage, options = OPTIONS): Finding | undefined {
  const set = policySetOf(given);
  const expected = modelResponses(given, [...set.policies()]);
  coverage?.record(given, expected);
  const store = EntityStore.of(given.entities);
  for (const option of options) {
    const finding = checkEngine(given, set, store, option, expected);
    if (finding !== undefined) return finding;
  }
  return checkPlans(given, expected);
}

function checkEngine(
  { requests }: Case,
  set: PolicySet,
  store: EntityStore,
  option: CodegenOptions,
  expected: readonly Response[],
): Finding | undefined {
  const engine = new CompiledEngine(set, option);
  const oracle = `compiled ${JSON.stringify(option)}`;
  for (const [i, request] of requests.entries()) {
    const named = option.warmUp === undefined ? request : inForm(request, store, i);
    const response = engine.isAuthorized(named, store);
    if (!sameResponse(response, expected[i]!)) {
      return { target: 'authorize', oracle, what: `request ${i}`, expected: expected[i], actual: response };
    }
    const allowed = engine.isAllowed(named, store);
    if (allowed !== (response.decision === 'allow')) {
      return {
        target: 'authorize',
        oracle: `${oracle}, decision alone`,
        what: `request ${i}`,
        expected: response.decision,
        actual: allowed,
      };
    }
  }
  engine.release();
  return undefined;
}

/**
 * The same request in one of the forms in which it may be put: handles, texts, objects of several classes, and mixtures; the context as a record or as
 * data.
 */
export function inForm(request: Request, store: EntityStore, form: number): RequestInput {
  const forms = UID_FORMS[form % UID_FORMS.length]!;
  const [principal, action, resource] = [request.principal, request.action, request.resource].map((uid, i) =>
    forms[i]!(uid, store),
  ) as [UidInput, UidInput, UidInput];
  return { principal, action, resource, context: contextInForm(request, form) };
}

type UidForm = (uid: EntityUid, store: EntityStore) => UidInput;

const HANDLE: UidForm = (uid, store) => store.handle(uid);
const TEXT: UidForm = ({ type, id }) => `${type}::${quote(id)}`;
const OBJECT: UidForm = ({ type, id }) => ({ type, id });
const UID: UidForm = ({ type, id }) => new EntityUid(type, id);
/** As an application's own class has them, among other members. */
const ROW: UidForm = ({ type, id }) => Object.assign(new Row(), { id, name: 'row', type });

class Row {}

const UID_FORMS: readonly (readonly UidForm[])[] = [
  [HANDLE, HANDLE, HANDLE],
  [HANDLE, TEXT, TEXT],
  [TEXT, TEXT, TEXT],
  [OBJECT, OBJECT, OBJECT],
  [OBJECT, TEXT, HANDLE],
  [UID, HANDLE, ROW],
];

/** Half of them as JSON has them, some of these prepared; none is left out or is an empty object. */
function contextInForm(request: Request, form: number): object | undefined {
  const { context } = request;
  if (form % 2 === 1) return context;
  if (context.fields.size === 0) return form % 4 === 0 ? undefined : {};
  return form % 3 === 0 ? preparedOnce(request) : contextData(request);
}

/** The context as JSON has it. */
export function contextData(request: Request): object {
  return { ...(requestToData(request) as unknown as { readonly context: object }).context };
}

const PREPARED = new WeakMap<Request, object>();

/** One for all engines that are asked. */
function preparedOnce(request: Request): object {
  const prepared = PREPARED.get(request) ?? prepareContext(contextData(request), undefined, undefined);
  PREPARED.set(request, prepared);
  return prepared;
}

export function sameResponse(a: Response, b: Response): boolean {
  return (
    a.decision === b.decision &&
    a.determiningPolicies.length === b.determiningPolicies.length &&
    a.determiningPolicies.every((id, i) => id === b.determiningPolicies[i]) &&
    a.errors.length === b.errors.length &&
    a.errors.every((error, i) => sameError(error, b.errors[i]!))
  );
}

function sameError(a: PolicyError, b: PolicyError): boolean {
  return (
    a.policyId === b.policyId &&
    a.kind === b.kind &&
    a.message === b.message &&
    a.help === b.help &&
    a.span?.start === b.span?.start &&
    a.span?.end === b.span?.end
  );
}

/** Entities and requests given as JSON data, and emitted text checked. */
export function checkAsData(given: Case): Finding | undefined {
  const set = policySetOf(given);
  const engine = new CompiledEngine(set, { check });
  const entities = given.entities.map((entity) => entityToData(entity) as object);
  const store = EntityStore.from(entities);
  for (const [i, expected] of modelResponses(given, [...set.policies()]).entries()) {
    const request = requestToData(given.requests[i]!) as unknown as RequestInput;
    const actual = engine.isAuthorized(request, i % 2 === 0 ? store : entities);
    if (!sameResponse(withoutHelp(actual), withoutHelp(expected)))
      return { target: 'authorize', oracle: 'compiled, given data', what: `request ${i}`, expected, actual };
  }
  return undefined;
}

/** A store with the entities of a request on top, which hide those of the same uid; the store follows changes meanwhile. */
export function checkLayers(given: Case, random: Random): Finding | undefined {
  const set = policySetOf(given);
  const policies = [...set.policies()];
  const engine = new CompiledEngine(set, { warmUp: 4 });
  const base = EntityStore.of(random.some(given.entities, 60));
  for (let i = 0; i < 3 * given.requests.length; i++) {
    const request = given.requests[i % given.requests.length]!;
    if (random.chance(30)) base.upsert(random.pick(given.entities));
    const own = random.some(given.entities, 30).map((entity) => disguised(entity, given, random));
    const hidden = new Set(own.map(({ uid }) => uid.key));
    const all = [...[...base].filter(({ uid }) => !hidden.has(uid.key)), ...own];
    const entities = acyclic(all);
    if (entities === undefined) continue;
    const both = base.with(own);
    if (random.chance(10)) void both.size;
    const expected = isAuthorized(request, entities, policies);
    const what = `call ${i}`;
    const actual = engine.isAuthorized(request, both);
    if (!sameResponse(actual, expected))
      return { target: 'visits', oracle: 'compiled, a store with entities on top', what, expected, actual };
    const allowed = engine.isAllowed(request, both);
    if (allowed !== (expected.decision === 'allow'))
      return {
        target: 'visits',
        oracle: 'compiled, a store with entities on top, decision alone',
        what,
        expected: expected.decision,
        actual: allowed,
      };
  }
  engine.release();
  return undefined;
}

/** The data of another entity of its type, sometimes. */
function disguised(entity: Entity, given: Case, random: Random): Entity {
  const other = random.pick(given.entities);
  return other.uid.type === entity.uid.type && random.chance(40) ? { ...other, uid: entity.uid } : entity;
}

export function acyclic(entities: readonly Entity[]): Entities | undefined {
  try {
    return Entities.from(entities);
  } catch (error) {
    if (error instanceof EntitiesError) return undefined;
    throw error;
  }
}

/** Entities that come with the call: others each time, so that nothing of a call may be left for the next. */
export function checkCallEntities(given: Case, random: Random): Finding | undefined {
  const set = policySetOf(given);
  const policies = [...set.policies()];
  const engine = new CompiledEngine(set, { warmUp: 1 });
  let entities = given.entities;
  let data: object[] = [];
  for (let i = 0; i < 3 * given.requests.length; i++) {
    const request = given.requests[i % given.requests.length]!;
    if (i === 0 || random.chance(60)) {
      entities = random.some(given.entities, random.pick([30, 80, 100]));
      data = listOf(entities, random.chance(50) ? data : [], random);
    } else entities = renamed(entities, data as UidData[], random);
    const expected = isAuthorized(request, Entities.from(entities), policies);
    const what = `call ${i}`;
    const asked = inForm(request, OTHER_STORE, i);
    const actual = engine.isAuthorized(asked, data);
    if (!sameResponse(actual, expected))
      return { target: 'visits', oracle: 'compiled, entities in the call', what, expected, actual };
    const allowed = engine.isAllowed(asked, data);
    if (allowed !== (expected.decision === 'allow'))
      return {
        target: 'visits',
        oracle: 'compiled, entities in the call, decision alone',
        what,
        expected: expected.decision,
        actual: allowed,
      };
  }
  engine.release();
  return undefined;
}

/** For handles, which are good in every call. */
export const OTHER_STORE = new EntityStore();

interface EntityData {
  readonly uid: object;
  readonly attrs: object;
  readonly tags: object;
}

interface UidData {
  readonly uid: { id: string };
}

/** Two entities without parents exchange their ids, in the very same data. */
function renamed(entities: Case['entities'], data: readonly UidData[], random: Random): Case['entities'] {
  const roots = entities.filter(({ parents }) => parents.length === 0);
  const [a, b] = [random.pick(roots), random.pick(roots)];
  if (a === undefined || b === undefined || a.uid.type !== b.uid.type) return entities;
  const [i, j] = [entities.indexOf(a), entities.indexOf(b)];
  [data[i]!.uid.id, data[j]!.uid.id] = [b.uid.id, a.uid.id];
  return entities.with(i, { ...a, uid: b.uid }).with(j, { ...b, uid: a.uid });
}

/** The data of entities, perhaps in the place of others: applications change lists, and what is in them, between calls. */
function listOf(entities: Case['entities'], data: object[], random: Random): object[] {
  data.length = Math.min(data.length, entities.length);
  entities.forEach((entity, i) => {
    const { attrs, tags, ...rest } = entityToData(entity) as unknown as EntityData;
    // As literals of JavaScript have them, and as what has no prototype.
    const fresh = random.chance(50) ? { ...rest, attrs: { ...attrs }, tags: { ...tags } } : { ...rest, attrs, tags };
    const before = data[i] as { uid: object } | undefined;
    if (before === undefined || random.chance(40)) data[i] = fresh;
    else if (random.chance(50)) Object.assign(before, fresh);
    else Object.assign(before, { ...fresh, uid: Object.assign(before.uid, fresh.uid) });
  });
  return data;
}

/** A context that is data is read only at the attributes that policies mention, and an error's help offers only those. */
function withoutHelp(response: Response): Response {
  return { ...response, errors: response.errors.map((error) => ({ ...error, help: undefined })) };
}
