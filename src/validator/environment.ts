/**
 * Environment — what a request may be made of: one action with one type of principal and one of resource.
 *
 * Spec:  Cedar.Validation.Types: RequestType, TypeEnv;  Cedar.Validation.Validator: Schema.environments
 */

import type { ActionEntry, Schema } from '../schema/schema.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import type { Scope } from '../syntax/policy.ts';
import type { EntityType } from '../value/entity-uid.ts';
import { has } from '../value/own-member.ts';

export interface RequestEnvironment {
  readonly principal: EntityType;
  readonly action: ActionEntry;
  readonly resource: EntityType;
  /** What fills the slots of a template. */
  readonly principalSlot?: EntityType | undefined;
  readonly resourceSlot?: EntityType | undefined;
}

/** Every environment that the schema allows. */
export function* requestEnvironments(schema: Schema): IterableIterator<RequestEnvironment> {
  for (const action of schema.actions.values()) {
    for (const principal of action.appliesToPrincipal) {
      for (const resource of action.appliesToResource) yield { principal, action, resource };
    }
  }
}

/** The environments of a policy; those of a template with each type that could fill its slots. */
export function* policyEnvironments(policy: CorePolicy, schema: Schema): IterableIterator<RequestEnvironment> {
  for (const environment of requestEnvironments(schema)) {
    for (const principalSlot of slotTypes(policy.principal, environment.principal, schema)) {
      for (const resourceSlot of slotTypes(policy.resource, environment.resource, schema))
        yield { ...environment, principalSlot, resourceSlot };
    }
  }
}

/** The types that a slot may be filled with where the variable has that type; all others make the scope false. */
function slotTypes(scope: Scope, type: EntityType, schema: Schema): readonly (EntityType | undefined)[] {
  if (!has(scope, 'entity') || scope.entity.kind !== 'slot') return [undefined];
  if (scope.kind === 'eq') return [type];
  const entry = schema.entityTypes.get(type);
  return entry?.kind === 'standard' ? [...new Set([...entry.ancestors, type])] : [type];
}
