/* Optimize: the folds of the compiler, one step for each pass, applied to every node from the leaves up.
   Twins: codegen/optimize/passes.ts and the files that it lists */

include "lower.dfy"

module Optimize {
  import opened Values
  import opened Exprs
  import opened Lower

  datatype Pass = FlattenChains | DropDoubleNegation | FoldConstants

  function optimize(x: Expr): Expr {
    rewrite(FoldConstants, rewrite(DropDoubleNegation, rewrite(FlattenChains, x)))
  }

  function step(pass: Pass, x: Expr): Expr {
    match pass
    case FlattenChains => flattenChains(x)
    case DropDoubleNegation => dropDoubleNegation(x)
    case FoldConstants => foldConstants(x)
  }

  function flattenChains(x: Expr): Expr {
    if x.And? then rebuild(operands(x, false), false) else if x.Or? then rebuild(operands(x, true), true) else x
  }

  /* !!x is x, if x is surely a Bool. */
  function dropDoubleNegation(x: Expr): Expr {
    if isNot(x) && isNot(x.arg) && kindOf(x.arg.arg) == BoolKind then x.arg.arg else x
  }

  predicate isNot(x: Expr) { x.UnaryApp? && x.op1 == Not }

  function foldConstants(x: Expr): Expr {
    match x
    case And(_, _) => foldChain(conjuncts(x), false)
    case Or(_, _) => foldChain(disjuncts(x), true)
    case UnaryApp(op, arg) => if op == Not && isBoolLit(arg) then Lit(Bool(!arg.p.b)) else x
    case Ite(test, a, b) => if isBoolLit(test) then if test.p.b then a else b else x
    case BinaryApp(op, a, b) => if op == Eq && a.Lit? && b.Lit? then Lit(Bool(a.p == b.p)) else x
    case Lit(_) => x
    case Var(_) => x
    case GetAttr(_, _) => x
    case HasAttr(_, _) => x
    case SetExpr(_) => x
    case RecordExpr(_) => x
    case Call(_, _) => x
  }

  predicate isBoolLit(x: Expr) { x.Lit? && x.p.Bool? }

  /* A chain of `||` is decided by true, one of `&&` by false. */
  function connect(a: Expr, b: Expr, decisive: bool): Expr { if decisive then Or(a, b) else And(a, b) }

  /* All operands, of chains inside the chain too. */
  function operands(x: Expr, decisive: bool): seq<Expr>
    ensures operands(x, decisive) != []
  {
    if x.And? && !decisive then operands(x.a, decisive) + operands(x.b, decisive)
    else if x.Or? && decisive then operands(x.a, decisive) + operands(x.b, decisive)
    else [x]
  }

  function rebuild(xs: seq<Expr>, decisive: bool): Expr
    requires xs != []
  {
    if |xs| == 1 then xs[0] else connect(rebuild(xs[..|xs| - 1], decisive), xs[|xs| - 1], decisive)
  }

  function foldChain(xs: seq<Expr>, decisive: bool): Expr {
    var kept := withoutNeutral(reached(xs, decisive), decisive);
    if kept == [] then Lit(Bool(!decisive))
    else if |kept| > 1 then rebuild(kept, decisive)
    else if kindOf(kept[0]) == BoolKind then kept[0]
    else connect(Lit(Bool(!decisive)), kept[0], decisive) /* so that the value is still checked to be a Bool */
  }

  /* What stands behind a literal that decides is never run. */
  function reached(xs: seq<Expr>, decisive: bool): seq<Expr> {
    if xs == [] then [] else if isBoolLit(xs[0]) && xs[0].p.b == decisive then [xs[0]] else [xs[0]] + reached(xs[1..], decisive)
  }

  function withoutNeutral(xs: seq<Expr>, decisive: bool): seq<Expr> {
    if xs == [] then []
    else if isBoolLit(xs[0]) && xs[0].p.b != decisive then withoutNeutral(xs[1..], decisive)
    else [xs[0]] + withoutNeutral(xs[1..], decisive)
  }

  function rewrite(pass: Pass, x: Expr): Expr
    decreases x
  {
    match x
    case Lit(_) => step(pass, x)
    case Var(_) => step(pass, x)
    case Ite(test, a, b) => step(pass, Ite(rewrite(pass, test), rewrite(pass, a), rewrite(pass, b)))
    case And(a, b) => step(pass, And(rewrite(pass, a), rewrite(pass, b)))
    case Or(a, b) => step(pass, Or(rewrite(pass, a), rewrite(pass, b)))
    case UnaryApp(op, arg) => step(pass, UnaryApp(op, rewrite(pass, arg)))
    case BinaryApp(op, a, b) => step(pass, BinaryApp(op, rewrite(pass, a), rewrite(pass, b)))
    case GetAttr(expr, attr) => step(pass, GetAttr(rewrite(pass, expr), attr))
    case HasAttr(expr, attr) => step(pass, HasAttr(rewrite(pass, expr), attr))
    case SetExpr(elems) => step(pass, SetExpr(rewriteSeq(pass, elems)))
    case RecordExpr(fields) => step(pass, RecordExpr(rewriteFields(pass, fields)))
    case Call(f, args) => step(pass, Call(f, rewriteSeq(pass, args)))
  }

  function rewriteSeq(pass: Pass, xs: seq<Expr>): seq<Expr>
    decreases xs
  {
    if xs == [] then [] else [rewrite(pass, xs[0])] + rewriteSeq(pass, xs[1..])
  }

  function rewriteFields(pass: Pass, fields: seq<(Attr, Expr)>): seq<(Attr, Expr)>
    decreases fields
  {
    if fields == [] then [] else [(fields[0].0, rewrite(pass, fields[0].1))] + rewriteFields(pass, fields[1..])
  }
}
