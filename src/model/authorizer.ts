/**
 * Authorizer — the decision, what determined it, and which policies erred.
 *
 * Spec:  Cedar.Spec.Authorizer: satisfied, hasError, satisfiedPolicies, errorPolicies, isAuthorized
 * Twin:  codegen/compile.ts
 */
import type { CorePolicy } from '../syntax/core-policy.ts';
import { policyToExpr } from '../syntax/desugar.ts';
import type { Effect } from '../syntax/policy.ts';
import type { Entities } from '../value/entities.ts';
import { EvaluationError } from '../value/evaluation-error.ts';
import type { Request } from '../value/request.ts';
import type { PolicyError, Response } from '../value/response.ts';
import { evaluate } from './evaluator.ts';

/**
 * Evaluates every policy, each on its own. A policy is satisfied iff its value is `true`; one that errs is not satisfied.
 *
 * `policies` are static policies and linked ones (`linkPolicy`), never unlinked templates.
 */
export function isAuthorized(request: Request, entities: Entities, policies: Iterable<CorePolicy>): Response {
  const satisfied: Readonly<Record<Effect, string[]>> = { permit: [], forbid: [] };
  const errors: PolicyError[] = [];
  for (const policy of policies) {
    const outcome = outcomeOf(policy, request, entities);
    if (outcome === 'satisfied') satisfied[policy.effect].push(policy.id);
    else if (outcome !== 'unsatisfied') errors.push(outcome);
  }
  return satisfied.forbid.length === 0 && satisfied.permit.length > 0
    ? { decision: 'allow', determiningPolicies: satisfied.permit, errors }
    : { decision: 'deny', determiningPolicies: satisfied.forbid, errors };
}

/** A condition that is not a Bool is a type error already: the scope's conjunction demands one. */
function outcomeOf(policy: CorePolicy, request: Request, es: Entities): 'satisfied' | 'unsatisfied' | PolicyError {
  try {
    return evaluate(policyToExpr(policy), request, es) === true ? 'satisfied' : 'unsatisfied';
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const { kind, message, help, span } = error;
    return { policyId: policy.id, kind, message, help, span };
  }
}
