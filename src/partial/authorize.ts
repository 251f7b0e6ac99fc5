/**
 * Authorize — partial authorization: what each policy comes to, and the decision where that is enough for one.
 *
 *     policies × PartialRequest × PartialEntities → PartialResponse
 *
 * No policy of the set is lost: each is `true`, `false`, `error` or `residual`. A decision is that of every completion; `reauthorize` answers as
 * authorizing the whole request does: same decision, same determining policies, same set of erring policies (what an error says may differ).
 *
 * Spec:  Cedar.TPE.Authorizer: isAuthorized, decision, reauthorize;  Cedar.TPE.Input: isValidAndConsistent
 * Twin:  model/authorizer.ts
 */

import { evaluate as evaluateWhole } from '../model/evaluator.ts';
import type { Schema } from '../schema/schema.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import type { Effect } from '../syntax/policy.ts';
import type { Json } from '../syntax/policy-json.ts';
import { CedarmillError } from '../value/cedarmill-error.ts';
import type { Entities } from '../value/entities.ts';
import { EvaluationError } from '../value/evaluation-error.ts';
import type { Request } from '../value/request.ts';
import type { Decision, PolicyError, Response } from '../value/response.ts';
import { unreachable } from '../value/unreachable.ts';
import { residualToCore } from './core.ts';
import { evaluate, type Known } from './evaluate.ts';
import { entitiesConflict, ListedEntities, type PartialEntities } from './partial-entities.ts';
import { environmentOf, type PartialRequest, requestConflict, requireRequest } from './partial-request.ts';
import type { TypedPolicies } from './policies.ts';
import { residualPolicyToCedar, residualPolicyToJson, residualToCedar, residualToJson } from './print.ts';
import type { Residual } from './residual.ts';

export type Outcome = 'true' | 'false' | 'error' | 'residual';

/** What one policy came to. */
export class ResidualPolicy {
  readonly policy: CorePolicy;
  readonly residual: Residual;
  readonly outcome: Outcome;

  constructor(policy: CorePolicy, residual: Residual) {
    this.policy = policy;
    this.residual = residual;
    this.outcome = outcomeOf(residual);
  }

  get id(): string {
    return this.policy.id;
  }

  get effect(): Effect {
    return this.policy.effect;
  }

  /** The residual as Cedar text, such as `resource.owner == User::"alice"`. */
  toCedar(): string {
    return residualToCedar(this.residual);
  }

  /** The residual in the JSON policy format. */
  toJson(): Json {
    return residualToJson(this.residual);
  }

  /** The whole policy with the residual as its only condition; id, effect and annotations are the original's. */
  policyToCedar(): string {
    return residualPolicyToCedar(this.policy, this.residual);
  }

  policyToJson(): Json {
    return residualPolicyToJson(this.policy, this.residual);
  }
}

function outcomeOf(residual: Residual): Outcome {
  if (residual.kind === 'error') return 'error';
  if (residual.kind !== 'val') return 'residual';
  return residual.value === true ? 'true' : 'false';
}

/** The ids of the policies of one effect, by what they came to. */
export type Outcomes = Readonly<Record<Outcome, readonly string[]>>;

/** A whole request or store that is not a completion of the partial one. */
export class ConsistencyError extends CedarmillError {
  static override readonly kind = 'ConsistencyError';
  override readonly name = 'ConsistencyError';

  constructor(message: string) {
    super('inconsistent', message);
  }
}

export class PartialResponse {
  /** Every policy and link, in policy order. */
  readonly policies: readonly ResidualPolicy[];
  readonly permits: Outcomes;
  readonly forbids: Outcomes;
  /** The decision of every completion; `undefined` if completions may differ. */
  readonly decision: Decision | undefined;
  readonly known: Known;
  #byId: ReadonlyMap<string, ResidualPolicy> | undefined;

  constructor(policies: readonly ResidualPolicy[], known: Known) {
    this.policies = policies;
    this.known = known;
    this.permits = outcomesOf(policies, 'permit');
    this.forbids = outcomesOf(policies, 'forbid');
    this.decision = decisionOf(this.permits, this.forbids);
  }

  /** The policies that determine the decision; `undefined` as long as there is none. */
  get reason(): readonly string[] | undefined {
    if (this.decision === undefined) return undefined;
    return this.decision === 'allow' ? this.permits.true : this.forbids.true;
  }

  /** The same with other residuals of the same policies. */
  with(policies: readonly ResidualPolicy[]): PartialResponse {
    return new PartialResponse(policies, this.known);
  }

  /** What the policy of an id came to. */
  residual(id: string): ResidualPolicy | undefined {
    this.#byId ??= new Map(this.policies.map((policy) => [policy.id, policy]));
    return this.#byId.get(id);
  }

  /**
   * Decides a completion of the partial request by the residuals.
   *
   * Throws `ConformanceError` if the request does not fit the schema, and `ConsistencyError` if request or entities contradict what was known.
   * The entities must fit the schema already.
   */
  reauthorize(request: Request, entities: Entities): Response {
    const { schema, request: partial, entities: known } = this.known;
    requireRequest(request, schema);
    const conflict =
      requestConflict(partial, request) ??
      (known instanceof ListedEntities ? entitiesConflict(known, entities) : undefined);
    if (conflict !== undefined) throw new ConsistencyError(conflict);
    return authorizeResiduals(this.policies, request, entities);
  }
}

function outcomesOf(policies: readonly ResidualPolicy[], effect: Effect): Outcomes {
  const ids: Record<Outcome, string[]> = { true: [], false: [], error: [], residual: [] };
  for (const policy of policies) if (policy.effect === effect) ids[policy.outcome].push(policy.id);
  return ids;
}

export function decisionOf(permits: Outcomes, forbids: Outcomes): Decision | undefined {
  if (forbids.true.length > 0) return 'deny';
  if (permits.true.length === 0 && permits.residual.length === 0) return 'deny';
  if (forbids.residual.length > 0) return undefined;
  return permits.true.length === 0 ? undefined : 'allow';
}

/** Spec: Cedar.TPE.Authorizer: isAuthorized. Throws `ConformanceError` and `PolicyValidationError`. */
export function authorizePartially(
  policies: Pick<TypedPolicies, 'of'>,
  request: PartialRequest,
  entities: PartialEntities,
  schema: Schema,
): PartialResponse {
  const known: Known = { request, entities, schema };
  const typed = policies.of(environmentOf(request, schema));
  return new PartialResponse(
    typed.map(({ policy, residual }) => new ResidualPolicy(policy, evaluate(residual, known))),
    known,
  );
}

/** Decides a whole request by residuals. Spec: Cedar.Spec.Authorizer: isAuthorized */
export function authorizeResiduals(
  policies: readonly ResidualPolicy[],
  request: Request,
  entities: Entities,
): Response {
  const satisfied: Readonly<Record<Effect, string[]>> = { permit: [], forbid: [] };
  const errors: PolicyError[] = [];
  for (const policy of policies) {
    const result = wholeOutcome(policy, request, entities);
    if (result === true) satisfied[policy.effect].push(policy.id);
    else if (result !== false) errors.push(result);
  }
  return satisfied.forbid.length === 0 && satisfied.permit.length > 0
    ? { decision: 'allow', determiningPolicies: satisfied.permit, errors }
    : { decision: 'deny', determiningPolicies: satisfied.forbid, errors };
}

function wholeOutcome(
  { id, outcome, residual }: ResidualPolicy,
  request: Request,
  es: Entities,
): boolean | PolicyError {
  switch (outcome) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'error':
      return errs(id, residual);
    case 'residual':
      return evaluateResidual(id, residual, request, es);
    default:
      return unreachable(outcome);
  }
}

function evaluateResidual(id: string, residual: Residual, request: Request, es: Entities): boolean | PolicyError {
  try {
    return evaluateWhole(residualToCore(residual), request, es) === true;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const { kind, message, help, span } = error;
    return { policyId: id, kind, message, help, span };
  }
}

function errs(policyId: string, { span }: Residual): PolicyError {
  return { policyId, kind: 'extensionError', message: 'the policy errs for every completion of the request', span };
}
