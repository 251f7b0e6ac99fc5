/**
 * Core policy — a policy or template with its clauses joined into one condition.
 *
 * The condition is made when it is first asked for: of many policies that are alike, the compiler looks at that of one. INVARIANT: it says the
 * same as the clauses; so no core policy can be made of the parts of others, but by these functions.
 *
 * Spec:  Cedar.Spec.Policy: Policy
 */
import type { Expr } from './core.ts';
import type { ActionScope, Annotation, Condition, Effect, Policy, Scope, Source } from './policy.ts';
import type { Span } from './span.ts';

/** Joins clauses into one expression, `true` if there are none. Spec: Conditions.toExpr */
type Join = (clauses: readonly Condition[], span: Span | undefined) => Expr;

type Fields = Omit<Policy, 'conditions'>;

export class CorePolicy {
  readonly id: string;
  readonly effect: Effect;
  readonly principal: Scope;
  readonly action: ActionScope;
  readonly resource: Scope;
  readonly annotations: readonly Annotation[];
  readonly span: Span | undefined;
  readonly source: Source | undefined;
  /** As they were written; `undefined` if nobody wrote them. */
  readonly clauses: readonly Condition[] | undefined;
  readonly #join: Join | undefined;
  #condition: Expr | undefined;

  private constructor(fields: Fields, clauses: readonly Condition[] | undefined, from: Join | Expr) {
    this.id = fields.id;
    this.effect = fields.effect;
    this.principal = fields.principal;
    this.action = fields.action;
    this.resource = fields.resource;
    this.annotations = fields.annotations;
    this.span = fields.span;
    this.source = fields.source;
    this.clauses = clauses;
    this.#join = typeof from === 'function' ? from : undefined;
    this.#condition = typeof from === 'function' ? undefined : from;
  }

  static written(policy: Policy, join: Join): CorePolicy {
    return new CorePolicy(policy, policy.conditions, join);
  }

  /** One that nobody wrote. */
  static of(fields: Fields, condition: Expr): CorePolicy {
    return new CorePolicy(fields, undefined, condition);
  }

  get condition(): Expr {
    this.#condition ??= this.#join!(this.clauses!, this.span);
    return this.#condition;
  }

  /** The same policy with another id, principal and resource. */
  with(id: string, principal: Scope, resource: Scope): CorePolicy {
    const { effect, action, annotations, span, source } = this;
    return new CorePolicy(
      { id, effect, principal, action, resource, annotations, span, source },
      this.clauses,
      this.condition,
    );
  }
}
