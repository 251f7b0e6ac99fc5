/* Lowering: what the compiled program takes for granted of the core tree before any fold.
   Twins: codegen/lower, codegen/ir/kind.ts */

include "../spec/evaluator.dfy"

module Lower {
  import opened Values
  import opened ExtFuns
  import opened Exprs
  import opened EntityStore
  import opened Evaluator

  /* What is known of a value without running anything. */
  datatype Kind = BoolKind | LongKind | StringKind | EntityKind | SetKind | RecordKind | ExtKind | AnyKind

  function valueKind(v: Value): Kind {
    match v
    case Bool(_) => BoolKind
    case Int(_) => LongKind
    case String(_) => StringKind
    case Entity(_) => EntityKind
    case Set(_) => SetKind
    case Record(_) => RecordKind
    case Ext(_) => ExtKind
  }

  function kindOf(x: Expr): Kind {
    match x
    case Lit(p) => valueKind(p)
    case Var(v) => if v == Context then RecordKind else EntityKind
    case Ite(_, a, b) => if kindOf(a) == kindOf(b) then kindOf(a) else AnyKind
    case And(_, _) => BoolKind
    case Or(_, _) => BoolKind
    case UnaryApp(op, _) => if op == Neg then LongKind else BoolKind
    case BinaryApp(op, _, _) => if op in {Add, Sub, Mul} then LongKind else if op == GetTag then AnyKind else BoolKind
    case GetAttr(_, _) => AnyKind
    case HasAttr(_, _) => BoolKind
    case SetExpr(_) => SetKind
    case RecordExpr(_) => RecordKind
    case Call(f, _) =>
      if f in {DecimalFun, IPFun, DatetimeFun, DurationFun, Offset, DurationSince, ToDate, ToTime} then ExtKind
      else if f in {ToMilliseconds, ToSeconds, ToMinutes, ToHours, ToDays} then LongKind
      else BoolKind
  }

  /* The operands of a chain of `&&`, left to right, and what running them in order gives. */
  function conjuncts(x: Expr): seq<Expr> { if x.And? then conjuncts(x.a) + [x.b] else [x] }

  function disjuncts(x: Expr): seq<Expr> { if x.Or? then disjuncts(x.a) + [x.b] else [x] }

  /* Stops at the first operand that is `decisive`. */
  function runChain(xs: seq<Expr>, decisive: bool, req: Request, es: Entities): Result<Value>
    decreases |xs|
  {
    if xs == [] then Ok(Bool(!decisive)) else
    var b := asBool(evaluate(xs[0], req, es));
    if b.Err? then Err(b.error) else if b.value == decisive then Ok(Bool(decisive)) else runChain(xs[1..], decisive, req, es)
  }
}
