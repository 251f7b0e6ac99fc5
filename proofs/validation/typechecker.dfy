/* Typechecker: the type of an expression under a request environment, and what its truth would show to be present.
   Spec: Cedar.Validation.Typechecker */

include "types.dfy"
include "../spec/expr.dfy"

module Typechecker {
  import opened Values
  import opened ExtFuns
  import opened Decimals
  import opened IPAddrs
  import opened Datetimes
  import opened Exprs
  import opened Types

  /* A capability says that an attribute or tag is present; only true expressions give capabilities. */
  datatype Capability = HasAttribute(x: Expr, attr: Attr) | HasTheTag(x: Expr, tag: Expr)

  type Capabilities = set<Capability>

  datatype Typing = Typed(ty: CedarType, caps: Capabilities) | IllTyped

  function method ok(ty: CedarType): Typing { Typed(ty, {}) }

  function method okBool(bty: BoolType): Typing { ok(BoolType(bty)) }

  function method constant(b: bool): Typing { okBool(if b then True else False) }

  function method typeOfLit(p: Prim, env: TypeEnv): Typing {
    match p
    case Bool(b) => constant(b)
    case Int(_) => ok(IntType)
    case String(_) => ok(StringType)
    case Entity(uid) => if isValidEntityUID(uid, env) then ok(EntityOf(uid.ty)) else IllTyped
  }

  function method typeOfVar(v: Var, env: TypeEnv): Typing {
    match v
    case Principal => ok(EntityOf(env.reqty.principal))
    case Action => ok(EntityOf(env.reqty.action.ty))
    case Resource => ok(EntityOf(env.reqty.resource))
    case Context => ok(RecordOf(env.reqty.context))
  }

  function method typeOfIf(r1: Typing, r2: Typing, r3: Typing): Typing
    requires r1.Typed?
  {
    if !r1.ty.BoolType? then IllTyped
    else match r1.ty.bty
      case True => if r2.Typed? then Typed(r2.ty, r1.caps + r2.caps) else IllTyped
      case False => r3
      case AnyBool =>
        if !r2.Typed? || !r3.Typed? then IllTyped
        else match lub(r2.ty, r3.ty)
          case Some(ty) => Typed(ty, (r1.caps + r2.caps) * r3.caps)
          case None => IllTyped
  }

  function method typeOfAnd(r1: Typing, r2: Typing): Typing
    requires r1.Typed?
  {
    if !r1.ty.BoolType? then IllTyped
    else if r1.ty.bty == False then okBool(False)
    else if !r2.Typed? || !r2.ty.BoolType? then IllTyped
    else if r2.ty.bty == False then okBool(False)
    else Typed(if r2.ty.bty == True then r1.ty else r2.ty, r1.caps + r2.caps)
  }

  function method typeOfOr(r1: Typing, r2: Typing): Typing
    requires r1.Typed?
  {
    if !r1.ty.BoolType? then IllTyped
    else if r1.ty.bty == True then okBool(True)
    else if !r2.Typed? || !r2.ty.BoolType? then IllTyped
    else if r1.ty.bty == False then r2
    else match r2.ty.bty
      case True => okBool(True)
      case False => Typed(BoolType(AnyBool), r1.caps)
      case AnyBool => Typed(BoolType(AnyBool), r1.caps * r2.caps)
  }

  function method typeOfUnaryApp(op: UnaryOp, ty: CedarType): Typing {
    match op
    case Not => if !ty.BoolType? then IllTyped else if ty.bty == AnyBool then okBool(AnyBool) else constant(ty.bty == False)
    case Neg => if ty == IntType then ok(IntType) else IllTyped
    case IsEmpty => if ty.SetOf? then okBool(AnyBool) else IllTyped
    case Like(_) => if ty == StringType then okBool(AnyBool) else IllTyped
    case Is(ety) => if ty.EntityOf? then constant(ty.ety == ety) else IllTyped
  }

  function method typeOfEq(ty1: CedarType, ty2: CedarType, x1: Expr, x2: Expr): Typing {
    if x1.Lit? && x2.Lit? then constant(x1.p == x2.p)
    else if lub(ty1, ty2).Some? then okBool(AnyBool)
    else if ty1.EntityOf? && ty2.EntityOf? then okBool(False)
    else IllTyped
  }

  predicate method isEntityLit(x: Expr) { x.Lit? && x.p.Entity? }

  predicate method isActionLit(x: Expr, env: TypeEnv) { isEntityLit(x) && x.p.uid in env.acts }

  predicate method areEntityLits(x: Expr) { x.SetExpr? && forall each :: each in x.elems ==> isEntityLit(each) }

  /* x1 in x2, an entity. */
  function method typeOfInE(ety1: EntityType, ety2: EntityType, x1: Expr, x2: Expr, env: TypeEnv): Typing {
    if isActionLit(x1, env) && isEntityLit(x2) then constant(descendantOf(x1.p.uid, x2.p.uid, env))
    else if maybeDescendantOf(ety1, ety2, env) then okBool(AnyBool) else okBool(False)
  }

  /* x1 in x2, a set of entities. */
  function method typeOfInS(ety1: EntityType, ety2: EntityType, x1: Expr, x2: Expr, env: TypeEnv): Typing {
    if isActionLit(x1, env) && areEntityLits(x2)
    then constant(exists each :: each in x2.elems && descendantOf(x1.p.uid, each.p.uid, env))
    else if maybeDescendantOf(ety1, ety2, env) then okBool(AnyBool) else okBool(False)
  }

  function method typeOfHasTag(ety: EntityType, x: Expr, tag: Expr, c: Capabilities, env: TypeEnv): Typing {
    if ety !in env.ets then if isActionType(ety, env) then okBool(False) else IllTyped
    else if tagsOf(env.ets[ety]).None? then okBool(False)
    else if HasTheTag(x, tag) in c then okBool(True)
    else Typed(BoolType(AnyBool), {HasTheTag(x, tag)})
  }

  function method typeOfGetTag(ety: EntityType, x: Expr, tag: Expr, c: Capabilities, env: TypeEnv): Typing {
    if ety !in env.ets || tagsOf(env.ets[ety]).None? || HasTheTag(x, tag) !in c then IllTyped
    else ok(tagsOf(env.ets[ety]).value)
  }

  function method ifLubThenBool(ty1: CedarType, ty2: CedarType): Typing {
    if lub(ty1, ty2).Some? then okBool(AnyBool) else IllTyped
  }

  function method typeOfBinaryApp(op: BinaryOp, ty1: CedarType, ty2: CedarType, x1: Expr, x2: Expr, c: Capabilities, env: TypeEnv): Typing {
    match op
    case Eq => typeOfEq(ty1, ty2, x1, x2)
    case Mem =>
      if ty1.EntityOf? && ty2.EntityOf? then typeOfInE(ty1.ety, ty2.ety, x1, x2, env)
      else if ty1.EntityOf? && ty2.SetOf? && ty2.element.EntityOf? then typeOfInS(ty1.ety, ty2.element.ety, x1, x2, env)
      else IllTyped
    case HasTag => if ty1.EntityOf? && ty2 == StringType then typeOfHasTag(ty1.ety, x1, x2, c, env) else IllTyped
    case GetTag => if ty1.EntityOf? && ty2 == StringType then typeOfGetTag(ty1.ety, x1, x2, c, env) else IllTyped
    case Less => if ty1 == ty2 && isOrdered(ty1) then okBool(AnyBool) else IllTyped
    case LessEq => if ty1 == ty2 && isOrdered(ty1) then okBool(AnyBool) else IllTyped
    case Add => if ty1 == IntType && ty2 == IntType then ok(IntType) else IllTyped
    case Sub => if ty1 == IntType && ty2 == IntType then ok(IntType) else IllTyped
    case Mul => if ty1 == IntType && ty2 == IntType then ok(IntType) else IllTyped
    case Contains => if ty1.SetOf? then ifLubThenBool(ty2, ty1.element) else IllTyped
    case ContainsAll => if ty1.SetOf? && ty2.SetOf? then ifLubThenBool(ty1.element, ty2.element) else IllTyped
    case ContainsAny => if ty1.SetOf? && ty2.SetOf? then ifLubThenBool(ty1.element, ty2.element) else IllTyped
  }

  predicate method isOrdered(ty: CedarType) { ty == IntType || ty == ExtOf(DatetimeType) || ty == ExtOf(DurationType) }

  /* A required attribute is certain in a record, but an entity may be missing altogether. */
  function method hasAttrInRecord(rty: RecordType, x: Expr, a: Attr, c: Capabilities, knownToExist: bool): Typing {
    if a !in rty then okBool(False)
    else if HasAttribute(x, a) in c || (rty[a].isRequired && knownToExist) then okBool(True)
    else Typed(BoolType(AnyBool), {HasAttribute(x, a)})
  }

  function method typeOfHasAttr(ty: CedarType, x: Expr, a: Attr, c: Capabilities, env: TypeEnv): Typing {
    if ty.RecordOf? then hasAttrInRecord(ty.rty, x, a, c, true)
    else if !ty.EntityOf? then IllTyped
    else if ty.ety in env.ets then hasAttrInRecord(attrsOf(env.ets[ty.ety]), x, a, c, false)
    else if isActionType(ty.ety, env) then okBool(False) else IllTyped
  }

  function method getAttrInRecord(rty: RecordType, x: Expr, a: Attr, c: Capabilities): Typing {
    if a in rty && (rty[a].isRequired || HasAttribute(x, a) in c) then ok(rty[a].ty) else IllTyped
  }

  function method typeOfGetAttr(ty: CedarType, x: Expr, a: Attr, c: Capabilities, env: TypeEnv): Typing {
    if ty.RecordOf? then getAttrInRecord(ty.rty, x, a, c)
    else if ty.EntityOf? && ty.ety in env.ets then getAttrInRecord(attrsOf(env.ets[ty.ety]), x, a, c)
    else IllTyped
  }

  function method lubAll(ty: CedarType, tys: seq<CedarType>): Option<CedarType>
    decreases |tys|
  {
    if tys == [] then Some(ty)
    else match lub(ty, tys[0])
      case None => None
      case Some(both) => lubAll(both, tys[1..])
  }

  function method typeOfSet(tys: seq<CedarType>): Typing {
    if tys == [] then IllTyped
    else match lubAll(tys[0], tys[1..])
      case None => IllTyped
      case Some(ty) => ok(SetOf(ty))
  }

  function method typeOfConstructor(parsed: bool, ty: ExtType): Typing { if parsed then ok(ExtOf(ty)) else IllTyped }

  function method typeOfCall(f: ExtFun, tys: seq<CedarType>, xs: seq<Expr>): Typing {
    var literal := if |xs| == 1 && xs[0].Lit? && xs[0].p.String? then Some(xs[0].p.s) else None;
    var decimals := tys == [ExtOf(DecimalType), ExtOf(DecimalType)];
    match f
    case DecimalFun => typeOfConstructor(literal.Some? && parseDecimal(literal.value).Some?, DecimalType)
    case IPFun => typeOfConstructor(literal.Some? && parseIP(literal.value).Some?, IPAddrType)
    case DatetimeFun => typeOfConstructor(literal.Some? && parseDatetime(literal.value).Some?, DatetimeType)
    case DurationFun => typeOfConstructor(literal.Some? && parseDuration(literal.value).Some?, DurationType)
    case LessThan => if decimals then okBool(AnyBool) else IllTyped
    case LessThanOrEqual => if decimals then okBool(AnyBool) else IllTyped
    case GreaterThan => if decimals then okBool(AnyBool) else IllTyped
    case GreaterThanOrEqual => if decimals then okBool(AnyBool) else IllTyped
    case IsIpv4 => if tys == [ExtOf(IPAddrType)] then okBool(AnyBool) else IllTyped
    case IsIpv6 => if tys == [ExtOf(IPAddrType)] then okBool(AnyBool) else IllTyped
    case IsLoopback => if tys == [ExtOf(IPAddrType)] then okBool(AnyBool) else IllTyped
    case IsMulticast => if tys == [ExtOf(IPAddrType)] then okBool(AnyBool) else IllTyped
    case IsInRange => if tys == [ExtOf(IPAddrType), ExtOf(IPAddrType)] then okBool(AnyBool) else IllTyped
    case Offset => if tys == [ExtOf(DatetimeType), ExtOf(DurationType)] then ok(ExtOf(DatetimeType)) else IllTyped
    case DurationSince => if tys == [ExtOf(DatetimeType), ExtOf(DatetimeType)] then ok(ExtOf(DurationType)) else IllTyped
    case ToDate => if tys == [ExtOf(DatetimeType)] then ok(ExtOf(DatetimeType)) else IllTyped
    case ToTime => if tys == [ExtOf(DatetimeType)] then ok(ExtOf(DurationType)) else IllTyped
    case ToMilliseconds => if tys == [ExtOf(DurationType)] then ok(IntType) else IllTyped
    case ToSeconds => if tys == [ExtOf(DurationType)] then ok(IntType) else IllTyped
    case ToMinutes => if tys == [ExtOf(DurationType)] then ok(IntType) else IllTyped
    case ToHours => if tys == [ExtOf(DurationType)] then ok(IntType) else IllTyped
    case ToDays => if tys == [ExtOf(DurationType)] then ok(IntType) else IllTyped
    case NoSuchFun => IllTyped
  }

  function method typeOf(x: Expr, c: Capabilities, env: TypeEnv): Typing
    decreases x
  {
    match x
    case Lit(p) => typeOfLit(p, env)
    case Var(v) => typeOfVar(v, env)
    case Ite(test, thenExpr, elseExpr) =>
      var r1 := typeOf(test, c, env);
      if r1.IllTyped? then IllTyped else typeOfIf(r1, typeOf(thenExpr, c + r1.caps, env), typeOf(elseExpr, c, env))
    case And(left, right) =>
      var r1 := typeOf(left, c, env);
      if r1.IllTyped? then IllTyped else typeOfAnd(r1, typeOf(right, c + r1.caps, env))
    case Or(left, right) =>
      var r1 := typeOf(left, c, env);
      if r1.IllTyped? then IllTyped else typeOfOr(r1, typeOf(right, c, env))
    case UnaryApp(op, arg) =>
      var r := typeOf(arg, c, env);
      if r.IllTyped? then IllTyped else typeOfUnaryApp(op, r.ty)
    case BinaryApp(op, left, right) =>
      var r1, r2 := typeOf(left, c, env), typeOf(right, c, env);
      if r1.IllTyped? || r2.IllTyped? then IllTyped else typeOfBinaryApp(op, r1.ty, r2.ty, left, right, c, env)
    case HasAttr(expr, attr) =>
      var r := typeOf(expr, c, env);
      if r.IllTyped? then IllTyped else typeOfHasAttr(r.ty, expr, attr, c, env)
    case GetAttr(expr, attr) =>
      var r := typeOf(expr, c, env);
      if r.IllTyped? then IllTyped else typeOfGetAttr(r.ty, expr, attr, c, env)
    case SetExpr(elems) =>
      (match typeOfSeq(elems, c, env)
        case None => IllTyped
        case Some(tys) => typeOfSet(tys))
    case RecordExpr(fields) =>
      (match typeOfFields(fields, c, env)
        case None => IllTyped
        case Some(rty) => ok(RecordOf(rty)))
    case Call(xfn, args) =>
      (match typeOfSeq(args, c, env)
        case None => IllTyped
        case Some(tys) => typeOfCall(xfn, tys, args))
  }

  function method typeOfSeq(xs: seq<Expr>, c: Capabilities, env: TypeEnv): Option<seq<CedarType>>
    decreases xs
  {
    if xs == [] then Some([]) else
    var r, rest := typeOf(xs[0], c, env), typeOfSeq(xs[1..], c, env);
    if r.Typed? && rest.Some? then Some([r.ty] + rest.value) else None
  }

  function method typeOfFields(fields: seq<(Attr, Expr)>, c: Capabilities, env: TypeEnv): Option<RecordType>
    decreases fields
  {
    if fields == [] then Some(map[]) else
    var r, rest := typeOf(fields[0].1, c, env), typeOfFields(fields[1..], c, env);
    if r.Typed? && rest.Some? then Some(rest.value[fields[0].0 := Qualified(r.ty, true)]) else None
  }
}
