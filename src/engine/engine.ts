/**
 * Engine — policies ready to decide requests.
 *
 * Spec:  Cedar.Spec.Authorizer: isAuthorized
 */

import type { PreparedContext } from '../../codegen/index.ts';
import type { PolicyChange } from '../syntax/policy-set.ts';
import type { PolicyInput } from './input/policy-input.ts';
import type { PolicySet } from './policy-set.ts';
import type { DecisionQueries, Queries } from './query-methods.ts';
import type {
  ActionInputOf,
  ActionMap,
  ActionOf,
  AnnotationsOf,
  AnyActions,
  AnyEntities,
  AnyPolicies,
  ContextOf,
  EntitiesInputOf,
  EntityMap,
  NameOf,
  RequestOf,
  ResponseOf,
} from './typed-input.ts';

export type { EntitiesInput } from './entities-input.ts';

/** What decides requests, however its policies came to be. */
export interface Decisions<
  Actions extends ActionMap<Actions> = AnyActions,
  Entities extends EntityMap<Entities> = AnyEntities,
  Policies extends object = AnyPolicies,
> extends DecisionQueries<Actions, Entities> {
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
  isAuthorized<A extends ActionOf<Actions>>(
    request: RequestOf<Actions, Entities, A>,
    entities: EntitiesInputOf<Entities>,
  ): ResponseOf<Policies>;

  /**
   * The decision alone, which may be found sooner; it is always that of `isAuthorized`.
   *
   *     engine.isAllowed({ principal: 'User::"bob"', action: 'Action::"view"', resource: 'Photo::"beach"' }, [])   // false
   */
  isAllowed<A extends ActionOf<Actions>>(
    request: RequestOf<Actions, Entities, A>,
    entities: EntitiesInputOf<Entities>,
  ): boolean;

  /**
   * A context that many requests have, copied and read once. It stands in their `context`; later changes of what was given do not count.
   *
   *     const context = engine.prepareContext({ tenant: 'acme', ip: { __extn: { fn: 'ip', arg: '10.0.0.1' } } });
   *     engine.isAllowed({ principal: 'User::"bob"', action: 'Action::"view"', resource: 'Photo::"beach"', context }, [])
   *
   * It belongs to no engine, and follows changes of policies, stores and schemas. Without a schema the whole of it is checked here, read by policies or not; with
   * one, here if the action is named, and else by the requests. Throws `DataError` with the path to what is wrong, `ConformanceError` for what does not fit the
   * action, and `UsageError` for an action where the engine has no schema.
   */
  prepareContext<A extends ActionInputOf<Actions>>(
    context: ContextOf<Actions, A>,
    action: A,
  ): PreparedContext<ContextOf<Actions, A>>;
  prepareContext<Context extends ContextOf<Actions, ActionInputOf<Actions>>>(
    context: Context,
  ): PreparedContext<Context>;

  /**
   * The annotations of a policy that an answer names, by name.
   *
   *     compile('@reason("public") permit(principal, action, resource);').annotations('policy0').reason   // 'public'
   *
   * Throws `PolicySetError` for an id that the engine does not have.
   */
  annotations<Id extends NameOf<Policies>>(policyId: Id): AnnotationsOf<Policies, Id>;

  /**
   * Stops following the policy set and the stores, and gives back the memory at once. Every question afterwards throws. An engine that nobody holds
   * is released by the garbage collector.
   */
  release(): void;
}

/**
 * Policies ready to decide requests. With the types that `cedarmill types` or `cedarmill build` writes, requests and entities are typed by the schema:
 * `compile<Actions, Entities>(policies, { schema })` gives an `Engine<Actions, Entities>`.
 */
export interface Engine<
  Actions extends ActionMap<Actions> = AnyActions,
  Entities extends EntityMap<Entities> = AnyEntities,
  Policies extends object = AnyPolicies,
> extends Decisions<Actions, Entities, Policies>,
    Queries<Actions, Entities> {
  /** The policies; the engine follows what is added, removed, linked and unlinked. */
  readonly policies: PolicySet;

  /**
   * Makes these the policies of the engine's policy set, in one change that all engines of the set follow. It throws as `compile` does, and then nothing
   * has changed.
   */
  replace(policies: PolicyInput): void;

  /** Calls `listener` after each change of the policies, until the function it gives is called. */
  onChange(listener: (change: PolicyChange) => void): () => void;
}
