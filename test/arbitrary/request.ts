/**
 * Arbitrary request — one that the schema allows and the entities know, but for a share of misfits.
 */
import type { ActionEntry } from '../../src/schema/schema.ts';
import type { ActionScope, Condition, Policy, Scope } from '../../src/syntax/policy.ts';
import type { Entity } from '../../src/value/entities.ts';
import { type EntityType, EntityUid } from '../../src/value/entity-uid.ts';
import { CedarRecord } from '../../src/value/record.ts';
import type { Request } from '../../src/value/request.ts';
import { ACTION_IDS } from './pool.ts';
import type { Random } from './random.ts';
import { type SatisfyingRequest, satisfyingRequestsOf } from './satisfying-request.ts';
import { arbitraryFields, arbitraryUid, spoiledFields } from './value.ts';
import type { World } from './world.ts';

export function arbitraryRequest(random: Random, world: World, misfit: number): Request {
  const usable = world.actions.filter(({ appliesToPrincipal }) => appliesToPrincipal.size > 0);
  return requestFor(random, world, random.pick(usable), misfit);
}

/** A policy as it is written, or as a policy set has it. */
type Target = Pick<Policy, 'principal' | 'action' | 'resource'> & {
  readonly conditions?: readonly Condition[];
  readonly clauses?: readonly Condition[] | undefined;
};

/** A request that the scope of a policy is likely to match: entities that it names or that are below them. */
export function requestToward(
  random: Random,
  world: World,
  policy: Target,
  entities: readonly Entity[],
  misfit: number,
): Request {
  const usable = world.actions.filter(
    (action) => action.appliesToPrincipal.size > 0 && mayMatch(policy.action, action),
  );
  if (usable.length === 0) return arbitraryRequest(random, world, misfit);
  const fitting = usable.filter(
    ({ appliesToPrincipal, appliesToResource }) =>
      isFor(policy.principal, appliesToPrincipal) && isFor(policy.resource, appliesToResource),
  );
  const request = requestFor(random, world, random.pick(fitting.length > 0 ? fitting : usable), misfit);
  const principal = matching(random, world, policy.principal, entities) ?? request.principal;
  const resource = matching(random, world, policy.resource, entities) ?? request.resource;
  return { ...request, principal, resource, ...satisfyingFor(random, world, policy, request.action, entities) };
}

/** How many of a hundred requests name an entity that a condition asks for. */
const SATISFYING = 60;

/** Picks among those that the scopes and the action may allow. */
function satisfyingFor(
  random: Random,
  world: World,
  policy: Target,
  action: EntityUid,
  entities: readonly Entity[],
): SatisfyingRequest {
  const satisfyingRequests = random.chance(SATISFYING)
    ? satisfyingRequestsOf(policy.conditions ?? policy.clauses ?? [])
    : [];
  if (satisfyingRequests.length === 0) return {};
  const entry = world.schema.actions.get(action.key);
  const types = { principal: entry?.appliesToPrincipal, resource: entry?.appliesToResource };
  return random.pick(satisfyingRequests)(random, entities, (name, { type }) => {
    const scope = policy[name];
    return !('entity' in scope) && (scope.kind === 'any' || scope.type === type) && types[name]?.has(type) !== false;
  });
}

function mayMatch(scope: ActionScope, { uid, ancestors }: ActionEntry): boolean {
  if (scope.kind === 'any') return true;
  if (scope.kind === 'eq') return scope.uid.equals(uid);
  const groups = scope.kind === 'mem' ? [scope.uid] : scope.uids;
  return groups.some((group) => [uid, ...ancestors].some((each) => each.equals(group)));
}

function isFor(scope: Scope, types: ReadonlySet<EntityType>): boolean {
  return !('type' in scope) || types.has(scope.type);
}

/** `undefined` where the scope leaves it open. */
function matching(random: Random, world: World, scope: Scope, entities: readonly Entity[]): EntityUid | undefined {
  if (scope.kind === 'is') return uidOf(random, world, scope.type);
  if (!('entity' in scope) || scope.entity.kind === 'slot') return undefined;
  const { uid } = scope.entity;
  const below = entities
    .filter(({ parents }) => scope.kind !== 'eq' && parents.some((parent) => parent.equals(uid)))
    .map((entity) => entity.uid);
  const fitting = scope.kind === 'isMem' ? below.filter(({ type }) => type === scope.type) : below;
  return fitting.length > 0 && random.chance(75) ? random.pick(fitting) : uid;
}

function requestFor(random: Random, world: World, action: ActionEntry, misfit: number): Request {
  const spoil = misfit > 0 && random.chance(misfit * 3);
  const type = (applies: ReadonlySet<string>) =>
    random.pick(spoil && random.chance(40) ? world.entityTypes : [...applies]);
  const context = arbitraryFields(random, world, action.context);
  return {
    principal: uidOf(random, world, type(action.appliesToPrincipal)),
    action: spoil && random.chance(20) ? new EntityUid(action.uid.type, random.pick(ACTION_IDS)) : action.uid,
    resource: uidOf(random, world, type(action.appliesToResource)),
    context: new CedarRecord(spoil ? spoiledFields(random, world, context) : context),
  };
}

/** Entities of an enumeration are those that it lists. */
function uidOf(random: Random, world: World, type: string): EntityUid {
  const entry = world.schema.entityTypes.get(type);
  return entry?.kind === 'enum' ? new EntityUid(type, random.pick(entry.ids)) : arbitraryUid(random, world, type);
}
