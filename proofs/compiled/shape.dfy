/* Shape: an expression without its literals. Policies of one shape share one function; their literals are rows of a table.
   Twin: codegen/slice/shape.ts */

include "../spec/expr.dfy"

module Shape {
  import opened Values
  import opened Exprs

  /* A literal that is lifted out. Bools stay, and so do literals inside sets, records and calls, which remain constants. */
  predicate isLifted(x: Expr) { x.Lit? && !x.p.Bool? }

  /* The lifted literals, in the order of the text. */
  function literals(x: Expr): seq<Prim> {
    match x
    case Lit(p) => if isLifted(x) then [p] else []
    case Ite(test, a, b) => literals(test) + literals(a) + literals(b)
    case And(a, b) => literals(a) + literals(b)
    case Or(a, b) => literals(a) + literals(b)
    case BinaryApp(_, a, b) => literals(a) + literals(b)
    case UnaryApp(_, arg) => literals(arg)
    case GetAttr(expr, _) => literals(expr)
    case HasAttr(expr, _) => literals(expr)
    case Var(_) => []
    case SetExpr(_) => []
    case RecordExpr(_) => []
    case Call(_, _) => []
  }

  /* What is left: holes that know what kind of literal stands in them. */
  function shapeOf(x: Expr): Expr {
    match x
    case Lit(p) => if isLifted(x) then Lit(blank(p)) else x
    case Ite(test, a, b) => Ite(shapeOf(test), shapeOf(a), shapeOf(b))
    case And(a, b) => And(shapeOf(a), shapeOf(b))
    case Or(a, b) => Or(shapeOf(a), shapeOf(b))
    case BinaryApp(op, a, b) => BinaryApp(op, shapeOf(a), shapeOf(b))
    case UnaryApp(op, arg) => UnaryApp(op, shapeOf(arg))
    case GetAttr(expr, attr) => GetAttr(shapeOf(expr), attr)
    case HasAttr(expr, attr) => HasAttr(shapeOf(expr), attr)
    case Var(_) => x
    case SetExpr(_) => x
    case RecordExpr(_) => x
    case Call(_, _) => x
  }

  function blank(p: Prim): Prim {
    match p
    case Bool(_) => p
    case Int(_) => Int(0)
    case String(_) => String("")
    case Entity(_) => Entity(EntityUID("", ""))
  }

  /* The shared function, run on a row: the shape with the row's literals in its holes. */
  function fill(x: Expr, row: seq<Prim>): Expr
    requires |row| == |literals(x)|
  {
    match x
    case Lit(_) => if isLifted(x) then Lit(row[0]) else x
    case Ite(test, a, b) =>
      var first, second := |literals(test)|, |literals(test)| + |literals(a)|;
      Ite(fill(test, row[..first]), fill(a, row[first..second]), fill(b, row[second..]))
    case And(a, b) => And(fill(a, row[..|literals(a)|]), fill(b, row[|literals(a)|..]))
    case Or(a, b) => Or(fill(a, row[..|literals(a)|]), fill(b, row[|literals(a)|..]))
    case BinaryApp(op, a, b) => BinaryApp(op, fill(a, row[..|literals(a)|]), fill(b, row[|literals(a)|..]))
    case UnaryApp(op, arg) => UnaryApp(op, fill(arg, row))
    case GetAttr(expr, attr) => GetAttr(fill(expr, row), attr)
    case HasAttr(expr, attr) => HasAttr(fill(expr, row), attr)
    case Var(_) => x
    case SetExpr(_) => x
    case RecordExpr(_) => x
    case Call(_, _) => x
  }
}
