/**
 * Engine — policies ready to decide requests.
 *
 * Spec:  Cedar.Spec.Authorizer: isAuthorized
 */

import type { Response } from '../value/response.ts';
import type { EntitiesInput } from './entities-input.ts';
import type { RequestInput } from './input/request-input.ts';
import type { PolicySet } from './policy-set.ts';
import type { Queries } from './query-methods.ts';

export type { EntitiesInput } from './entities-input.ts';

export interface Engine extends Queries {
  /** The policies; the engine follows what is added, removed, linked and unlinked. */
  readonly policies: PolicySet;

  /**
   * The full answer: the decision, the policies that determined it, and every policy that erred.
   *
   *     const engine = compile('permit(principal == User::"alice", action, resource);');
   *     const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Photo::"beach"' };
   *     engine.isAuthorized(request, []).determiningPolicies   // ['policy0']
   *
   * Throws `DataError` with the path to what is wrong in the request or the entities, `TypeError` if these are neither a store nor a list, and an error
   * after `release`. Answers may be frozen and shared.
   */
  isAuthorized(request: RequestInput, entities: EntitiesInput): Response;

  /**
   * The decision alone, which may be found sooner; it is always that of `isAuthorized`.
   *
   *     engine.isAllowed({ principal: 'User::"bob"', action: 'Action::"view"', resource: 'Photo::"beach"' }, [])   // false
   */
  isAllowed(request: RequestInput, entities: EntitiesInput): boolean;

  /**
   * Stops following the policy set and the stores, and gives back the memory at once. Every question afterwards throws. An engine that nobody holds
   * is released by the garbage collector.
   */
  release(): void;
}
