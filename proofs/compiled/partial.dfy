/* Partial evaluation: what is left of an expression where ids, the context and data of entities may be unknown.
   Spec: Cedar.TPE.Residual, Cedar.TPE.Input, Cedar.TPE.Evaluator, Cedar.TPE.Authorizer;  code: src/partial/evaluate.ts, src/partial/authorize.ts
   Not modelled: what SDK 4.14 folds by the types of a schema (`has`, `hasTag`, `in`, `==`), and that `e has a.b` is one node. */

include "../spec/authorizer.dfy"

module Partial {
  import opened Values
  import opened ExtFuns
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Policies
  import opened Authorizer

  datatype Residual =
    | Val(value: Value)
    | Free(v: Var)
    | RIte(test: Residual, thenR: Residual, elseR: Residual)
    | RAnd(a: Residual, b: Residual)
    | ROr(a: Residual, b: Residual)
    | RUnary(op1: UnaryOp, arg: Residual)
    | RBinary(op2: BinaryOp, a: Residual, b: Residual)
    | RGetAttr(expr: Residual, attr: Attr)
    | RHasAttr(expr: Residual, attr: Attr)
    | RSet(elems: seq<Residual>)
    | RRecord(fields: seq<(Attr, Residual)>)
    | RCall(xfn: ExtFun, args: seq<Residual>)
    | Errs

  /* What a residual means for a whole request. */
  function method evaluateR(r: Residual, req: Request, es: Entities): Result<Value>
    decreases r, 0
  {
    match r
    case Val(value) => Ok(value)
    case Free(v) => Ok(evaluateVar(v, req))
    case RIte(test, thenR, elseR) =>
      var b := asBool(evaluateR(test, req, es));
      if b.Err? then Err(b.error) else if b.value then evaluateR(thenR, req, es) else evaluateR(elseR, req, es)
    case RAnd(left, right) =>
      var b := asBool(evaluateR(left, req, es));
      if b.Err? then Err(b.error) else if !b.value then Ok(Bool(false)) else evaluateBoolR(right, req, es)
    case ROr(left, right) =>
      var b := asBool(evaluateR(left, req, es));
      if b.Err? then Err(b.error) else if b.value then Ok(Bool(true)) else evaluateBoolR(right, req, es)
    case RUnary(op, arg) =>
      var v := evaluateR(arg, req, es);
      if v.Err? then v else apply1(op, v.value)
    case RBinary(op, left, right) =>
      var v1 := evaluateR(left, req, es);
      if v1.Err? then v1 else
      var v2 := evaluateR(right, req, es);
      if v2.Err? then v2 else apply2(op, v1.value, v2.value, es)
    case RHasAttr(expr, attr) =>
      var v := evaluateR(expr, req, es);
      if v.Err? then v else hasAttr(v.value, attr, es)
    case RGetAttr(expr, attr) =>
      var v := evaluateR(expr, req, es);
      if v.Err? then v else getAttr(v.value, attr, es)
    case RSet(elems) =>
      var vs := evaluateSeqR(elems, req, es);
      if vs.Err? then Err(vs.error) else Ok(Set(set v | v in vs.value))
    case RRecord(fields) =>
      var avs := evaluateFieldsR(fields, req, es);
      if avs.Err? then Err(avs.error) else Ok(Record(avs.value))
    case RCall(xfn, args) =>
      var vs := evaluateSeqR(args, req, es);
      if vs.Err? then Err(vs.error) else call(xfn, vs.value)
    case Errs => Err(ExtensionError)
  }

  function method evaluateBoolR(r: Residual, req: Request, es: Entities): Result<Value>
    decreases r, 1
  {
    var b := asBool(evaluateR(r, req, es));
    if b.Err? then Err(b.error) else Ok(Bool(b.value))
  }

  function method evaluateSeqR(rs: seq<Residual>, req: Request, es: Entities): Result<seq<Value>>
    decreases rs
  {
    if rs == [] then Ok([]) else
    var v := evaluateR(rs[0], req, es);
    if v.Err? then Err(v.error) else
    var vs := evaluateSeqR(rs[1..], req, es);
    if vs.Err? then vs else Ok([v.value] + vs.value)
  }

  function method evaluateFieldsR(fields: seq<(Attr, Residual)>, req: Request, es: Entities): Result<map<Attr, Value>>
    decreases fields
  {
    if fields == [] then Ok(map[]) else
    var v := evaluateR(fields[0].1, req, es);
    if v.Err? then Err(v.error) else
    var avs := evaluateFieldsR(fields[1..], req, es);
    if avs.Err? then avs else Ok(avs.value[fields[0].0 := v.value])
  }

  datatype PartialUID = PartialUID(ty: EntityType, eid: Option<string>)

  datatype PartialRequest = PartialRequest(
    principal: PartialUID, action: EntityUID, resource: PartialUID, context: Option<map<Attr, Value>>)

  /* Each part is known as a whole or not at all. A missing entity is one without attributes, ancestors and tags. */
  datatype PartialData = PartialData(
    attrs: Option<map<Attr, Value>>, ancestors: Option<set<EntityUID>>, tags: Option<map<Tag, Value>>)

  type PartialEntities = map<EntityUID, PartialData>

  predicate uidCompletes(uid: EntityUID, known: PartialUID) {
    uid.ty == known.ty && (known.eid.Some? ==> uid.eid == known.eid.value)
  }

  predicate requestCompletes(req: Request, known: PartialRequest) {
    uidCompletes(req.principal, known.principal) && req.action == known.action &&
    uidCompletes(req.resource, known.resource) && (known.context.Some? ==> req.context == known.context.value)
  }

  predicate entitiesComplete(es: Entities, known: PartialEntities) {
    forall uid :: uid in known ==>
      var d := dataOrEmpty(uid, es);
      (known[uid].attrs.Some? ==> d.attrs == known[uid].attrs.value) &&
      (known[uid].ancestors.Some? ==> d.ancestors == known[uid].ancestors.value) &&
      (known[uid].tags.Some? ==> d.tags == known[uid].tags.value)
  }

  function method dataOf(uid: EntityUID, es: PartialEntities): PartialData {
    if uid in es then es[uid] else PartialData(None, None, None)
  }

  predicate method fallible1(op: UnaryOp) { op.Neg? }

  predicate method fallible2(op: BinaryOp) { op.Add? || op.Sub? || op.Mul? || op.GetTag? }

  /* Whether nothing but a type error can happen in it. */
  predicate method errorFree(r: Residual)
    decreases r
  {
    match r
    case Val(_) => true
    case Free(_) => true
    case RIte(test, thenR, elseR) => errorFree(test) && errorFree(thenR) && errorFree(elseR)
    case RAnd(left, right) => errorFree(left) && errorFree(right)
    case ROr(left, right) => errorFree(left) && errorFree(right)
    case RUnary(op, arg) => !fallible1(op) && errorFree(arg)
    case RBinary(op, left, right) => !fallible2(op) && errorFree(left) && errorFree(right)
    case RHasAttr(expr, _) => errorFree(expr)
    case RGetAttr(_, _) => false
    case RSet(elems) => errorFreeSeq(elems)
    case RRecord(fields) => errorFreeFields(fields)
    case RCall(_, _) => false
    case Errs => false
  }

  predicate method errorFreeSeq(rs: seq<Residual>)
    decreases rs
  {
    rs == [] || (errorFree(rs[0]) && errorFreeSeq(rs[1..]))
  }

  predicate method errorFreeFields(fields: seq<(Attr, Residual)>)
    decreases fields
  {
    fields == [] || (errorFree(fields[0].1) && errorFreeFields(fields[1..]))
  }

  function method valOrErrs(r: Result<Value>): Residual { if r.Ok? then Val(r.value) else Errs }

  function method partialUid(v: Var, uid: PartialUID): Residual {
    if uid.eid.Some? then Val(Entity(EntityUID(uid.ty, uid.eid.value))) else Free(v)
  }

  function method varP(v: Var, req: PartialRequest): Residual {
    match v
    case Principal => partialUid(v, req.principal)
    case Action => Val(Entity(req.action))
    case Resource => partialUid(v, req.resource)
    case Context => if req.context.Some? then Val(Record(req.context.value)) else Free(v)
  }

  function method iteP(test: Residual, thenR: Residual, elseR: Residual): Residual {
    if test.Val? then if !test.value.Bool? then Errs else if test.value.b then thenR else elseR
    else if test.Errs? then Errs
    else RIte(test, thenR, elseR)
  }

  function method andP(l: Residual, r: Residual): Residual {
    if l.Val? then if !l.value.Bool? then Errs else if l.value.b then r else Val(Bool(false))
    else if l.Errs? then Errs
    else if r == Val(Bool(true)) then l
    else if r == Val(Bool(false)) && errorFree(l) then Val(Bool(false))
    else RAnd(l, r)
  }

  function method orP(l: Residual, r: Residual): Residual {
    if l.Val? then if !l.value.Bool? then Errs else if l.value.b then Val(Bool(true)) else r
    else if l.Errs? then Errs
    else if r == Val(Bool(false)) then l
    else if r == Val(Bool(true)) && errorFree(l) then Val(Bool(true))
    else ROr(l, r)
  }

  function method unaryP(op: UnaryOp, r: Residual, req: PartialRequest): Residual {
    if r.Errs? then Errs
    else if r.Val? then valOrErrs(apply1(op, r.value))
    else if op.Is? && r == Free(Principal) then Val(Bool(req.principal.ty == op.ety))
    else if op.Is? && r == Free(Resource) then Val(Bool(req.resource.ty == op.ety))
    else RUnary(op, r)
  }

  function method memP(uid: EntityUID, groups: set<Value>, es: PartialEntities): Option<bool> {
    if Entity(uid) in groups then Some(true)
    else if groups == {} then Some(false)
    else
      var ancestors := dataOf(uid, es).ancestors;
      if ancestors.None? then None else Some(exists v :: v in groups && v.Entity? && v.uid in ancestors.value)
  }

  function method binaryValueP(op: BinaryOp, v1: Value, v2: Value, es: PartialEntities): Residual {
    var kept := RBinary(op, Val(v1), Val(v2));
    if op.Mem? then
      if !v1.Entity? then Errs
      else if v2.Entity? then
        var answer := memP(v1.uid, {v2}, es);
        if answer.None? then kept else Val(Bool(answer.value))
      else if v2.Set? && forall v :: v in v2.elements ==> v.Entity? then
        var answer := memP(v1.uid, v2.elements, es);
        if answer.None? then kept else Val(Bool(answer.value))
      else Errs
    else if op.HasTag? || op.GetTag? then
      if !v1.Entity? || !v2.String? then Errs
      else
        var tags := dataOf(v1.uid, es).tags;
        if tags.None? then kept
        else if op.HasTag? then Val(Bool(v2.s in tags.value))
        else if v2.s in tags.value then Val(tags.value[v2.s]) else Errs
    else valOrErrs(apply2(op, v1, v2, map[]))
  }

  function method binaryP(op: BinaryOp, l: Residual, r: Residual, es: PartialEntities): Residual {
    if l.Errs? || r.Errs? then Errs
    else if l.Val? && r.Val? then binaryValueP(op, l.value, r.value, es)
    else RBinary(op, l, r)
  }

  function method hasAttrP(r: Residual, a: Attr, es: PartialEntities): Residual {
    if r.Errs? then Errs
    else if !r.Val? then RHasAttr(r, a)
    else if r.value.Record? then Val(Bool(a in r.value.attrs))
    else if !r.value.Entity? then Errs
    else
      var attrs := dataOf(r.value.uid, es).attrs;
      if attrs.None? then RHasAttr(r, a) else Val(Bool(a in attrs.value))
  }

  function method getAttrP(r: Residual, a: Attr, es: PartialEntities): Residual {
    if r.Errs? then Errs
    else if !r.Val? then RGetAttr(r, a)
    else if r.value.Record? then if a in r.value.attrs then Val(r.value.attrs[a]) else Errs
    else if !r.value.Entity? then Errs
    else
      var attrs := dataOf(r.value.uid, es).attrs;
      if attrs.None? then RGetAttr(r, a) else if a in attrs.value then Val(attrs.value[a]) else Errs
  }

  predicate method allVals(rs: seq<Residual>) { forall i :: 0 <= i < |rs| ==> rs[i].Val? }

  predicate method anyErrs(rs: seq<Residual>) { exists i :: 0 <= i < |rs| && rs[i].Errs? }

  function method valuesOf(rs: seq<Residual>): seq<Value>
    requires allVals(rs)
  {
    if rs == [] then [] else [rs[0].value] + valuesOf(rs[1..])
  }

  predicate method allFieldVals(fields: seq<(Attr, Residual)>) { forall i :: 0 <= i < |fields| ==> fields[i].1.Val? }

  predicate method anyFieldErrs(fields: seq<(Attr, Residual)>) { exists i :: 0 <= i < |fields| && fields[i].1.Errs? }

  function method fieldValuesOf(fields: seq<(Attr, Residual)>): map<Attr, Value>
    requires allFieldVals(fields)
  {
    if fields == [] then map[] else fieldValuesOf(fields[1..])[fields[0].0 := fields[0].1.value]
  }

  function method setP(rs: seq<Residual>): Residual {
    if allVals(rs) then (var vs := valuesOf(rs); Val(Set(set v | v in vs))) else if anyErrs(rs) then Errs else RSet(rs)
  }

  function method recordP(fields: seq<(Attr, Residual)>): Residual {
    if allFieldVals(fields) then Val(Record(fieldValuesOf(fields)))
    else if anyFieldErrs(fields) then Errs
    else RRecord(fields)
  }

  function method callP(xfn: ExtFun, rs: seq<Residual>): Residual {
    if allVals(rs) then valOrErrs(call(xfn, valuesOf(rs))) else if anyErrs(rs) then Errs else RCall(xfn, rs)
  }

  function method partially(x: Expr, req: PartialRequest, es: PartialEntities): Residual
    decreases x, 0
  {
    match x
    case Lit(p) => Val(p)
    case Var(v) => varP(v, req)
    case Ite(test, a, b) => iteP(partially(test, req, es), partially(a, req, es), partially(b, req, es))
    case And(a, b) => andP(partially(a, req, es), partially(b, req, es))
    case Or(a, b) => orP(partially(a, req, es), partially(b, req, es))
    case UnaryApp(op, arg) => unaryP(op, partially(arg, req, es), req)
    case BinaryApp(op, a, b) => binaryP(op, partially(a, req, es), partially(b, req, es), es)
    case HasAttr(expr, attr) => hasAttrP(partially(expr, req, es), attr, es)
    case GetAttr(expr, attr) => getAttrP(partially(expr, req, es), attr, es)
    case SetExpr(elems) => setP(partiallySeq(elems, req, es))
    case RecordExpr(fields) => recordP(partiallyFields(fields, req, es))
    case Call(xfn, args) => callP(xfn, partiallySeq(args, req, es))
  }

  function method partiallySeq(xs: seq<Expr>, req: PartialRequest, es: PartialEntities): seq<Residual>
    decreases xs
  {
    if xs == [] then [] else [partially(xs[0], req, es)] + partiallySeq(xs[1..], req, es)
  }

  function method partiallyFields(fields: seq<(Attr, Expr)>, req: PartialRequest, es: PartialEntities): seq<(Attr, Residual)>
    decreases fields
  {
    if fields == [] then [] else [(fields[0].0, partially(fields[0].1, req, es))] + partiallyFields(fields[1..], req, es)
  }

  function method residualOf(p: Policy, req: PartialRequest, es: PartialEntities): Residual {
    partially(policyToExpr(p), req, es)
  }

  predicate method mayHold(r: Residual) { !r.Errs? && r != Val(Bool(false)) }

  predicate someHolds(effect: Effect, ps: seq<Policy>, req: PartialRequest, es: PartialEntities) {
    exists p :: p in ps && p.effect == effect && residualOf(p, req, es) == Val(Bool(true))
  }

  predicate someMayHold(effect: Effect, ps: seq<Policy>, req: PartialRequest, es: PartialEntities) {
    exists p :: p in ps && p.effect == effect && mayHold(residualOf(p, req, es))
  }

  /* None: completions may differ. */
  function partialDecision(ps: seq<Policy>, req: PartialRequest, es: PartialEntities): Option<Decision> {
    if someHolds(Forbid, ps, req, es) then Some(Deny)
    else if !someMayHold(Permit, ps, req, es) then Some(Deny)
    else if someMayHold(Forbid, ps, req, es) then None
    else if someHolds(Permit, ps, req, es) then Some(Allow)
    else None
  }

  /* What the residuals say of a whole request. */
  function method resultR(p: Policy, known: PartialRequest, data: PartialEntities, req: Request, es: Entities): Result<Value> {
    evaluateR(residualOf(p, known, data), req, es)
  }

  function method satisfiedR(
    effect: Effect, ps: seq<Policy>, known: PartialRequest, data: PartialEntities, req: Request, es: Entities): set<PolicyID>
  {
    set p | p in ps && p.effect == effect && resultR(p, known, data, req, es) == Ok(Bool(true)) :: p.id
  }

  function method erringR(ps: seq<Policy>, known: PartialRequest, data: PartialEntities, req: Request, es: Entities): set<PolicyID> {
    set p | p in ps && resultR(p, known, data, req, es).Err? :: p.id
  }

  datatype Verdict = Verdict(decision: Decision, determiningPolicies: set<PolicyID>, erring: set<PolicyID>)

  function method reauthorize(ps: seq<Policy>, known: PartialRequest, data: PartialEntities, req: Request, es: Entities): Verdict {
    var forbids := satisfiedR(Forbid, ps, known, data, req, es);
    var permits := satisfiedR(Permit, ps, known, data, req, es);
    var erring := erringR(ps, known, data, req, es);
    if forbids == {} && permits != {} then Verdict(Allow, permits, erring) else Verdict(Deny, forbids, erring)
  }
}
