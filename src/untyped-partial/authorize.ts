/**
 * Authorize — what each policy comes to where some of the request is unknown, and what that says of the decision.
 *
 * A policy is satisfied, unsatisfied, erring, or left as a residual. There is a decision where it is the same whatever the residuals come to.
 *
 * Docs:  Cedar Rust crate, PartialResponse
 * Twin:  model/authorizer.ts
 */
import type { Expr } from '../syntax/core.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import { actionScopeToExpr, conditionToExpr, connected, scopeToExpr } from '../syntax/desugar.ts';
import type { Effect } from '../syntax/policy.ts';
import type { Entities } from '../value/entities.ts';
import { EvaluationError } from '../value/evaluation-error.ts';
import type { Decision } from '../value/response.ts';
import { PartialEvaluator, type PartialRequest } from './evaluate.ts';
import { literal, Residual, type Spellings } from './partial-value.ts';

export type Outcome = 'satisfied' | 'unsatisfied' | 'erring' | 'residual';

/** What is left of one policy; `condition` is a literal but for residuals. */
export interface PartialPolicy {
  readonly policy: CorePolicy;
  readonly outcome: Outcome;
  readonly condition: Expr;
}

export interface PartialResponse {
  readonly decision: Decision | undefined;
  readonly policies: readonly PartialPolicy[];
  /** Policies that may determine the decision, whatever the unknowns are. */
  readonly mayBeDetermining: readonly PartialPolicy[];
  readonly mustBeDetermining: readonly PartialPolicy[];
}

/** Evaluates every policy as far as the known parts of the request allow. */
export function isAuthorizedPartially(
  request: PartialRequest,
  entities: Entities,
  policies: Iterable<CorePolicy>,
  spellings: Spellings,
): PartialResponse {
  const evaluator = new PartialEvaluator(request, entities, spellings);
  const evaluated = Array.from(policies, (policy) => partialPolicy(policy, evaluator));
  const of = (effect: Effect, outcome: Outcome) =>
    evaluated.filter((each) => each.policy.effect === effect && each.outcome === outcome);
  const [permits, forbids] = [of('permit', 'satisfied'), of('forbid', 'satisfied')];
  const [openPermits, openForbids] = [of('permit', 'residual'), of('forbid', 'residual')];
  return {
    decision: decide(permits, forbids, openPermits, openForbids),
    policies: evaluated,
    mayBeDetermining: forbids.length > 0 ? [...forbids, ...openForbids] : [...permits, ...openPermits, ...openForbids],
    mustBeDetermining: forbids.length > 0 || openForbids.length > 0 ? forbids : permits,
  };
}

function decide(...[permits, forbids, openPermits, openForbids]: (readonly PartialPolicy[])[]): Decision | undefined {
  if (forbids!.length > 0) return 'deny';
  if (permits!.length === 0 && openPermits!.length === 0) return 'deny';
  if (openForbids!.length > 0) return undefined;
  return permits!.length > 0 ? 'allow' : undefined;
}

function partialPolicy(policy: CorePolicy, evaluator: PartialEvaluator): PartialPolicy {
  try {
    const value = evaluator.evaluate(policyToExpr(policy));
    if (value instanceof Residual) return { policy, outcome: 'residual', condition: value.expr };
    return { policy, outcome: value === true ? 'satisfied' : 'unsatisfied', condition: literal(value === true) };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { policy, outcome: 'erring', condition: literal(false) };
  }
}

/**
 * The whole policy, as the official build nests it: clauses to the right, and one action in a scope as a set of one. The meaning is that of
 * `policyToExpr` in desugar.ts, but residuals show how they are nested.
 */
function policyToExpr(policy: CorePolicy): Expr {
  const { principal, action, resource, clauses, condition, span } = policy;
  const actionExpr = actionScopeToExpr(
    action.kind === 'mem' ? { ...action, kind: 'memAny', uids: [action.uid], uidSpans: [action.uidSpan] } : action,
  );
  const parts = [scopeToExpr('principal', principal), actionExpr, scopeToExpr('resource', resource)];
  const written = clauses?.map(conditionToExpr) ?? [condition];
  const last = written.pop() ?? literal(true);
  const body = written.reduceRight((right, left) => connected('and', left, right, span), last);
  return parts.reduceRight((right, left) => connected('and', left, right, span), body);
}
