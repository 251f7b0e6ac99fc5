/**
 * Engine — policies ready to decide requests.
 *
 * Spec:  Cedar.Spec.Authorizer: isAuthorized
 */

import type { PolicySet } from '../syntax/policy-set.ts';
import type { Response } from '../value/response.ts';
import type { EntityInput, EntityStore } from './entity-store.ts';
import type { RequestInput } from './input/request-input.ts';
import type { Queries } from './query-methods.ts';

/** The data of a request: a store, or the JSON entities themselves. */
export type EntitiesInput = EntityStore | readonly EntityInput[];

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
   * Throws `DataError` with the path to what is wrong in the request or the entities. Answers may be frozen and shared.
   */
  isAuthorized(request: RequestInput, entities: EntitiesInput): Response;

  /**
   * The decision alone, which may be found sooner; it is always that of `isAuthorized`.
   *
   *     engine.isAllowed({ principal: 'User::"bob"', action: 'Action::"view"', resource: 'Photo::"beach"' }, [])   // false
   */
  isAllowed(request: RequestInput, entities: EntitiesInput): boolean;

  /** Stops following the policy set and the stores. */
  release(): void;
}
