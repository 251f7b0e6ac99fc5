/**
 * Partial — partial evaluation against the model, on every completion that is drawn: decisions, outcomes of policies, reauthorizing, loading.
 *
 * A case is made partial by leaving out ids, the context, and parts of entities, by the recipe of the official generator: attributes and tags of an
 * entity with 1/4, the ancestors of what nothing is below with 1/4, whole entities with 1/6. A completion has the left-out parts of another entity.
 *
 * Spec:  Cedar.Thm.TPE: partial_evaluate_is_sound, partial_authorize_decision_is_sound, reauthorize_is_sound
 */
import { isAuthorized } from '../../../src/model/authorizer.ts';
import { authorizePartially, type PartialResponse } from '../../../src/partial/authorize.ts';
import { entitiesConflict, ListedEntities, type PartialEntity } from '../../../src/partial/partial-entities.ts';
import { type PartialRequest, partialUid } from '../../../src/partial/partial-request.ts';
import { TypedPolicies } from '../../../src/partial/policies.ts';
import { sharpResponse } from '../../../src/partial/sharp.ts';
import type { PolicySet } from '../../../src/syntax/policy-set.ts';
import { checkEntity, checkRequest, conformingEntities } from '../../../src/validator/conformance/conformance.ts';
import { validate } from '../../../src/validator/validate.ts';
import { type Entities, EntitiesError, type Entity } from '../../../src/value/entities.ts';
import { EntityUid, isActionType } from '../../../src/value/entity-uid.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Response } from '../../../src/value/response.ts';
import type { Case } from '../../arbitrary/case.ts';
import { Random } from '../../arbitrary/random.ts';
import type { Finding } from '../finding.ts';
import { policySetOf } from './authorize.ts';
import { checkQueries } from './partial-queries.ts';

/** What a run has seen, so that a test can tell that it looked at something. */
export class PartialTally {
  decided = 0;
  open = 0;
  readonly outcomes = new Map<string, number>();
  completions = 0;
  sharper = 0;
  rows = 0;

  note({ policies, decision }: PartialResponse): void {
    if (decision === undefined) this.open++;
    else this.decided++;
    for (const { outcome } of policies) this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }
}

/** A case of which all parts fit the schema: what partial evaluation asks for. */
export interface TypedCase {
  readonly given: Case;
  readonly set: PolicySet;
  /** Without actions. */
  readonly entities: readonly Entity[];
  readonly requests: readonly Request[];
}

export function checkPartial(given: Case, seed: number, tally = new PartialTally()): Finding | undefined {
  const random = new Random(seed);
  const typed = typedPart(given);
  if (typed === undefined) return undefined;
  const policies = new TypedPolicies(typed.set, given.schema);
  for (const [i, request] of typed.requests.entries()) {
    const finding = checkHoles(typed, policies, request, random, tally, `request ${i}`);
    if (finding !== undefined) return finding;
  }
  return checkQueries(typed, random, tally);
}

/** The policies that pass the validator, and the data that fit. */
export function typedPart(given: Case): TypedCase | undefined {
  const { schema, links } = given;
  const wrong = new Set(validate(policySetOf(given), schema).errors.map(({ policyId }) => policyId));
  const policies = given.policies.filter(({ id }) => !wrong.has(id));
  const kept = links.filter(({ id, templateId }) => !wrong.has(id) && !wrong.has(templateId));
  const entities = given.entities.filter(
    (each) => !isActionType(each.uid.type) && checkEntity(each, schema) === undefined,
  );
  const requests = given.requests.filter((request) => checkRequest(request, schema) === undefined);
  const isEmpty = policies.length === 0 || requests.length === 0;
  return isEmpty ? undefined : { given, set: policySetOf({ policies, links: kept }), entities, requests };
}

function checkHoles(
  typed: TypedCase,
  policies: TypedPolicies,
  request: Request,
  random: Random,
  tally: PartialTally,
  what: string,
): Finding | undefined {
  const { schema } = typed.given;
  const partial = holesIn(request, random);
  const listed = random.chance(20) ? typed.entities : entitiesWithHoles(typed.entities, random);
  const known = ListedEntities.from(listed, schema);
  const response = authorizePartially(policies, partial, known, schema);
  tally.note(response);
  const own = { request, entities: typed.entities };
  const others = random.list(2, 4, () => completion(typed, partial, listed, random));
  for (const { request: whole, entities } of [own, ...others]) {
    const complete = closed(entities, schema);
    if (complete === undefined || checkRequest(whole, schema) !== undefined) continue;
    // Where a parent was left out, its own parents may make other ancestors than were known.
    if (entitiesConflict(known, complete) !== undefined) continue;
    tally.completions++;
    const finding = checkCompletion(response, whole, complete, [...typed.set.policies()], tally, what);
    if (finding !== undefined) return finding;
  }
  return undefined;
}

export function closed(entities: readonly Entity[], schema: Case['schema']): Entities | undefined {
  try {
    return conformingEntities(entities, schema);
  } catch (error) {
    if (error instanceof EntitiesError) return undefined;
    throw error;
  }
}

export function holesIn({ principal, action, resource, context }: Request, random: Random): PartialRequest {
  return {
    principal: random.chance(30) ? { type: principal.type, uid: undefined } : partialUid(principal),
    action,
    resource: random.chance(50) ? { type: resource.type, uid: undefined } : partialUid(resource),
    context: random.chance(25) ? undefined : context,
  };
}

export function entitiesWithHoles(entities: readonly Entity[], random: Random): PartialEntity[] {
  const above = new Set(entities.flatMap(({ parents }) => parents.map(({ key }) => key)));
  return entities
    .filter(() => !random.chance(16))
    .map((entity) => ({
      uid: entity.uid,
      attrs: random.chance(25) ? undefined : entity.attrs,
      tags: random.chance(25) ? undefined : entity.tags,
      parents: random.chance(25) && !above.has(entity.uid.key) ? undefined : entity.parents,
      exists: random.chance(50),
    }));
}

/** What is known stays; what is not is that of another entity, or of another request. */
export function completion(
  { entities, requests, given }: TypedCase,
  partial: PartialRequest,
  listed: readonly PartialEntity[],
  random: Random,
): { readonly request: Request; readonly entities: readonly Entity[] } {
  const known = new Map(listed.map((each) => [each.uid.key, each]));
  const whole = entities.flatMap((entity) => completed(entity, known.get(entity.uid.key), entities, random) ?? []);
  const uidOf = ({ type, uid }: PartialRequest['principal']) => uid ?? anyUid(type, entities, given, random);
  const contexts = requests.filter(({ action }) => action.equals(partial.action)).map(({ context }) => context);
  const request = {
    principal: uidOf(partial.principal),
    action: partial.action,
    resource: uidOf(partial.resource),
    context: partial.context ?? random.pick(contexts),
  };
  return { request, entities: whole };
}

/** `undefined` for one that is not there. */
function completed(
  entity: Entity,
  known: PartialEntity | undefined,
  all: readonly Entity[],
  random: Random,
): Entity | undefined {
  if (known === undefined && random.chance(30)) return undefined;
  const alike = () => random.pick(all.filter(({ uid }) => uid.type === entity.uid.type));
  const parentsNow = () =>
    random.chance(50) ? entity.parents : alike().parents.filter((each) => !each.equals(entity.uid));
  return {
    uid: entity.uid,
    attrs: known?.attrs ?? alike().attrs,
    tags: known?.tags ?? alike().tags,
    parents: known?.parents ?? parentsNow(),
  };
}

function anyUid(type: string, entities: readonly Entity[], { schema }: Case, random: Random): EntityUid {
  const entry = schema.entityTypes.get(type);
  if (entry?.kind === 'enum') return new EntityUid(type, random.pick(entry.ids));
  const uids = entities.filter(({ uid }) => uid.type === type).map(({ uid }) => uid);
  return uids.length === 0 || random.chance(10) ? new EntityUid(type, 'nobody') : random.pick(uids);
}

function checkCompletion(
  response: PartialResponse,
  request: Request,
  entities: Entities,
  policies: Parameters<typeof isAuthorized>[2],
  tally: PartialTally,
  what: string,
): Finding | undefined {
  const expected = isAuthorized(request, entities, policies);
  const differs = (oracle: string, actual: unknown): Finding => ({ target: 'partial', oracle, what, expected, actual });
  if (response.decision !== undefined && response.decision !== expected.decision)
    return differs('the decision', response.decision);
  const satisfied = satisfiedBy(request, entities, policies);
  const erring = new Set(expected.errors.map(({ policyId }) => policyId));
  for (const { id, outcome } of response.policies) {
    const now = erring.has(id) ? 'error' : satisfied.has(id) ? 'true' : 'false';
    if (outcome !== 'residual' && outcome !== now) return differs(`the outcome of ${id}`, `${outcome}, not ${now}`);
  }
  const sharp = sharpResponse(response);
  if (sharp.decision !== response.decision) tally.sharper++;
  if (sharp.decision !== undefined && sharp.decision !== expected.decision)
    return differs('the sharper decision', sharp.decision);
  if (response.decision !== undefined && sharp.decision === undefined) return differs('the sharper decision', sharp);
  const never = sharp.neverSatisfied.find((id) => satisfied.has(id));
  if (never !== undefined) return differs('what is never satisfied', never);
  return checkReauthorize(response, request, entities, expected, what);
}

/** Every policy on its own: those that a forbid hides are satisfied all the same. */
function satisfiedBy(request: Request, entities: Entities, policies: Parameters<typeof isAuthorized>[2]): Set<string> {
  const satisfied = new Set<string>();
  for (const policy of policies) {
    const { decision, determiningPolicies } = isAuthorized(request, entities, [policy]);
    if (decision === 'allow' || determiningPolicies.length > 0) satisfied.add(policy.id);
  }
  return satisfied;
}

function checkReauthorize(
  response: PartialResponse,
  request: Request,
  entities: Entities,
  expected: Response,
  what: string,
): Finding | undefined {
  const found = (oracle: string, actual: unknown): Finding => ({ target: 'partial', oracle, what, expected, actual });
  for (const [oracle, residuals] of [
    ['reauthorizing', response],
    ['reauthorizing by sharper residuals', sharpened(response)],
  ] as const) {
    const actual = residuals.reauthorize(request, entities);
    if (!sameVerdict(actual, expected)) return found(oracle, actual);
  }
  return undefined;
}

function sharpened(response: PartialResponse): PartialResponse {
  return response.with(sharpResponse(response).policies);
}

/** All but the words of errors. */
export function sameVerdict(a: Response, b: Response): boolean {
  const ids = ({ errors }: Response) => errors.map(({ policyId }) => policyId).join('\n');
  return (
    a.decision === b.decision &&
    a.determiningPolicies.join('\n') === b.determiningPolicies.join('\n') &&
    ids(a) === ids(b)
  );
}
