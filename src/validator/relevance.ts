/**
 * Relevance — typing a policy in every environment at the price of those that differ.
 *
 *   - The scope is typed first, each constraint once per type or action; where it is false, the clauses are never typed.
 *   - The clauses are typed once for all environments that agree in the variables they mention.
 *
 * Neither changes a result: the type of an expression depends on the environment by its variables only, and clauses come after the scope.
 */
import type { ActionEntry, Schema } from '../schema/schema.ts';
import type { CorePolicy, Expr, Var } from '../syntax/core.ts';
import { actionScopeToExpr, scopeToExpr } from '../syntax/desugar.ts';
import type { ActionScope } from '../syntax/policy.ts';
import type { EntityType } from '../value/entity-uid.ts';
import { actionsIn } from './applicability.ts';
import type { RequestEnvironment } from './environment.ts';
import { subexpressions } from './subexpressions.ts';
import type { ValidationMode } from './type.ts';
import { type Typechecked, typecheckExpr } from './typecheck.ts';
import type { Problem } from './validation-error.ts';

export interface TypecheckedEverywhere {
  /** From all environments; the same problem may be there more than once. */
  readonly problems: readonly Problem[];
  /** Whether the policy is false in every environment. */
  readonly impossible: boolean;
}

export function typecheckEverywhere(policy: CorePolicy, schema: Schema, mode: ValidationMode): TypecheckedEverywhere {
  return new Everywhere(policy, schema, mode).result();
}

class Everywhere {
  readonly #policy: CorePolicy;
  readonly #schema: Schema;
  readonly #mode: ValidationMode;
  readonly #principal: Expr;
  readonly #resource: Expr;
  readonly #mentioned: ReadonlySet<Var>;
  readonly #principals = new Map<EntityType, boolean>();
  readonly #resources = new Map<EntityType, boolean>();
  readonly #conditions = new Set<string>();
  readonly #problems: Problem[] = [];
  #impossible = true;

  constructor(policy: CorePolicy, schema: Schema, mode: ValidationMode) {
    this.#policy = policy;
    this.#schema = schema;
    this.#mode = mode;
    this.#principal = scopeToExpr('principal', policy.principal);
    this.#resource = scopeToExpr('resource', policy.resource);
    this.#mentioned = variablesIn(policy.condition);
  }

  result(): TypecheckedEverywhere {
    for (const action of candidates(this.#policy.action, this.#schema)) this.#inAction(action);
    return { problems: this.#problems, impossible: this.#impossible };
  }

  #inAction(action: ActionEntry): void {
    const [anyPrincipal] = action.appliesToPrincipal;
    const [anyResource] = action.appliesToResource;
    if (anyPrincipal === undefined || anyResource === undefined) return;
    const principals = [...action.appliesToPrincipal].filter((each) => this.#admitsPrincipal(each, action));
    if (principals.length === 0) return;
    const scope = actionScopeToExpr(this.#policy.action);
    if (!this.#live(this.#typecheck(scope, { principal: anyPrincipal, action, resource: anyResource }))) return;
    const resources = [...action.appliesToResource].filter((each) => this.#admitsResource(each, action));
    for (const principal of principals) {
      for (const resource of resources) this.#inEnvironment({ principal, action, resource });
    }
  }

  #admitsPrincipal(type: EntityType, action: ActionEntry): boolean {
    return memo(this.#principals, type, () =>
      this.#live(this.#typecheck(this.#principal, { principal: type, principalSlot: type, action, resource: type })),
    );
  }

  #admitsResource(type: EntityType, action: ActionEntry): boolean {
    return memo(this.#resources, type, () =>
      this.#live(this.#typecheck(this.#resource, { principal: type, action, resource: type, resourceSlot: type })),
    );
  }

  #inEnvironment(environment: RequestEnvironment): void {
    const key = this.#keyOf(environment);
    if (this.#conditions.has(key)) return;
    this.#conditions.add(key);
    if (this.#live(this.#typecheck(this.#policy.condition, environment))) this.#impossible = false;
  }

  /** The same for environments that no clause can tell apart. */
  #keyOf({ principal, action, resource }: RequestEnvironment): string {
    const mentioned = this.#mentioned;
    const actionKey = mentioned.has('action') || mentioned.has('context') ? action.uid.key : '';
    return `${mentioned.has('principal') ? principal : ''} ${mentioned.has('resource') ? resource : ''} ${actionKey}`;
  }

  #typecheck(expr: Expr, environment: RequestEnvironment): Typechecked {
    return typecheckExpr(expr, environment, this.#schema, this.#mode);
  }

  /** Gathers the problems; false is the result only of what is false. */
  #live(result: Typechecked): boolean {
    if (result.kind === 'typed') return true;
    this.#problems.push(...result.problems);
    return result.kind === 'failed';
  }
}

function memo<K, V>(cache: Map<K, V>, key: K, compute: () => V): V {
  const cached = cache.get(key);
  if (cached !== undefined) return cached;
  const value = compute();
  cache.set(key, value);
  return value;
}

/** The actions for which the scope may not be false. Where a name in it is not declared, this must be looked at. */
function candidates(scope: ActionScope, schema: Schema): Iterable<ActionEntry> {
  const uids = 'uids' in scope ? scope.uids : 'uid' in scope ? [scope.uid] : [];
  const declared = uids.every(({ key }) => schema.actions.has(key));
  const alike = uids.every(({ type }) => type === uids[0]!.type);
  return declared && alike && uids.length > 0 ? actionsIn(scope, schema) : schema.actions.values();
}

function variablesIn(condition: Expr): ReadonlySet<Var> {
  const found = new Set<Var>();
  for (const e of subexpressions(condition)) if (e.kind === 'var') found.add(e.name);
  return found;
}
