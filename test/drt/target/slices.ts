/**
 * Slices — a policy whose demands a request does not meet is neither satisfied nor erring.
 *
 * Spec:  Cedar.Thm.Authorization.PolicySlice: IsSoundPolicySlice
 */
import { type ActionBound, actionBound, type Bound, scopeBound } from '../../../codegen/plan/scope-bound.ts';
import { isAuthorized } from '../../../src/model/authorizer.ts';
import type { CorePolicy } from '../../../src/syntax/core-policy.ts';
import { Entities } from '../../../src/value/entities.ts';
import type { EntityUid } from '../../../src/value/entity-uid.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Case } from '../../arbitrary/case.ts';
import type { Finding } from '../finding.ts';
import { policySetOf, sameResponse } from './authorize.ts';

export function checkSlices(given: Case): Finding | undefined {
  const policies = [...policySetOf(given).policies()];
  const entities = Entities.from(given.entities);
  for (const [i, request] of given.requests.entries()) {
    const slice = policies.filter((policy) => inSlice(policy, request, entities));
    const [whole, sliced] = [policies, slice].map((each) => isAuthorized(request, entities, each));
    if (!sameResponse(whole!, sliced!)) {
      return { target: 'slices', oracle: 'the slice', what: `request ${i}`, expected: whole, actual: sliced };
    }
  }
  return undefined;
}

/** Does the request meet the demands of the policy's scope? */
export function inSlice(policy: CorePolicy, request: Request, entities: Entities): boolean {
  return (
    meets(scopeBound(policy.principal), request.principal, entities) &&
    meetsAction(actionBound(policy.action), request.action, entities) &&
    meets(scopeBound(policy.resource), request.resource, entities)
  );
}

function meets(bound: Bound, uid: EntityUid, entities: Entities): boolean {
  if (bound.kind === 'any' || !('uid' in bound)) return true;
  return uid.equals(bound.uid) || (bound.kind === 'in' && isBelow(uid, bound.uid, entities));
}

function meetsAction(bound: ActionBound, uid: EntityUid, entities: Entities): boolean {
  if (bound.kind === 'any') return true;
  return bound.uids.some((each) => uid.equals(each) || (bound.kind === 'in' && isBelow(uid, each, entities)));
}

function isBelow(uid: EntityUid, above: EntityUid, entities: Entities): boolean {
  return entities.get(uid)?.ancestors.has(above.key) ?? false;
}
