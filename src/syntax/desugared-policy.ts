/**
 * Desugared policy — a core policy whose condition is made of its clauses when it is first asked for.
 */
import type { CorePolicy, Expr } from './core.ts';
import type { ActionScope, Annotation, Condition, Effect, Policy, Scope, Source } from './policy.ts';
import type { Span } from './span.ts';

type Join = (clauses: readonly Condition[], span: Span | undefined) => Expr;

export class DesugaredPolicy implements CorePolicy {
  readonly id: string;
  readonly effect: Effect;
  readonly principal: Scope;
  readonly action: ActionScope;
  readonly resource: Scope;
  readonly clauses: readonly Condition[];
  readonly annotations: readonly Annotation[];
  readonly span: Span | undefined;
  readonly source: Source | undefined;
  readonly #join: Join;
  #condition: Expr | undefined;

  constructor(policy: Policy, join: Join) {
    const { id, effect, principal, action, resource, conditions, annotations, span, source } = policy;
    this.id = id;
    this.effect = effect;
    this.principal = principal;
    this.action = action;
    this.resource = resource;
    this.clauses = conditions;
    this.annotations = annotations;
    this.span = span;
    this.source = source;
    this.#join = join;
  }

  get condition(): Expr {
    this.#condition ??= this.#join(this.clauses, this.span);
    return this.#condition;
  }
}
