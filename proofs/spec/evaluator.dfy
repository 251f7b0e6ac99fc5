/* Evaluator: what one expression means for one request.
   Spec: Cedar.Spec.Evaluator */

include "expr.dfy"
include "entities.dfy"

module Evaluator {
  import opened Values
  import opened Wildcard
  import opened ExtFuns
  import opened Exprs
  import opened EntityStore

  function method apply1(op: UnaryOp, v: Value): Result<Value> {
    match op
    case Not => if v.Bool? then Ok(Bool(!v.b)) else Err(TypeError)
    case Neg => if v.Int? then intOrErr(-v.i) else Err(TypeError)
    case IsEmpty => if v.Set? then Ok(Bool(v.elements == {})) else Err(TypeError)
    case Like(p) => if v.String? then Ok(Bool(wildcardMatch(v.s, p))) else Err(TypeError)
    case Is(ety) => if v.Entity? then Ok(Bool(v.uid.ty == ety)) else Err(TypeError)
  }

  predicate method inE(uid1: EntityUID, uid2: EntityUID, es: Entities) {
    uid1 == uid2 || uid2 in dataOrEmpty(uid1, es).ancestors
  }

  /* Every element must be an entity, even when an earlier one is an ancestor. */
  function method inS(uid: EntityUID, vs: set<Value>, es: Entities): Result<Value> {
    if forall v :: v in vs ==> v.Entity? then Ok(Bool(exists v :: v in vs && inE(uid, v.uid, es))) else Err(TypeError)
  }

  function method hasTag(uid: EntityUID, tag: Tag, es: Entities): Result<Value> {
    Ok(Bool(tag in dataOrEmpty(uid, es).tags))
  }

  function method getTag(uid: EntityUID, tag: Tag, es: Entities): Result<Value> {
    var d := data(uid, es);
    if d.Err? then Err(d.error) else if tag in d.value.tags then Ok(d.value.tags[tag]) else Err(TagDoesNotExist)
  }

  /* Instants and lengths of time compare like Longs, but with their own kind only. */
  function method compare(v1: Value, v2: Value, orEqual: bool): Result<Value> {
    if v1.Int? && v2.Int? then Ok(Bool(v1.i < v2.i || (orEqual && v1.i == v2.i)))
    else if !v1.Ext? || !v2.Ext? then Err(TypeError)
    else if v1.x.Datetime? && v2.x.Datetime? then Ok(Bool(v1.x.instant < v2.x.instant || (orEqual && v1 == v2)))
    else if v1.x.Duration? && v2.x.Duration? then Ok(Bool(v1.x.length < v2.x.length || (orEqual && v1 == v2)))
    else Err(TypeError)
  }

  function method apply2(op: BinaryOp, v1: Value, v2: Value, es: Entities): Result<Value> {
    match op
    case Eq => Ok(Bool(v1 == v2))
    case Less => compare(v1, v2, false)
    case LessEq => compare(v1, v2, true)
    case Add => if v1.Int? && v2.Int? then intOrErr(v1.i + v2.i) else Err(TypeError)
    case Sub => if v1.Int? && v2.Int? then intOrErr(v1.i - v2.i) else Err(TypeError)
    case Mul => if v1.Int? && v2.Int? then intOrErr(v1.i * v2.i) else Err(TypeError)
    case Contains => if v1.Set? then Ok(Bool(v2 in v1.elements)) else Err(TypeError)
    case ContainsAll => if v1.Set? && v2.Set? then Ok(Bool(v2.elements <= v1.elements)) else Err(TypeError)
    case ContainsAny => if v1.Set? && v2.Set? then Ok(Bool(exists v :: v in v1.elements && v in v2.elements)) else Err(TypeError)
    case Mem =>
      if v1.Entity? && v2.Entity? then Ok(Bool(inE(v1.uid, v2.uid, es)))
      else if v1.Entity? && v2.Set? then inS(v1.uid, v2.elements, es)
      else Err(TypeError)
    case HasTag => if v1.Entity? && v2.String? then hasTag(v1.uid, v2.s, es) else Err(TypeError)
    case GetTag => if v1.Entity? && v2.String? then getTag(v1.uid, v2.s, es) else Err(TypeError)
  }

  function method hasAttr(v: Value, a: Attr, es: Entities): Result<Value> {
    if v.Record? then Ok(Bool(a in v.attrs))
    else if v.Entity? then Ok(Bool(a in dataOrEmpty(v.uid, es).attrs))
    else Err(TypeError)
  }

  function method getAttr(v: Value, a: Attr, es: Entities): Result<Value> {
    if v.Record? then if a in v.attrs then Ok(v.attrs[a]) else Err(AttrDoesNotExist)
    else if !v.Entity? then Err(TypeError)
    else if v.uid !in es then Err(EntityDoesNotExist)
    else if a in es[v.uid].attrs then Ok(es[v.uid].attrs[a])
    else Err(AttrDoesNotExist)
  }

  function method evaluateVar(v: Var, req: Request): Value {
    match v
    case Principal => Entity(req.principal)
    case Action => Entity(req.action)
    case Resource => Entity(req.resource)
    case Context => Record(req.context)
  }

  function method evaluate(x: Expr, req: Request, es: Entities): Result<Value>
    decreases x, 0
  {
    match x
    case Lit(p) => Ok(p)
    case Var(v) => Ok(evaluateVar(v, req))
    case Ite(test, thenExpr, elseExpr) =>
      var b := asBool(evaluate(test, req, es));
      if b.Err? then Err(b.error) else if b.value then evaluate(thenExpr, req, es) else evaluate(elseExpr, req, es)
    case And(left, right) =>
      var b := asBool(evaluate(left, req, es));
      if b.Err? then Err(b.error) else if !b.value then Ok(Bool(false)) else evaluateBool(right, req, es)
    case Or(left, right) =>
      var b := asBool(evaluate(left, req, es));
      if b.Err? then Err(b.error) else if b.value then Ok(Bool(true)) else evaluateBool(right, req, es)
    case UnaryApp(op, arg) =>
      var v := evaluate(arg, req, es);
      if v.Err? then v else apply1(op, v.value)
    case BinaryApp(op, left, right) =>
      var v1 := evaluate(left, req, es);
      if v1.Err? then v1 else
      var v2 := evaluate(right, req, es);
      if v2.Err? then v2 else apply2(op, v1.value, v2.value, es)
    case HasAttr(expr, attr) =>
      var v := evaluate(expr, req, es);
      if v.Err? then v else hasAttr(v.value, attr, es)
    case GetAttr(expr, attr) =>
      var v := evaluate(expr, req, es);
      if v.Err? then v else getAttr(v.value, attr, es)
    case SetExpr(elems) =>
      var vs := evaluateSeq(elems, req, es);
      if vs.Err? then Err(vs.error) else Ok(Set(set v | v in vs.value))
    case RecordExpr(fields) =>
      var avs := evaluateFields(fields, req, es);
      if avs.Err? then Err(avs.error) else Ok(Record(avs.value))
    case Call(xfn, args) =>
      var vs := evaluateSeq(args, req, es);
      if vs.Err? then Err(vs.error) else call(xfn, vs.value)
  }

  function method evaluateBool(x: Expr, req: Request, es: Entities): Result<Value>
    decreases x, 1
  {
    var b := asBool(evaluate(x, req, es));
    if b.Err? then Err(b.error) else Ok(Bool(b.value))
  }

  /* From left to right; the first error ends it. */
  function method evaluateSeq(xs: seq<Expr>, req: Request, es: Entities): Result<seq<Value>>
    decreases xs
  {
    if xs == [] then Ok([]) else
    var v := evaluate(xs[0], req, es);
    if v.Err? then Err(v.error) else
    var vs := evaluateSeq(xs[1..], req, es);
    if vs.Err? then vs else Ok([v.value] + vs.value)
  }

  function method evaluateFields(fields: seq<(Attr, Expr)>, req: Request, es: Entities): Result<map<Attr, Value>>
    decreases fields
  {
    if fields == [] then Ok(map[]) else
    var v := evaluate(fields[0].1, req, es);
    if v.Err? then Err(v.error) else
    var avs := evaluateFields(fields[1..], req, es);
    if avs.Err? then avs else Ok(avs.value[fields[0].0 := v.value])
  }
}
