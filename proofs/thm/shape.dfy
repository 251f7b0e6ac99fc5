/* Code made for one policy serves all of its shape. */

include "../compiled/shape.dfy"

module ShapeTheorems {
  import opened Values
  import opened Exprs
  import opened Shape

  lemma codeOfAShapeServesEveryPolicyOfIt(x: Expr, y: Expr)
    requires shapeOf(x) == shapeOf(y)
    ensures |literals(x)| == |literals(y)| && fill(x, literals(y)) == y
  {
    match x
    case Ite(test, a, b) =>
      codeOfAShapeServesEveryPolicyOfIt(test, y.test);
      codeOfAShapeServesEveryPolicyOfIt(a, y.thenExpr);
      codeOfAShapeServesEveryPolicyOfIt(b, y.elseExpr);
      var first, second := |literals(test)|, |literals(test)| + |literals(a)|;
      assert literals(y)[..first] == literals(y.test);
      assert literals(y)[first..second] == literals(y.thenExpr);
      assert literals(y)[second..] == literals(y.elseExpr);
    case And(a, b) =>
      codeOfAShapeServesEveryPolicyOfIt(a, y.a);
      codeOfAShapeServesEveryPolicyOfIt(b, y.b);
      rowsSplit(literals(y.a), literals(y.b));
    case Or(a, b) =>
      codeOfAShapeServesEveryPolicyOfIt(a, y.a);
      codeOfAShapeServesEveryPolicyOfIt(b, y.b);
      rowsSplit(literals(y.a), literals(y.b));
    case BinaryApp(_, a, b) =>
      codeOfAShapeServesEveryPolicyOfIt(a, y.a);
      codeOfAShapeServesEveryPolicyOfIt(b, y.b);
      rowsSplit(literals(y.a), literals(y.b));
    case UnaryApp(_, arg) => codeOfAShapeServesEveryPolicyOfIt(arg, y.arg);
    case GetAttr(expr, _) => codeOfAShapeServesEveryPolicyOfIt(expr, y.expr);
    case HasAttr(expr, _) => codeOfAShapeServesEveryPolicyOfIt(expr, y.expr);
    case Lit(_) =>
    case Var(_) =>
    case SetExpr(_) =>
    case RecordExpr(_) =>
    case Call(_, _) =>
  }

  lemma rowsSplit(first: seq<Prim>, second: seq<Prim>)
    ensures (first + second)[..|first|] == first && (first + second)[|first|..] == second
  {
  }
}
