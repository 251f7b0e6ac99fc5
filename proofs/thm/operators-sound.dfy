/* Each operator keeps what the validator promises: the steps of the soundness proof. */

include "../spec/evaluator.dfy"
include "lub.dfy"

module SoundnessBasics {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Types
  import opened Typechecker

  /* The three errors that depend on data no type tells: a missing entity, an overflow, an extension function's failure. */
  predicate isAllowed(error: Error) { error.EntityDoesNotExist? || error.ArithBoundsError? || error.ExtensionError? }

  predicate isSound(r: Result<Value>, ty: CedarType, env: TypeEnv) {
    if r.Err? then isAllowed(r.error) else instanceOfType(r.value, ty, env)
  }

  predicate evaluatesTo(x: Expr, ty: CedarType, env: TypeEnv, req: Request, es: Entities) {
    isSound(evaluate(x, req, es), ty, env)
  }

  predicate allEvaluateTo(xs: seq<Expr>, tys: seq<CedarType>, env: TypeEnv, req: Request, es: Entities) {
    var vs := evaluateSeq(xs, req, es);
    if vs.Err? then isAllowed(vs.error)
    else |vs.value| == |tys| && forall i :: 0 <= i < |tys| ==> instanceOfType(vs.value[i], tys[i], env)
  }

  predicate conforms(req: Request, es: Entities, env: TypeEnv) {
    wellFormed(env) && requestConforms(req, env) && entitiesConform(es, env)
  }

  predicate holds(cap: Capability, req: Request, es: Entities) {
    var r := evaluate(if cap.HasAttribute? then HasAttr(cap.x, cap.attr) else BinaryApp(HasTag, cap.x, cap.tag), req, es);
    r.Ok? ==> r.value == Bool(true)
  }

  predicate capabilitiesHold(c: Capabilities, req: Request, es: Entities) { forall cap :: cap in c ==> holds(cap, req, es) }
}

module OperatorsAreSound {
  import opened Values
  import opened ExtFuns
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Types
  import opened Typechecker
  import opened LubTheorems
  import opened SoundnessBasics

  lemma unaryAppIsSound(op: UnaryOp, arg: Expr, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires typeOf(UnaryApp(op, arg), c, env).Typed?
    requires evaluatesTo(arg, typeOf(arg, c, env).ty, env, req, es)
    ensures evaluatesTo(UnaryApp(op, arg), typeOf(UnaryApp(op, arg), c, env).ty, env, req, es)
    ensures typeOf(UnaryApp(op, arg), c, env).caps == {}
  {
  }

  lemma hasAttrIsSound(x: Expr, a: Attr, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires conforms(req, es, env) && capabilitiesHold(c, req, es)
    requires typeOf(HasAttr(x, a), c, env).Typed?
    requires evaluatesTo(x, typeOf(x, c, env).ty, env, req, es)
    ensures evaluatesTo(HasAttr(x, a), typeOf(HasAttr(x, a), c, env).ty, env, req, es)
    ensures evaluate(HasAttr(x, a), req, es) == Ok(Bool(true)) ==> capabilitiesHold(typeOf(HasAttr(x, a), c, env).caps, req, es)
  {
    assert HasAttribute(x, a) in c ==> holds(HasAttribute(x, a), req, es);
  }

  lemma getAttrIsSound(x: Expr, a: Attr, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires conforms(req, es, env) && capabilitiesHold(c, req, es)
    requires typeOf(GetAttr(x, a), c, env).Typed?
    requires evaluatesTo(x, typeOf(x, c, env).ty, env, req, es)
    ensures evaluatesTo(GetAttr(x, a), typeOf(GetAttr(x, a), c, env).ty, env, req, es)
    ensures typeOf(GetAttr(x, a), c, env).caps == {}
  {
    assert HasAttribute(x, a) in c ==> holds(HasAttribute(x, a), req, es);
  }

  lemma setIsSound(xs: seq<Expr>, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires typeOf(SetExpr(xs), c, env).Typed?
    requires allEvaluateTo(xs, typeOfSeq(xs, c, env).value, env, req, es)
    ensures evaluatesTo(SetExpr(xs), typeOf(SetExpr(xs), c, env).ty, env, req, es)
    ensures typeOf(SetExpr(xs), c, env).caps == {}
  {
    var vs, tys := evaluateSeq(xs, req, es), typeOfSeq(xs, c, env).value;
    if vs.Ok? {
      var element := lubAll(tys[0], tys[1..]).value;
      forall v | v in vs.value ensures instanceOfType(v, element, env) {
        var i :| 0 <= i < |vs.value| && vs.value[i] == v;
        assert i > 0 ==> tys[i] in tys[1..];
        lubAllHoldsTheValuesOfEach(v, tys[0], tys[1..], env);
      }
    }
  }

  lemma callIsSound(f: ExtFun, xs: seq<Expr>, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires typeOf(Call(f, xs), c, env).Typed?
    requires allEvaluateTo(xs, typeOfSeq(xs, c, env).value, env, req, es)
    ensures evaluatesTo(Call(f, xs), typeOf(Call(f, xs), c, env).ty, env, req, es)
    ensures typeOf(Call(f, xs), c, env).caps == {}
  {
    var vs, tys := evaluateSeq(xs, req, es), typeOfSeq(xs, c, env).value;
    if vs.Ok? {
      assert evaluate(Call(f, xs), req, es) == call(f, vs.value);
      if |xs| == 1 && xs[0].Lit? {
        assert evaluate(xs[0], req, es) == Ok(xs[0].p);
        assert xs[1..] == [] && evaluateSeq(xs[1..], req, es) == Ok([]);
        assert vs.value == [xs[0].p];
      }
      argumentsHaveTheirTypes(vs.value, tys, env);
    }
  }

  lemma argumentsHaveTheirTypes(vs: seq<Value>, tys: seq<CedarType>, env: TypeEnv)
    requires |vs| == |tys| && forall i :: 0 <= i < |tys| ==> instanceOfType(vs[i], tys[i], env)
    ensures tys == [ExtOf(DecimalType), ExtOf(DecimalType)] ==> areDecimals(vs)
    ensures tys == [ExtOf(IPAddrType), ExtOf(IPAddrType)] ==> isIP(vs[..1]) && isIP(vs[1..])
    ensures tys == [ExtOf(DatetimeType), ExtOf(DurationType)] ==> isDatetime(vs[..1]) && isDuration(vs[1..])
    ensures tys == [ExtOf(DatetimeType), ExtOf(DatetimeType)] ==> isDatetime(vs[..1]) && isDatetime(vs[1..])
    ensures tys == [ExtOf(IPAddrType)] ==> isIP(vs)
    ensures tys == [ExtOf(DatetimeType)] ==> isDatetime(vs)
    ensures tys == [ExtOf(DurationType)] ==> isDuration(vs)
  {
    if |tys| == 2 {
      assert tys == [tys[0], tys[1]];
      assert instanceOfType(vs[0], tys[0], env) && instanceOfType(vs[1], tys[1], env);
    }
    if |tys| == 1 {
      assert instanceOfType(vs[0], tys[0], env);
    }
  }

  lemma binaryAppIsSound(op: BinaryOp, x1: Expr, x2: Expr, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires conforms(req, es, env) && capabilitiesHold(c, req, es)
    requires typeOf(BinaryApp(op, x1, x2), c, env).Typed?
    requires evaluatesTo(x1, typeOf(x1, c, env).ty, env, req, es)
    requires evaluatesTo(x2, typeOf(x2, c, env).ty, env, req, es)
    ensures evaluatesTo(BinaryApp(op, x1, x2), typeOf(BinaryApp(op, x1, x2), c, env).ty, env, req, es)
    ensures evaluate(BinaryApp(op, x1, x2), req, es) == Ok(Bool(true)) ==>
      capabilitiesHold(typeOf(BinaryApp(op, x1, x2), c, env).caps, req, es)
  {
    var ty1, ty2 := typeOf(x1, c, env).ty, typeOf(x2, c, env).ty;
    var v1, v2 := evaluate(x1, req, es), evaluate(x2, req, es);
    if v1.Ok? && v2.Ok? {
      match op
      case Eq => eqIsSound(x1, x2, v1.value, v2.value, ty1, ty2, env, req, es);
      case Mem =>
        if ty2.EntityOf? {
          inEIsSound(x1, x2, v1.value, v2.value, ty1.ety, ty2.ety, env, req, es);
        } else {
          inSIsSound(x1, x2, v1.value, v2.value, ty1.ety, ty2.element.ety, env, req, es);
        }
      case HasTag => tagIsSound(x1, x2, v1.value, v2.value, ty1.ety, c, env, req, es);
      case GetTag => tagIsSound(x1, x2, v1.value, v2.value, ty1.ety, c, env, req, es);
      case Less =>
      case LessEq =>
      case Add =>
      case Sub =>
      case Mul =>
      case Contains =>
      case ContainsAll =>
      case ContainsAny =>
    }
  }

  lemma eqIsSound(x1: Expr, x2: Expr, v1: Value, v2: Value, ty1: CedarType, ty2: CedarType, env: TypeEnv, req: Request, es: Entities)
    requires typeOfEq(ty1, ty2, x1, x2).Typed?
    requires evaluate(x1, req, es) == Ok(v1) && instanceOfType(v1, ty1, env)
    requires evaluate(x2, req, es) == Ok(v2) && instanceOfType(v2, ty2, env)
    ensures instanceOfType(Bool(v1 == v2), typeOfEq(ty1, ty2, x1, x2).ty, env)
    ensures typeOfEq(ty1, ty2, x1, x2).caps == {}
  {
  }

  lemma ancestorsConform(uid: EntityUID, ancestor: EntityUID, env: TypeEnv, es: Entities)
    requires wellFormed(env) && entitiesConform(es, env) && inE(uid, ancestor, es)
    ensures maybeDescendantOf(uid.ty, ancestor.ty, env)
    ensures uid in env.acts ==> descendantOf(uid, ancestor, env)
  {
  }

  lemma actionsKeepTheirAncestors(uid: EntityUID, ancestor: EntityUID, env: TypeEnv, es: Entities)
    requires wellFormed(env) && entitiesConform(es, env) && uid in env.acts
    ensures inE(uid, ancestor, es) <==> descendantOf(uid, ancestor, env)
  {
  }

  lemma inEIsSound(x1: Expr, x2: Expr, v1: Value, v2: Value, ety1: EntityType, ety2: EntityType, env: TypeEnv, req: Request, es: Entities)
    requires wellFormed(env) && entitiesConform(es, env)
    requires evaluate(x1, req, es) == Ok(v1) && instanceOfType(v1, EntityOf(ety1), env)
    requires evaluate(x2, req, es) == Ok(v2) && instanceOfType(v2, EntityOf(ety2), env)
    ensures instanceOfType(Bool(inE(v1.uid, v2.uid, es)), typeOfInE(ety1, ety2, x1, x2, env).ty, env)
    ensures typeOfInE(ety1, ety2, x1, x2, env).caps == {}
  {
    if inE(v1.uid, v2.uid, es) {
      ancestorsConform(v1.uid, v2.uid, env, es);
    }
    if v1.uid in env.acts {
      actionsKeepTheirAncestors(v1.uid, v2.uid, env, es);
    }
  }

  lemma inSIsSound(x1: Expr, x2: Expr, v1: Value, v2: Value, ety1: EntityType, ety2: EntityType, env: TypeEnv, req: Request, es: Entities)
    requires wellFormed(env) && entitiesConform(es, env)
    requires evaluate(x1, req, es) == Ok(v1) && instanceOfType(v1, EntityOf(ety1), env)
    requires evaluate(x2, req, es) == Ok(v2) && instanceOfType(v2, SetOf(EntityOf(ety2)), env)
    ensures inS(v1.uid, v2.elements, es).Ok?
    ensures instanceOfType(inS(v1.uid, v2.elements, es).value, typeOfInS(ety1, ety2, x1, x2, env).ty, env)
    ensures typeOfInS(ety1, ety2, x1, x2, env).caps == {}
  {
    forall v | v in v2.elements && inE(v1.uid, v.uid, es) ensures maybeDescendantOf(ety1, ety2, env) {
      ancestorsConform(v1.uid, v.uid, env, es);
    }
    if isActionLit(x1, env) && areEntityLits(x2) {
      elementsOfLiterals(x2.elems, req, es);
      forall ancestor: EntityUID ensures inE(v1.uid, ancestor, es) <==> descendantOf(v1.uid, ancestor, env) {
        actionsKeepTheirAncestors(v1.uid, ancestor, env, es);
      }
      assert forall each :: each in x2.elems ==> Entity(each.p.uid) in v2.elements;
    }
  }

  lemma elementsOfLiterals(xs: seq<Expr>, req: Request, es: Entities)
    requires forall x :: x in xs ==> isEntityLit(x)
    ensures evaluateSeq(xs, req, es).Ok?
    ensures forall x :: x in xs ==> x.Lit? && x.p in evaluateSeq(xs, req, es).value
    ensures forall v :: v in evaluateSeq(xs, req, es).value ==> exists x :: x in xs && x.Lit? && x.p == v
  {
    if xs != [] {
      assert isEntityLit(xs[0]) && evaluate(xs[0], req, es) == Ok(xs[0].p);
      elementsOfLiterals(xs[1..], req, es);
      forall v | v in evaluateSeq(xs, req, es).value ensures exists x :: x in xs && x.Lit? && x.p == v {
        assert v == xs[0].p || v in evaluateSeq(xs[1..], req, es).value;
      }
    }
  }

  lemma tagIsSound(x1: Expr, x2: Expr, v1: Value, v2: Value, ety: EntityType, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires wellFormed(env) && entitiesConform(es, env) && capabilitiesHold(c, req, es)
    requires evaluate(x1, req, es) == Ok(v1) && instanceOfType(v1, EntityOf(ety), env)
    requires evaluate(x2, req, es) == Ok(v2) && v2.String?
    ensures typeOfHasTag(ety, x1, x2, c, env).Typed? ==>
      instanceOfType(hasTag(v1.uid, v2.s, es).value, typeOfHasTag(ety, x1, x2, c, env).ty, env) &&
      (hasTag(v1.uid, v2.s, es) == Ok(Bool(true)) ==> capabilitiesHold(typeOfHasTag(ety, x1, x2, c, env).caps, req, es))
    ensures typeOfGetTag(ety, x1, x2, c, env).Typed? ==>
      isSound(getTag(v1.uid, v2.s, es), typeOfGetTag(ety, x1, x2, c, env).ty, env) && typeOfGetTag(ety, x1, x2, c, env).caps == {}
  {
    assert evaluate(BinaryApp(HasTag, x1, x2), req, es) == hasTag(v1.uid, v2.s, es);
    assert HasTheTag(x1, x2) in c ==> holds(HasTheTag(x1, x2), req, es);
  }
}
