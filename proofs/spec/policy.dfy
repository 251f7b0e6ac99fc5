/* Policies, and the one expression that each of them is.
   Spec: Cedar.Spec.Policy */

include "expr.dfy"

module Policies {
  import opened Values
  import opened Exprs

  datatype Effect = Permit | Forbid

  datatype Scope =
    | ScopeAny
    | ScopeEq(entity: EntityUID)
    | ScopeMem(entity: EntityUID)
    | ScopeIs(ety: EntityType)
    | ScopeIsMem(ety: EntityType, entity: EntityUID)

  datatype ActionScope = ActionScope(scope: Scope) | ActionInAny(entities: seq<EntityUID>)

  type PolicyID = string

  datatype Condition = When(body: Expr) | Unless(body: Expr)

  datatype Policy = Policy(
    id: PolicyID,
    effect: Effect,
    principalScope: Scope,
    actionScope: ActionScope,
    resourceScope: Scope,
    conditions: seq<Condition>)

  function method scopeToExpr(s: Scope, v: Var): Expr {
    match s
    case ScopeAny => Lit(Bool(true))
    case ScopeEq(uid) => BinaryApp(Eq, Var(v), Lit(Entity(uid)))
    case ScopeMem(uid) => BinaryApp(Mem, Var(v), Lit(Entity(uid)))
    case ScopeIs(ety) => UnaryApp(Is(ety), Var(v))
    case ScopeIsMem(ety, uid) => And(UnaryApp(Is(ety), Var(v)), BinaryApp(Mem, Var(v), Lit(Entity(uid))))
  }

  function method actionScopeToExpr(s: ActionScope): Expr {
    match s
    case ActionScope(scope) => scopeToExpr(scope, Action)
    case ActionInAny(uids) => BinaryApp(Mem, Var(Action), SetExpr(literals(uids)))
  }

  function method literals(uids: seq<EntityUID>): seq<Expr> {
    if uids == [] then [] else [Lit(Entity(uids[0]))] + literals(uids[1..])
  }

  function method conditionToExpr(c: Condition): Expr {
    match c
    case When(body) => body
    case Unless(body) => UnaryApp(Not, body)
  }

  function method conditionsToExpr(cs: seq<Condition>): Expr {
    if cs == [] then Lit(Bool(true))
    else if |cs| == 1 then conditionToExpr(cs[0])
    else And(conditionToExpr(cs[0]), conditionsToExpr(cs[1..]))
  }

  function method policyToExpr(p: Policy): Expr {
    And(scopeToExpr(p.principalScope, Principal),
      And(actionScopeToExpr(p.actionScope),
        And(scopeToExpr(p.resourceScope, Resource), conditionsToExpr(p.conditions))))
  }
}
