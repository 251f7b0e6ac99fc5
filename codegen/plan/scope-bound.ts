/**
 * Scope bound — what a scope constraint demands of the request's entity, in a form that an index can use.
 *
 * Sound (IsSoundPolicySlice): a scope that the request does not meet evaluates to `false`, without an error and before any clause. So the policy is
 * neither satisfied nor erring.
 *
 * Spec:  Cedar.Spec.Policy: Scope.bound;  Cedar.Thm.Authorization.PolicySlice: IsSoundPolicySlice
 */
import type { ActionScope, EntityUidOrSlot, Scope, SlotId } from '../../src/syntax/policy.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import { unreachable } from '../../src/value/unreachable.ts';

/** Demands of principal or resource that an index can use: to be an entity, or to be it or below it. */
export type Bound =
  | { readonly kind: 'any' }
  | { readonly kind: 'eq' | 'in'; readonly uid: EntityUid }
  | { readonly kind: 'eq' | 'in'; readonly slot: SlotId };

const ANY: Bound = { kind: 'any' };

/** The type that `is` demands is left to the code: it costs one comparison. */
export function scopeBound(scope: Scope): Bound {
  switch (scope.kind) {
    case 'any':
    case 'is':
      return ANY;
    case 'eq':
      return entityBound('eq', scope.entity);
    case 'mem':
    case 'isMem':
      return entityBound('in', scope.entity);
    default:
      return unreachable(scope);
  }
}

function entityBound(kind: 'eq' | 'in', entity: EntityUidOrSlot): Bound {
  return entity.kind === 'slot' ? { kind, slot: entity.slot } : { kind, uid: entity.uid };
}

/** Demands of the action; `in` is met by being, or being below, any of the entities. */
export type ActionBound =
  | { readonly kind: 'any' }
  | { readonly kind: 'eq' | 'in'; readonly uids: readonly EntityUid[] };

export function actionBound(scope: ActionScope): ActionBound {
  switch (scope.kind) {
    case 'any':
      return { kind: 'any' };
    case 'eq':
      return { kind: 'eq', uids: [scope.uid] };
    case 'mem':
      return { kind: 'in', uids: [scope.uid] };
    case 'memAny':
      return { kind: 'in', uids: scope.uids };
    default:
      return unreachable(scope);
  }
}
