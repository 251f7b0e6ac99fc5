/* Trusted: evaluation without type checks. What an operation does to operands that it is not made for is anything at all: `junk`.
   Twin: codegen/emit/policy.ts, for policies that were validated and data that conform */

include "../spec/evaluator.dfy"

module Trusted {
  import opened Values
  import opened ExtFuns
  import opened Exprs
  import opened EntityStore
  import opened Evaluator

  function unchecked(r: Result<Value>, junk: Result<Value>): Result<Value> { if r == Err(TypeError) then junk else r }

  function evaluateTrusted(x: Expr, req: Request, es: Entities, junk: Result<Value>): Result<Value>
    decreases x
  {
    match x
    case Lit(p) => Ok(p)
    case Var(v) => Ok(evaluateVar(v, req))
    case Ite(test, thenExpr, elseExpr) =>
      var b := evaluateTrusted(test, req, es, junk);
      if b.Err? then b else if !b.value.Bool? then junk
      else if b.value.b then evaluateTrusted(thenExpr, req, es, junk) else evaluateTrusted(elseExpr, req, es, junk)
    case And(left, right) =>
      var b := evaluateTrusted(left, req, es, junk);
      if b.Err? then b else if !b.value.Bool? then junk else if !b.value.b then b else evaluateTrusted(right, req, es, junk)
    case Or(left, right) =>
      var b := evaluateTrusted(left, req, es, junk);
      if b.Err? then b else if !b.value.Bool? then junk else if b.value.b then b else evaluateTrusted(right, req, es, junk)
    case UnaryApp(op, arg) =>
      var v := evaluateTrusted(arg, req, es, junk);
      if v.Err? then v else unchecked(apply1(op, v.value), junk)
    case BinaryApp(op, left, right) =>
      var v1 := evaluateTrusted(left, req, es, junk);
      if v1.Err? then v1 else
      var v2 := evaluateTrusted(right, req, es, junk);
      if v2.Err? then v2 else unchecked(apply2(op, v1.value, v2.value, es), junk)
    case HasAttr(expr, attr) =>
      var v := evaluateTrusted(expr, req, es, junk);
      if v.Err? then v else unchecked(hasAttr(v.value, attr, es), junk)
    case GetAttr(expr, attr) =>
      var v := evaluateTrusted(expr, req, es, junk);
      if v.Err? then v else unchecked(getAttr(v.value, attr, es), junk)
    case SetExpr(elems) =>
      var vs := evaluateTrustedSeq(elems, req, es, junk);
      if vs.Err? then Err(vs.error) else Ok(Set(set v | v in vs.value))
    case RecordExpr(fields) =>
      var avs := evaluateTrustedFields(fields, req, es, junk);
      if avs.Err? then Err(avs.error) else Ok(Record(avs.value))
    case Call(xfn, args) =>
      var vs := evaluateTrustedSeq(args, req, es, junk);
      if vs.Err? then Err(vs.error) else unchecked(call(xfn, vs.value), junk)
  }

  function evaluateTrustedSeq(xs: seq<Expr>, req: Request, es: Entities, junk: Result<Value>): Result<seq<Value>>
    decreases xs
  {
    if xs == [] then Ok([]) else
    var v := evaluateTrusted(xs[0], req, es, junk);
    if v.Err? then Err(v.error) else
    var vs := evaluateTrustedSeq(xs[1..], req, es, junk);
    if vs.Err? then vs else Ok([v.value] + vs.value)
  }

  function evaluateTrustedFields(fields: seq<(Attr, Expr)>, req: Request, es: Entities, junk: Result<Value>):
    Result<map<Attr, Value>>
    decreases fields
  {
    if fields == [] then Ok(map[]) else
    var v := evaluateTrusted(fields[0].1, req, es, junk);
    if v.Err? then Err(v.error) else
    var avs := evaluateTrustedFields(fields[1..], req, es, junk);
    if avs.Err? then avs else Ok(avs.value[fields[0].0 := v.value])
  }
}
