/* Filters are exact: a row passes if and only if the request is allowed for it, whatever errs and whatever is NULL. */

include "../compiled/filter.dfy"
include "authorization.dfy"

module FilterTheorems {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Policies
  import opened Authorizer
  import opened Filter
  import opened AuthorizationTheorems

  /* As validated policies are: operands of connectives are Bools, or err. */
  predicate isCondition(x: Expr, req: Request, es: Entities)
    decreases x
  {
    if isBoolLit(x) then true
    else if isNot(x) then isCondition(x.arg, req, es)
    else if x.And? then isCondition(x.a, req, es) && isCondition(x.b, req, es)
    else if x.Or? then isCondition(x.a, req, es) && isCondition(x.b, req, es)
    else if x.Ite? then
      isCondition(x.test, req, es) && isCondition(x.thenExpr, req, es) && isCondition(x.elseExpr, req, es)
    else evaluate(x, req, es).Ok? ==> evaluate(x, req, es).value.Bool?
  }

  lemma filterPassesIffAllowed(ps: seq<Policy>, req: Request, es: Entities)
    requires forall p :: p in ps ==> isCondition(policyToExpr(p), req, es)
    ensures passes(filter(ps), req, es) <==> isAuthorized(req, es, ps).decision == Allow
  {
    allPasses(somePermit(ps), noForbid(ps), req, es);
    permitsPass(ps, req, es);
    forbidsPass(ps, req, es);
    allowedIffPermittedAndNotForbidden(req, es, ps);
  }

  /* The table of translate.ts. */
  lemma filterTranslationIsExact(x: Expr, req: Request, es: Entities)
    requires isCondition(x, req, es)
    ensures passes(yes(x), req, es) <==> evaluate(x, req, es) == Ok(Bool(true))
    ensures passes(no(x), req, es) <==> evaluate(x, req, es) == Ok(Bool(false))
    ensures passes(defined(x), req, es) <==> evaluate(x, req, es).Ok?
    ensures evaluate(x, req, es).Ok? ==> evaluate(x, req, es).value.Bool?
    decreases x
  {
    if isNot(x) {
      filterTranslationIsExact(x.arg, req, es);
    } else if x.And? {
      filterTranslationIsExact(x.a, req, es);
      filterTranslationIsExact(x.b, req, es);
      allPasses(yes(x.a), yes(x.b), req, es);
      allPasses(defined(x.a), no(x.b), req, es);
      anyPasses(no(x.a), all(defined(x.a), no(x.b)), req, es);
      anyPasses(no(x.a), defined(x.b), req, es);
      allPasses(defined(x.a), any(no(x.a), defined(x.b)), req, es);
    } else if x.Or? {
      filterTranslationIsExact(x.a, req, es);
      filterTranslationIsExact(x.b, req, es);
      allPasses(no(x.a), no(x.b), req, es);
      allPasses(defined(x.a), yes(x.b), req, es);
      anyPasses(yes(x.a), all(defined(x.a), yes(x.b)), req, es);
      anyPasses(yes(x.a), defined(x.b), req, es);
      allPasses(defined(x.a), any(yes(x.a), defined(x.b)), req, es);
    } else if x.Ite? {
      filterTranslationIsExact(x.test, req, es);
      filterTranslationIsExact(x.thenExpr, req, es);
      filterTranslationIsExact(x.elseExpr, req, es);
      choicePasses(x, yes(x.thenExpr), yes(x.elseExpr), req, es);
      choicePasses(x, no(x.thenExpr), no(x.elseExpr), req, es);
      choicePasses(x, defined(x.thenExpr), defined(x.elseExpr), req, es);
    }
  }

  /* True exactly where the condition is not, so that a forbid that errs does not hold. */
  lemma complementPassesIffConditionDoesNot(c: RowCondition, req: Request, es: Entities)
    ensures passes(complement(c), req, es) <==> !passes(c, req, es)
  {
    match c
    case Constant(_) =>
    case Atom(x, negated) => anyPasses(Atom(x, !negated), IsNull(x, false), req, es);
    case IsNull(_, _) =>
    case All(a, b) =>
      complementPassesIffConditionDoesNot(a, req, es);
      complementPassesIffConditionDoesNot(b, req, es);
      anyPasses(complement(a), complement(b), req, es);
    case Any(a, b) =>
      complementPassesIffConditionDoesNot(a, req, es);
      complementPassesIffConditionDoesNot(b, req, es);
      allPasses(complement(a), complement(b), req, es);
  }

  lemma allPasses(a: RowCondition, b: RowCondition, req: Request, es: Entities)
    ensures passes(all(a, b), req, es) <==> passes(a, req, es) && passes(b, req, es)
  {
  }

  lemma anyPasses(a: RowCondition, b: RowCondition, req: Request, es: Entities)
    ensures passes(any(a, b), req, es) <==> passes(a, req, es) || passes(b, req, es)
  {
  }

  lemma choicePasses(x: Expr, a: RowCondition, b: RowCondition, req: Request, es: Entities)
    requires x.Ite?
    ensures passes(any(all(yes(x.test), a), all(no(x.test), b)), req, es) <==>
      (passes(yes(x.test), req, es) && passes(a, req, es)) || (passes(no(x.test), req, es) && passes(b, req, es))
  {
    allPasses(yes(x.test), a, req, es);
    allPasses(no(x.test), b, req, es);
    anyPasses(all(yes(x.test), a), all(no(x.test), b), req, es);
  }

  lemma permitsPass(ps: seq<Policy>, req: Request, es: Entities)
    requires forall p :: p in ps ==> isCondition(policyToExpr(p), req, es)
    ensures passes(somePermit(ps), req, es) <==> isExplicitlyPermitted(req, es, ps)
  {
    if ps != [] {
      permitsPass(ps[1..], req, es);
      filterTranslationIsExact(policyToExpr(ps[0]), req, es);
      anyPasses(yes(policyToExpr(ps[0])), somePermit(ps[1..]), req, es);
      assert forall p :: p in ps <==> p == ps[0] || p in ps[1..];
    }
  }

  lemma forbidsPass(ps: seq<Policy>, req: Request, es: Entities)
    requires forall p :: p in ps ==> isCondition(policyToExpr(p), req, es)
    ensures passes(noForbid(ps), req, es) <==> !isExplicitlyForbidden(req, es, ps)
  {
    if ps != [] {
      forbidsPass(ps[1..], req, es);
      var x := policyToExpr(ps[0]);
      filterTranslationIsExact(x, req, es);
      complementPassesIffConditionDoesNot(yes(x), req, es);
      allPasses(complement(yes(x)), noForbid(ps[1..]), req, es);
      assert forall p :: p in ps <==> p == ps[0] || p in ps[1..];
    }
  }
}
