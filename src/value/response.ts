/**
 * Response — the decision and what determined it.
 *
 * Spec:  Cedar.Spec.Response: Decision, Response
 */
import type { EvaluationErrorKind } from './evaluation-error.ts';

export type Decision = 'allow' | 'deny';

/** A policy whose evaluation failed; it counts as not satisfied. */
export interface PolicyError {
  readonly policyId: string;
  readonly kind: EvaluationErrorKind;
  readonly message: string;
  /** What to try, where the official build says something. */
  readonly help?: string | undefined;
  /** Where in the policy's source, as offsets in UTF-16 code units; absent for policies that were given as JSON. */
  readonly span?: { readonly start: number; readonly end: number } | undefined;
}

export interface Response {
  readonly decision: Decision;
  /** Ids of the satisfied permits on allow, of the satisfied forbids on deny (none on a default deny), in policy order. */
  readonly determiningPolicies: readonly string[];
  /** One entry for every erring policy, permit or forbid, whatever the decision, in policy order. */
  readonly errors: readonly PolicyError[];
}
