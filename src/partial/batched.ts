/**
 * Batched — authorization where the entities are elsewhere: evaluate, ask for what the residuals look into, evaluate what was left, until it is
 * enough.
 *
 * The rounds are bounded: each round takes a policy one dereference further, or one step up a hierarchy of which the loader gives the direct parents
 * alone. A loader that fails makes the promise fail; it is never taken for a missing entity, nor for a denial.
 *
 * Spec:  Cedar.TPE.BatchedEvaluator: batchedEvaluate, batchedEvaluateLoop
 */

import { isAuthorized } from '../model/authorizer.ts';
import type { Schema } from '../schema/schema.ts';
import { actionEntities } from '../validator/conformance/conformance.ts';
import { CedarmillError } from '../value/cedarmill-error.ts';
import { Entities } from '../value/entities.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { Request } from '../value/request.ts';
import type { Response } from '../value/response.ts';
import { authorizePartially, PartialResponse, ResidualPolicy } from './authorize.ts';
import { dereferences, mentionedUids } from './dereference.ts';
import { evaluate } from './evaluate.ts';
import { LoadedEntities, type LoadedEntity } from './loaded-entities.ts';
import { depthOf } from './needs.ts';
import { asPartialRequest } from './partial-request.ts';
import type { TypedPolicies } from './policies.ts';

/** Entities of these uids; which of them are left out do not exist. */
export type LoadEntities = (uids: readonly EntityUid[]) => Promise<Iterable<LoadedEntity>>;

export interface BatchedOptions {
  /** `decision` stops as soon as the decision is known; `answer` goes on until every policy is decided. */
  readonly until: 'decision' | 'answer';
  /** How often the loader may be called at most. Default: as often as the policies' look-ups and a hierarchy of some height may need. */
  readonly maxRounds?: number | undefined;
  /**
   * Which entities to ask for: those that are looked into (`needed`, the default), or every one that is mentioned, as the official build does: more
   * entities, and now and then a round less.
   */
  readonly ask?: 'needed' | 'mentioned' | undefined;
}

/** The loader was called as often as it may be, and the answer is still open. */
export class InsufficientRounds extends CedarmillError {
  static override readonly kind = 'InsufficientRounds';
  override readonly name = 'InsufficientRounds';

  constructor(rounds: number) {
    super('insufficientRounds', `the entities loaded in ${rounds} rounds do not decide the request; allow more rounds`);
  }
}

/** What was found out, and from which entities. */
export interface Batched {
  readonly response: PartialResponse;
  readonly loaded: LoadedEntities;
}

/** Throws (that is, the promise fails with) what the loader throws, `ConformanceError`, `PolicyValidationError` and `InsufficientRounds`. */
export async function authorizeBatched(
  policies: TypedPolicies,
  request: Request,
  load: LoadEntities,
  schema: Schema,
  options: BatchedOptions,
): Promise<Batched> {
  const { until, ask = 'needed' } = options;
  const loaded = new LoadedEntities(schema);
  let response = authorizePartially(policies, asPartialRequest(request), loaded, schema);
  const maxRounds = options.maxRounds ?? boundOf(response);
  for (let round = 0; !isEnough(response, until); round++) {
    const wanted = wantedBy(response, loaded, ask);
    if (round >= maxRounds || wanted.length === 0) throw new InsufficientRounds(round);
    loaded.add(wanted, await load(wanted));
    response = again(response);
  }
  return { response, loaded };
}

/** The height of a hierarchy of which the loader gives direct parents alone. */
const HEIGHT = 64;

/** Each round takes every policy one look-up further, or one step up a hierarchy. */
function boundOf({ policies }: PartialResponse): number {
  return policies.reduce((depth, { residual }) => Math.max(depth, depthOf(residual)), 0) + 1 + HEIGHT;
}

function isEnough({ decision, permits, forbids }: PartialResponse, until: BatchedOptions['until']): boolean {
  if (until === 'decision') return decision !== undefined;
  return permits.residual.length === 0 && forbids.residual.length === 0;
}

/** The entities that the residual policies need and that are not known yet, each once. */
function wantedBy(
  { policies }: PartialResponse,
  loaded: LoadedEntities,
  ask: 'needed' | 'mentioned',
): readonly EntityUid[] {
  const wanted = new Map<string, EntityUid>();
  for (const { outcome, residual } of policies) {
    if (outcome !== 'residual') continue;
    for (const { uid, part } of dereferences(residual))
      for (const each of loaded.wanted(uid, part === 'ancestors')) wanted.set(each.key, each);
    if (ask === 'needed') continue;
    for (const uid of mentionedUids(residual)) for (const each of loaded.wanted(uid, false)) wanted.set(each.key, each);
  }
  return [...wanted.values()];
}

/** Evaluates what was left, with what is known by now. */
function again({ policies, known }: PartialResponse): PartialResponse {
  return new PartialResponse(
    policies.map((policy) =>
      policy.outcome === 'residual' ? new ResidualPolicy(policy.policy, evaluate(policy.residual, known)) : policy,
    ),
    known,
  );
}

/** The answer in full, once every policy is decided. What an error says is found by evaluating the policies that erred. */
export function wholeAnswer({ response, loaded }: Batched, request: Request): Response {
  const { policies, known } = response;
  const erring = policies.filter(({ outcome }) => outcome === 'error').map(({ policy }) => policy);
  const entities = () => Entities.from([...loaded.entities(), ...actionEntities(known.schema)]);
  const errors = erring.length === 0 ? [] : isAuthorized(request, entities(), erring).errors;
  return { decision: response.decision!, determiningPolicies: response.reason!, errors };
}
