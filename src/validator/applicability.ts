/**
 * Applicability — is there an action for which the scope of a policy can be true?
 */

import type { ActionEntry, Schema } from '../schema/schema.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import type { ActionScope, Scope } from '../syntax/policy.ts';
import type { EntityType, EntityUid } from '../value/entity-uid.ts';
import { has } from '../value/own-member.ts';
import { unreachable } from '../value/unreachable.ts';
import { noApplicableAction, type Problem } from './wording/validation-error.ts';

/** A warning unless some action applies to a principal and a resource of the scope. */
export function applicabilityProblem(policy: CorePolicy, schema: Schema): Problem | undefined {
  const actions = actionsIn(policy.action, schema);
  const applies = actions.some(
    ({ appliesToPrincipal, appliesToResource }) =>
      someFits(policy.principal, appliesToPrincipal, schema) && someFits(policy.resource, appliesToResource, schema),
  );
  if (applies) return undefined;
  const fixes = (['principal', 'resource'] as const).filter((name) => wouldInFix(policy, name, actions, schema));
  return noApplicableAction(fixes, policy.span);
}

/** The actions that satisfy the scope; none if it is a list in which one is not declared. */
export function actionsIn(scope: ActionScope, schema: Schema): readonly ActionEntry[] {
  switch (scope.kind) {
    case 'any':
      return [...schema.actions.values()];
    case 'eq':
      return [schema.actions.get(scope.uid.key) ?? []].flat();
    case 'mem':
      return actionsBelow([scope.uid], schema);
    case 'memAny':
      return actionsBelow(scope.uids, schema);
    default:
      return unreachable(scope);
  }
}

function actionsBelow(groups: readonly EntityUid[], schema: Schema): readonly ActionEntry[] {
  const sets = groups.map(({ key }) => actionsByGroup(schema).get(key));
  if (sets.some((set) => set === undefined)) return [];
  return [...new Set(sets.flatMap((set) => set ?? []))];
}

/** Each action with those in it, by `EntityUid.key`. Computed once for a schema. */
function actionsByGroup(schema: Schema): ReadonlyMap<string, readonly ActionEntry[]> {
  const cached = GROUPS.get(schema);
  if (cached !== undefined) return cached;
  const groups = new Map<string, ActionEntry[]>([...schema.actions].map(([key, action]) => [key, [action]]));
  for (const action of schema.actions.values())
    for (const ancestor of action.ancestors) groups.get(ancestor.key)?.push(action);
  GROUPS.set(schema, groups);
  return groups;
}

const GROUPS = new WeakMap<Schema, ReadonlyMap<string, readonly ActionEntry[]>>();

function someFits(scope: Scope, types: ReadonlySet<EntityType>, schema: Schema): boolean {
  for (const type of types) if (scopeFits(scope, type, schema)) return true;
  return false;
}

/** May an entity of this type satisfy the scope? A slot could be filled with anything. */
export function scopeFits(scope: Scope, type: EntityType, schema: Schema): boolean {
  if (has(scope, 'type') && scope.type !== type) return false;
  if (!has(scope, 'entity') || scope.entity.kind === 'slot') return true;
  const { uid } = scope.entity;
  return scope.kind === 'eq' ? uid.type === type : isBelow(type, uid.type, schema);
}

function isBelow(below: EntityType, above: EntityType, schema: Schema): boolean {
  if (below === above) return true;
  const entry = schema.entityTypes.get(below);
  return entry?.kind === 'standard' && entry.ancestors.has(above);
}

/** Does no action apply to the type that is compared with, but one to a type below it? */
function wouldInFix(
  policy: CorePolicy,
  name: 'principal' | 'resource',
  actions: readonly ActionEntry[],
  schema: Schema,
): boolean {
  const scope = policy[name];
  if (scope.kind !== 'eq' || scope.entity.kind === 'slot') return false;
  const { type } = scope.entity.uid;
  const types = actions.map((action) => (name === 'principal' ? action.appliesToPrincipal : action.appliesToResource));
  const below = (each: EntityType) => each !== type && isBelow(each, type, schema);
  return !types.some((set) => set.has(type)) && types.some((set) => [...set].some(below));
}
