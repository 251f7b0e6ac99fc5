/* Lowering keeps every value and every error. */

include "../compiled/lower.dfy"

module LowerTheorems {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Lower

  lemma valuesAreOfTheirKind(x: Expr, req: Request, es: Entities)
    requires evaluate(x, req, es).Ok? && kindOf(x) != AnyKind
    ensures valueKind(evaluate(x, req, es).value) == kindOf(x)
  {
  }

  lemma flatConjunctionIsTheNestedOne(x: Expr, req: Request, es: Entities)
    requires x.And?
    ensures runChain(conjuncts(x), false, req, es) == evaluate(x, req, es)
  {
    if x.a.And? {
      flatConjunctionIsTheNestedOne(x.a, req, es);
    }
    chainGrowsAtItsEnd(conjuncts(x.a), x.b, false, req, es);
  }

  lemma flatDisjunctionIsTheNestedOne(x: Expr, req: Request, es: Entities)
    requires x.Or?
    ensures runChain(disjuncts(x), true, req, es) == evaluate(x, req, es)
  {
    if x.a.Or? {
      flatDisjunctionIsTheNestedOne(x.a, req, es);
    }
    chainGrowsAtItsEnd(disjuncts(x.a), x.b, true, req, es);
  }

  lemma chainGrowsAtItsEnd(xs: seq<Expr>, last: Expr, decisive: bool, req: Request, es: Entities)
    ensures var most := runChain(xs, decisive, req, es);
      runChain(xs + [last], decisive, req, es) ==
        if most == Ok(Bool(!decisive)) then evaluateBool(last, req, es) else most
    decreases |xs|
  {
    if xs == [] {
      assert xs + [last] == [last];
      assert [last][1..] == [];
    } else {
      assert (xs + [last])[1..] == xs[1..] + [last];
      chainGrowsAtItsEnd(xs[1..], last, decisive, req, es);
    }
  }
}
