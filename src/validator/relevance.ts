/**
 * Relevance — typing a policy in every environment at the price of those that differ.
 *
 *   - Where the scope is false, the clauses are never typed; this is seen without typing the scope.
 *   - The clauses, and in them the operands of `&&` and `||`, are typed once for all environments that agree in the variables they mention.
 *
 * Neither changes a result: clauses come after the scope, and a type depends on the environment by variables only. `typecheckPolicy` in each of
 * `policyEnvironments` finds the same.
 */

import type { ActionEntry, Schema } from '../schema/schema.ts';
import type { Expr } from '../syntax/core.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import { actionScopeToExpr } from '../syntax/desugar.ts';
import type { ActionScope, Scope } from '../syntax/policy.ts';
import { append } from '../value/append.ts';
import type { EntityType } from '../value/entity-uid.ts';
import { has } from '../value/own-member.ts';
import { actionsIn, scopeFits } from './applicability.ts';
import type { RequestEnvironment } from './environment.ts';
import type { ValidationMode } from './type.ts';
import { environmentKey, Memo, variablesIn } from './typecheck/memo.ts';
import { typecheckExpr } from './typecheck/typecheck.ts';
import type { Problem } from './wording/validation-error.ts';

export interface TypecheckedEverywhere {
  /** From all environments; the same problem may be there more than once. */
  readonly problems: readonly Problem[];
  /** Whether the policy is false in every environment. */
  readonly impossible: boolean;
}

export function typecheckEverywhere(policy: CorePolicy, schema: Schema, mode: ValidationMode): TypecheckedEverywhere {
  const { condition } = policy;
  const memo = new Memo();
  const mentioned = variablesIn(condition);
  const seen = new Set<string>();
  const problems: Problem[] = [];
  let impossible = true;
  const isLive = (expr: Expr, environment: RequestEnvironment): boolean => {
    const result = typecheckExpr(expr, environment, schema, mode, memo);
    if (result.kind !== 'typed') append(problems, result.problems);
    return result.kind !== 'irrelevant';
  };
  const scopeIsLive = (environment: RequestEnvironment) => isLive(actionScopeToExpr(policy.action), environment);
  for (const environment of environmentsOfScope(policy, schema, scopeIsLive)) {
    const key = environmentKey(mentioned, environment);
    if (seen.has(key)) continue;
    seen.add(key);
    if (isLive(condition, environment)) impossible = false;
  }
  return { problems, impossible };
}

/** The environments in which the scope is not false. */
function* environmentsOfScope(
  { principal, action: scope, resource }: CorePolicy,
  schema: Schema,
  scopeIsLive: (environment: RequestEnvironment) => boolean,
): IterableIterator<RequestEnvironment> {
  const certain = isCertain(scope, schema);
  for (const action of certain ? actionsIn(scope, schema) : schema.actions.values()) {
    const principals = admitted(principal, action.appliesToPrincipal, schema);
    const [first] = action.appliesToResource;
    if (principals.length === 0 || first === undefined) continue;
    if (!certain && !scopeIsLive({ principal: principals[0]!, action, resource: first })) continue;
    const resources = admitted(resource, action.appliesToResource, schema);
    yield* combine(principals, action, resources);
  }
}

function* combine(
  principals: readonly EntityType[],
  action: ActionEntry,
  resources: readonly EntityType[],
): IterableIterator<RequestEnvironment> {
  for (const principal of principals) for (const resource of resources) yield { principal, action, resource };
}

/** The types for which the scope is not false. Compared with something that is not declared, nothing is false for sure. */
function admitted(scope: Scope, types: ReadonlySet<EntityType>, schema: Schema): readonly EntityType[] {
  return [...types].filter((type) => {
    const uid = has(scope, 'entity') && scope.entity.kind === 'entityUid' ? scope.entity.uid : undefined;
    const known = uid === undefined || isKnown(uid.type, uid.key, schema);
    return known ? scopeFits(scope, type, schema) : !has(scope, 'type') || scope.type === type;
  });
}

function isKnown(type: EntityType, key: string, schema: Schema): boolean {
  return schema.actions.has(key) || schema.entityTypes.has(type);
}

/** Is the scope true for `actionsIn` and false for all others, without a problem? */
function isCertain(scope: ActionScope, schema: Schema): boolean {
  if (scope.kind === 'any') return true;
  const uids = has(scope, 'uids') ? scope.uids : [scope.uid];
  const declared = uids.every(({ key }) => schema.actions.has(key));
  return declared && uids.length > 0 && uids.every(({ type }) => type === uids[0]!.type);
}
