/* What a scope asks, said without expressions. A scope never errs. */

include "../spec/authorizer.dfy"

module ScopeTheorems {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Policies
  import opened Authorizer

  predicate inScope(s: Scope, uid: EntityUID, es: Entities) {
    match s
    case ScopeAny => true
    case ScopeEq(entity) => uid == entity
    case ScopeMem(entity) => inE(uid, entity, es)
    case ScopeIs(ety) => uid.ty == ety
    case ScopeIsMem(ety, entity) => uid.ty == ety && inE(uid, entity, es)
  }

  predicate inActionScope(s: ActionScope, uid: EntityUID, es: Entities) {
    match s
    case ActionScope(scope) => inScope(scope, uid, es)
    case ActionInAny(entities) => exists entity :: entity in entities && inE(uid, entity, es)
  }

  predicate inScopes(p: Policy, req: Request, es: Entities) {
    inScope(p.principalScope, req.principal, es) &&
    inActionScope(p.actionScope, req.action, es) &&
    inScope(p.resourceScope, req.resource, es)
  }

  lemma policyIsItsScopesThenItsConditions(p: Policy, req: Request, es: Entities)
    ensures result(p, req, es) ==
      if inScopes(p, req, es) then evaluateBool(conditionsToExpr(p.conditions), req, es) else Ok(Bool(false))
  {
    scopeIsItsExpression(p.principalScope, Principal, req, es);
    actionScopeIsItsExpression(p.actionScope, req, es);
    scopeIsItsExpression(p.resourceScope, Resource, req, es);
    var conditions := conditionsToExpr(p.conditions);
    var last := And(scopeToExpr(p.resourceScope, Resource), conditions);
    assert evaluate(last, req, es) ==
      if inScope(p.resourceScope, req.resource, es) then evaluateBool(conditions, req, es) else Ok(Bool(false));
    var rest := And(actionScopeToExpr(p.actionScope), last);
    assert evaluate(rest, req, es) ==
      if inActionScope(p.actionScope, req.action, es) then evaluateBool(last, req, es) else Ok(Bool(false));
    var whole := And(scopeToExpr(p.principalScope, Principal), rest);
    assert evaluate(whole, req, es) ==
      if inScope(p.principalScope, req.principal, es) then evaluateBool(rest, req, es) else Ok(Bool(false));
  }

  lemma scopeIsItsExpression(s: Scope, v: Var, req: Request, es: Entities)
    requires v != Context
    decreases s.ScopeIsMem?
    ensures evaluate(scopeToExpr(s, v), req, es) == Ok(Bool(inScope(s, evaluateVar(v, req).uid, es)))
  {
    assert evaluate(Var(v), req, es) == Ok(evaluateVar(v, req));
    match s
    case ScopeAny =>
    case ScopeIs(ety) => assert evaluate(UnaryApp(Is(ety), Var(v)), req, es) == Ok(Bool(inScope(s, evaluateVar(v, req).uid, es)));
    case ScopeEq(uid) => assert evaluate(Lit(Entity(uid)), req, es) == Ok(Entity(uid));
    case ScopeMem(uid) => assert evaluate(Lit(Entity(uid)), req, es) == Ok(Entity(uid));
    case ScopeIsMem(ety, uid) =>
      scopeIsItsExpression(ScopeIs(ety), v, req, es);
      scopeIsItsExpression(ScopeMem(uid), v, req, es);
  }

  lemma actionScopeIsItsExpression(s: ActionScope, req: Request, es: Entities)
    ensures evaluate(actionScopeToExpr(s), req, es) == Ok(Bool(inActionScope(s, req.action, es)))
  {
    match s
    case ActionScope(scope) => scopeIsItsExpression(scope, Action, req, es);
    case ActionInAny(uids) =>
      literalsAreValues(uids, req, es);
      var vs := evaluateSeq(literals(uids), req, es).value;
      var elements := set v | v in vs;
      assert evaluate(SetExpr(literals(uids)), req, es) == Ok(Set(elements));
      assert evaluate(Var(Action), req, es) == Ok(Entity(req.action));
      assert forall v :: v in elements ==> v.Entity?;
      if uid :| uid in uids && inE(req.action, uid, es) {
        assert Entity(uid) in elements;
      }
  }

  lemma literalsAreValues(uids: seq<EntityUID>, req: Request, es: Entities)
    ensures evaluateSeq(literals(uids), req, es).Ok?
    ensures forall v :: v in evaluateSeq(literals(uids), req, es).value <==> v.Entity? && v.uid in uids
  {
    if uids != [] {
      var xs := literals(uids);
      assert xs[0] == Lit(Entity(uids[0])) && xs[1..] == literals(uids[1..]);
      assert evaluate(xs[0], req, es) == Ok(Entity(uids[0]));
      literalsAreValues(uids[1..], req, es);
    }
  }
}
