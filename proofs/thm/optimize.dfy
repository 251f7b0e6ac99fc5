/* The folds keep every value and every error, and which error comes first. */

include "../compiled/optimize.dfy"
include "lower.dfy"

module OptimizeTheorems {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Lower
  import opened Optimize
  import opened LowerTheorems

  lemma optimizingKeepsValueAndError(x: Expr, req: Request, es: Entities)
    ensures evaluate(optimize(x), req, es) == evaluate(x, req, es)
  {
    var flat := rewrite(FlattenChains, x);
    var positive := rewrite(DropDoubleNegation, flat);
    rewritingKeepsValueAndError(FlattenChains, x, req, es);
    rewritingKeepsValueAndError(DropDoubleNegation, flat, req, es);
    rewritingKeepsValueAndError(FoldConstants, positive, req, es);
  }

  lemma flattenChainsKeepsValueAndError(x: Expr, req: Request, es: Entities)
    ensures evaluate(flattenChains(x), req, es) == evaluate(x, req, es)
  {
    if x.And? {
      operandsRunAsTheChain(x, false, req, es);
      rebuiltChainRunsItsOperands(operands(x, false), false, req, es);
    } else if x.Or? {
      operandsRunAsTheChain(x, true, req, es);
      rebuiltChainRunsItsOperands(operands(x, true), true, req, es);
    }
  }

  lemma dropDoubleNegationKeepsValueAndError(x: Expr, req: Request, es: Entities)
    ensures evaluate(dropDoubleNegation(x), req, es) == evaluate(x, req, es)
  {
    if isNot(x) && isNot(x.arg) && kindOf(x.arg.arg) == BoolKind {
      var v := evaluate(x.arg.arg, req, es);
      if v.Ok? {
        valuesAreOfTheirKind(x.arg.arg, req, es);
        assert evaluate(x.arg, req, es) == Ok(Bool(!v.value.b));
      }
    }
  }

  lemma foldConstantsKeepsValueAndError(x: Expr, req: Request, es: Entities)
    ensures evaluate(foldConstants(x), req, es) == evaluate(x, req, es)
  {
    match x
    case And(_, _) =>
      flatConjunctionIsTheNestedOne(x, req, es);
      foldedChainRunsItsOperands(conjuncts(x), false, req, es);
    case Or(_, _) =>
      flatDisjunctionIsTheNestedOne(x, req, es);
      foldedChainRunsItsOperands(disjuncts(x), true, req, es);
    case UnaryApp(op, arg) =>
      if arg.Lit? {
        assert evaluate(arg, req, es) == Ok(arg.p);
      }
    case Ite(test, _, _) =>
      if test.Lit? {
        assert evaluate(test, req, es) == Ok(test.p);
      }
    case BinaryApp(_, a, b) =>
      if a.Lit? && b.Lit? {
        assert evaluate(a, req, es) == Ok(a.p) && evaluate(b, req, es) == Ok(b.p);
      }
    case Lit(_) =>
    case Var(_) =>
    case GetAttr(_, _) =>
    case HasAttr(_, _) =>
    case SetExpr(_) =>
    case RecordExpr(_) =>
    case Call(_, _) =>
  }

  lemma foldedChainRunsItsOperands(xs: seq<Expr>, decisive: bool, req: Request, es: Entities)
    ensures evaluate(foldChain(xs, decisive), req, es) == runChain(xs, decisive, req, es)
  {
    var some := reached(xs, decisive);
    var kept := withoutNeutral(some, decisive);
    reachedRunsAlike(xs, decisive, req, es);
    withoutNeutralRunsAlike(some, decisive, req, es);
    if |kept| > 1 {
      rebuiltChainRunsItsOperands(kept, decisive, req, es);
    } else if |kept| == 1 {
      assert kept[1..] == [];
      var neutral := Lit(Bool(!decisive));
      assert evaluate(neutral, req, es) == Ok(Bool(!decisive));
      if kindOf(kept[0]) == BoolKind && evaluate(kept[0], req, es).Ok? {
        valuesAreOfTheirKind(kept[0], req, es);
      }
    }
  }

  lemma reachedRunsAlike(xs: seq<Expr>, decisive: bool, req: Request, es: Entities)
    ensures runChain(reached(xs, decisive), decisive, req, es) == runChain(xs, decisive, req, es)
  {
    if xs != [] {
      reachedRunsAlike(xs[1..], decisive, req, es);
      if isBoolLit(xs[0]) {
        assert evaluate(xs[0], req, es) == Ok(xs[0].p);
      }
      assert ([xs[0]] + reached(xs[1..], decisive))[1..] == reached(xs[1..], decisive);
    }
  }

  lemma withoutNeutralRunsAlike(xs: seq<Expr>, decisive: bool, req: Request, es: Entities)
    ensures runChain(withoutNeutral(xs, decisive), decisive, req, es) == runChain(xs, decisive, req, es)
  {
    if xs != [] {
      withoutNeutralRunsAlike(xs[1..], decisive, req, es);
      if isBoolLit(xs[0]) {
        assert evaluate(xs[0], req, es) == Ok(xs[0].p);
      }
      assert ([xs[0]] + withoutNeutral(xs[1..], decisive))[1..] == withoutNeutral(xs[1..], decisive);
    }
  }

  lemma rebuiltChainRunsItsOperands(xs: seq<Expr>, decisive: bool, req: Request, es: Entities)
    requires |xs| > 1
    ensures evaluate(rebuild(xs, decisive), req, es) == runChain(xs, decisive, req, es)
    decreases |xs|
  {
    var most, last := xs[..|xs| - 1], xs[|xs| - 1];
    assert xs == most + [last];
    chainGrowsAtItsEnd(most, last, decisive, req, es);
    if |most| > 1 {
      rebuiltChainRunsItsOperands(most, decisive, req, es);
    } else {
      assert most == [xs[0]] && most[1..] == [];
    }
    chainIsBool(most, decisive, req, es);
  }

  lemma chainIsBool(xs: seq<Expr>, decisive: bool, req: Request, es: Entities)
    ensures var r := runChain(xs, decisive, req, es); r.Ok? ==> r.value.Bool?
    decreases |xs|
  {
  }

  lemma operandsRunAsTheChain(x: Expr, decisive: bool, req: Request, es: Entities)
    ensures runChain(operands(x, decisive), decisive, req, es) == evaluateBool(x, req, es)
  {
    if (x.And? && !decisive) || (x.Or? && decisive) {
      operandsRunAsTheChain(x.a, decisive, req, es);
      operandsRunAsTheChain(x.b, decisive, req, es);
      chainsRunOneAfterTheOther(operands(x.a, decisive), operands(x.b, decisive), decisive, req, es);
    } else {
      assert [x][1..] == [];
    }
  }

  lemma chainsRunOneAfterTheOther(xs: seq<Expr>, ys: seq<Expr>, decisive: bool, req: Request, es: Entities)
    ensures var first := runChain(xs, decisive, req, es);
      runChain(xs + ys, decisive, req, es) == if first == Ok(Bool(!decisive)) then runChain(ys, decisive, req, es) else first
    decreases |xs|
  {
    if xs == [] {
      assert xs + ys == ys;
    } else {
      assert (xs + ys)[1..] == xs[1..] + ys;
      chainsRunOneAfterTheOther(xs[1..], ys, decisive, req, es);
    }
  }

  lemma stepKeepsValueAndError(pass: Pass, x: Expr, req: Request, es: Entities)
    ensures evaluate(step(pass, x), req, es) == evaluate(x, req, es)
  {
    flattenChainsKeepsValueAndError(x, req, es);
    dropDoubleNegationKeepsValueAndError(x, req, es);
    foldConstantsKeepsValueAndError(x, req, es);
  }

  lemma rewritingKeepsValueAndError(pass: Pass, x: Expr, req: Request, es: Entities)
    ensures evaluate(rewrite(pass, x), req, es) == evaluate(x, req, es)
    decreases x, 1
  {
    match x
    case Lit(_) => stepKeepsValueAndError(pass, x, req, es);
    case Var(_) => stepKeepsValueAndError(pass, x, req, es);
    case Ite(test, a, b) =>
      rewritingKeepsValueAndError(pass, test, req, es);
      rewritingKeepsValueAndError(pass, a, req, es);
      rewritingKeepsValueAndError(pass, b, req, es);
      stepKeepsValueAndError(pass, Ite(rewrite(pass, test), rewrite(pass, a), rewrite(pass, b)), req, es);
    case And(a, b) =>
      rewritingKeepsValueAndError(pass, a, req, es);
      rewritingKeepsValueAndError(pass, b, req, es);
      stepKeepsValueAndError(pass, And(rewrite(pass, a), rewrite(pass, b)), req, es);
    case Or(a, b) =>
      rewritingKeepsValueAndError(pass, a, req, es);
      rewritingKeepsValueAndError(pass, b, req, es);
      stepKeepsValueAndError(pass, Or(rewrite(pass, a), rewrite(pass, b)), req, es);
    case UnaryApp(op, arg) =>
      rewritingKeepsValueAndError(pass, arg, req, es);
      stepKeepsValueAndError(pass, UnaryApp(op, rewrite(pass, arg)), req, es);
    case BinaryApp(op, a, b) =>
      rewritingKeepsValueAndError(pass, a, req, es);
      rewritingKeepsValueAndError(pass, b, req, es);
      stepKeepsValueAndError(pass, BinaryApp(op, rewrite(pass, a), rewrite(pass, b)), req, es);
    case GetAttr(expr, attr) =>
      rewritingKeepsValueAndError(pass, expr, req, es);
      stepKeepsValueAndError(pass, GetAttr(rewrite(pass, expr), attr), req, es);
    case HasAttr(expr, attr) =>
      rewritingKeepsValueAndError(pass, expr, req, es);
      stepKeepsValueAndError(pass, HasAttr(rewrite(pass, expr), attr), req, es);
    case SetExpr(elems) =>
      rewritingSeqKeepsValuesAndErrors(pass, elems, req, es);
      stepKeepsValueAndError(pass, SetExpr(rewriteSeq(pass, elems)), req, es);
    case RecordExpr(fields) =>
      rewritingFieldsKeepsValuesAndErrors(pass, fields, req, es);
      stepKeepsValueAndError(pass, RecordExpr(rewriteFields(pass, fields)), req, es);
    case Call(f, args) =>
      rewritingSeqKeepsValuesAndErrors(pass, args, req, es);
      stepKeepsValueAndError(pass, Call(f, rewriteSeq(pass, args)), req, es);
  }

  lemma rewritingSeqKeepsValuesAndErrors(pass: Pass, xs: seq<Expr>, req: Request, es: Entities)
    ensures evaluateSeq(rewriteSeq(pass, xs), req, es) == evaluateSeq(xs, req, es)
    decreases xs
  {
    if xs != [] {
      rewritingKeepsValueAndError(pass, xs[0], req, es);
      rewritingSeqKeepsValuesAndErrors(pass, xs[1..], req, es);
      assert rewriteSeq(pass, xs)[1..] == rewriteSeq(pass, xs[1..]);
    }
  }

  lemma rewritingFieldsKeepsValuesAndErrors(pass: Pass, fields: seq<(Attr, Expr)>, req: Request, es: Entities)
    ensures evaluateFields(rewriteFields(pass, fields), req, es) == evaluateFields(fields, req, es)
    decreases fields
  {
    if fields != [] {
      rewritingKeepsValueAndError(pass, fields[0].1, req, es);
      rewritingFieldsKeepsValuesAndErrors(pass, fields[1..], req, es);
      assert rewriteFields(pass, fields)[1..] == rewriteFields(pass, fields[1..]);
    }
  }
}
