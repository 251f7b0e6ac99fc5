/**
 * Policies — the policies of a set as residuals of one request environment, typed but not yet evaluated.
 *
 * Every policy and link must pass the validator in strict mode for this one environment, and mention declared names only. Typing is the expensive
 * part of partial evaluation, and it depends on the environment alone, so it is kept until the policies change.
 *
 * Spec:  Cedar.TPE.Evaluator: evaluatePolicy
 */

import { incompletenessOf } from '../schema/completeness.ts';
import type { Schema } from '../schema/schema.ts';
import type { Expr } from '../syntax/core.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import { conditionToExpr, policyToExpr } from '../syntax/desugar.ts';
import type { ChangeParticipant, PolicySet, PreparedChange } from '../syntax/policy-set.ts';
import { enlistWeakly } from '../syntax/weak-participant.ts';
import type { RequestEnvironment } from '../validator/environment.ts';
import { ValidationError } from '../validator/invalid-policies.ts';
import { typecheckExpr } from '../validator/typecheck/typecheck.ts';
import type { PolicyDiagnostic } from '../validator/validate.ts';
import { undeclaredNames } from '../validator/wording/names.ts';
import { forPolicy, type Problem } from '../validator/wording/validation-error.ts';
import { append } from '../value/append.ts';
import { CedarmillError } from '../value/cedarmill-error.ts';
import type { Residual } from './residual.ts';
import { residualOf } from './typed.ts';

/** A policy or link before evaluation. */
export interface TypedPolicy {
  readonly policy: CorePolicy;
  readonly residual: Residual;
}

/** Policies that do not pass the validator have no types, and so they cannot be partially evaluated. */
export class PolicyValidationError extends ValidationError {
  static override readonly kind = 'PolicyValidationError';
  override readonly name = 'PolicyValidationError';

  constructor(problems: readonly PolicyDiagnostic[]) {
    super(problems, [], 'partial evaluation needs policies that pass the validator: ');
  }
}

/** How many clauses are nested as the official build nests them; more would nest deeper than the stack may be. */
const NESTED_CLAUSES = 64;

/** `c1 && (c2 && c3)`, so that residuals have the shape of the official ones; the project nests clauses to the left, which means the same. */
function conditionOf({ clauses, condition, span }: CorePolicy): Expr {
  if (clauses === undefined || clauses.length < 2 || clauses.length > NESTED_CLAUSES) return condition;
  return clauses.map(conditionToExpr).reduceRight((right, left) => ({ kind: 'and', left, right, span }));
}

/** A schema that leaves something to others to define does not say enough about types. */
export class IncompleteSchema extends CedarmillError {
  static override readonly kind = 'IncompleteSchema';
  override readonly name = 'IncompleteSchema';

  constructor(message: string) {
    super('incompleteSchema', message);
  }
}

/** Types one policy in one environment. `written` is its template, if it is a link: slots may hold any uid of a declared type. */
function typedPolicy(
  policy: CorePolicy,
  written: CorePolicy,
  environment: RequestEnvironment,
  schema: Schema,
): TypedPolicy | Problem[] {
  const undeclared = undeclaredNames(written, schema);
  if (undeclared.length > 0) return undeclared;
  const { principal, action, resource, span } = policy;
  const whole = policyToExpr({ principal, action, resource, condition: conditionOf(policy), span });
  const typed = typecheckExpr(whole, environment, schema, 'strict');
  if (typed.kind === 'failed' || (typed.kind === 'irrelevant' && typed.problems.length > 0)) return [...typed.problems];
  return { policy, residual: residualOf(typed.expr) };
}

/** The typed policies of a set, for each environment that was asked for. */
export class TypedPolicies implements ChangeParticipant {
  readonly #policies: PolicySet;
  readonly #schema: Schema;
  readonly #known = new Map<string, readonly TypedPolicy[]>();
  readonly #leave: () => void;

  constructor(policies: PolicySet, schema: Schema) {
    this.#policies = policies;
    this.#schema = schema;
    this.#leave = enlistWeakly(this, policies);
  }

  prepare(): PreparedChange {
    return { begin: () => this.#known.clear(), commit: () => {} };
  }

  /** All policies and links, in policy order. Throws `IncompleteSchema`, and `PolicyValidationError` unless all of them pass. */
  of(environment: RequestEnvironment): readonly TypedPolicy[] {
    const key = JSON.stringify([environment.principal, environment.action.uid.key, environment.resource]);
    const known = this.#known.get(key) ?? this.#type(environment);
    this.#known.set(key, known);
    return known;
  }

  /** Those of one environment as they are now, whatever changes. Throws as `of`. */
  snapshot(environment: RequestEnvironment): Pick<TypedPolicies, 'of'> {
    const policies = this.of(environment);
    return { of: () => policies };
  }

  release(): void {
    this.#leave();
    this.#known.clear();
  }

  #type(environment: RequestEnvironment): readonly TypedPolicy[] {
    const incompleteness = incompletenessOf(this.#schema);
    if (incompleteness !== undefined) throw new IncompleteSchema(incompleteness);
    const found: TypedPolicy[] = [];
    const wrong: PolicyDiagnostic[] = [];
    for (const policy of this.#policies.policies()) {
      const typed = typedPolicy(policy, this.#written(policy), environment, this.#schema);
      if (!Array.isArray(typed)) found.push(typed as TypedPolicy);
      else
        append(
          wrong,
          typed.map((problem) => ({ policyId: policy.id, diagnostic: forPolicy(problem, policy.id) })),
        );
      if (Array.isArray(typed) && typed.length === 0) throw undescribed(policy);
    }
    if (wrong.length > 0) throw new PolicyValidationError(wrong);
    return found;
  }

  #written(policy: CorePolicy): CorePolicy {
    const link = this.#policies.linkOf(policy.id);
    return link === undefined ? policy : this.#policies.template(link.templateId)!;
  }
}

/** A policy may fail without a problem of its own; it is refused all the same. */
function undescribed({ id }: CorePolicy): PolicyValidationError {
  const message = `policy \`${id}\` does not pass the validator`;
  return new PolicyValidationError([
    { policyId: id, diagnostic: { severity: 'error', code: 'untyped', message, labels: [] } },
  ]);
}
