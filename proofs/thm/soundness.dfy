/* The validator is sound: a well-typed expression gives a value of its type, or one of the three errors that no type can prevent.
   Spec: Cedar.Thm.Validation.Typechecker, Cedar.Thm.Validation */

include "operators-sound.dfy"

module SoundnessTheorems {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Types
  import opened Typechecker
  import opened LubTheorems
  import opened SoundnessBasics
  import opened OperatorsAreSound

  lemma wellTypedExpressionsAreSound(x: Expr, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires conforms(req, es, env) && capabilitiesHold(c, req, es)
    requires typeOf(x, c, env).Typed?
    ensures evaluatesTo(x, typeOf(x, c, env).ty, env, req, es)
    ensures evaluate(x, req, es) == Ok(Bool(true)) ==> capabilitiesHold(typeOf(x, c, env).caps, req, es)
    decreases x, 1
  {
    match x
    case Lit(p) =>
    case Var(v) =>
    case Ite(test, thenExpr, elseExpr) => ifIsSound(x, c, env, req, es);
    case And(left, right) => andIsSound(x, c, env, req, es);
    case Or(left, right) => orIsSound(x, c, env, req, es);
    case UnaryApp(op, arg) =>
      wellTypedExpressionsAreSound(arg, c, env, req, es);
      unaryAppIsSound(op, arg, c, env, req, es);
    case BinaryApp(op, left, right) =>
      wellTypedExpressionsAreSound(left, c, env, req, es);
      wellTypedExpressionsAreSound(right, c, env, req, es);
      binaryAppIsSound(op, left, right, c, env, req, es);
    case HasAttr(expr, attr) =>
      wellTypedExpressionsAreSound(expr, c, env, req, es);
      hasAttrIsSound(expr, attr, c, env, req, es);
    case GetAttr(expr, attr) =>
      wellTypedExpressionsAreSound(expr, c, env, req, es);
      getAttrIsSound(expr, attr, c, env, req, es);
    case SetExpr(elems) =>
      wellTypedSequencesAreSound(elems, c, env, req, es);
      setIsSound(elems, c, env, req, es);
    case RecordExpr(fields) => wellTypedFieldsAreSound(fields, c, env, req, es);
    case Call(xfn, args) =>
      wellTypedSequencesAreSound(args, c, env, req, es);
      callIsSound(xfn, args, c, env, req, es);
  }

  lemma ifIsSound(x: Expr, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires x.Ite? && conforms(req, es, env) && capabilitiesHold(c, req, es)
    requires typeOf(x, c, env).Typed?
    ensures evaluatesTo(x, typeOf(x, c, env).ty, env, req, es)
    ensures evaluate(x, req, es) == Ok(Bool(true)) ==> capabilitiesHold(typeOf(x, c, env).caps, req, es)
    decreases x, 0
  {
    var r1 := typeOf(x.test, c, env);
    wellTypedExpressionsAreSound(x.test, c, env, req, es);
    var v1 := evaluate(x.test, req, es);
    if v1 == Ok(Bool(true)) {
      var r2 := typeOf(x.thenExpr, c + r1.caps, env);
      wellTypedExpressionsAreSound(x.thenExpr, c + r1.caps, env, req, es);
      if r1.ty.bty == AnyBool && evaluate(x.thenExpr, req, es).Ok? {
        lubHoldsTheValuesOfBoth(evaluate(x.thenExpr, req, es).value, r2.ty, typeOf(x.elseExpr, c, env).ty, env);
      }
    } else if v1 == Ok(Bool(false)) {
      var r3 := typeOf(x.elseExpr, c, env);
      wellTypedExpressionsAreSound(x.elseExpr, c, env, req, es);
      if r1.ty.bty == AnyBool && evaluate(x.elseExpr, req, es).Ok? {
        lubHoldsTheValuesOfBoth(evaluate(x.elseExpr, req, es).value, typeOf(x.thenExpr, c + r1.caps, env).ty, r3.ty, env);
      }
    }
  }

  lemma andIsSound(x: Expr, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires x.And? && conforms(req, es, env) && capabilitiesHold(c, req, es)
    requires typeOf(x, c, env).Typed?
    ensures evaluatesTo(x, typeOf(x, c, env).ty, env, req, es)
    ensures evaluate(x, req, es) == Ok(Bool(true)) ==> capabilitiesHold(typeOf(x, c, env).caps, req, es)
    decreases x, 0
  {
    var r1 := typeOf(x.a, c, env);
    wellTypedExpressionsAreSound(x.a, c, env, req, es);
    if evaluate(x.a, req, es) == Ok(Bool(true)) {
      wellTypedExpressionsAreSound(x.b, c + r1.caps, env, req, es);
      assert evaluate(x, req, es) == evaluateBool(x.b, req, es);
    }
  }

  lemma orIsSound(x: Expr, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires x.Or? && conforms(req, es, env) && capabilitiesHold(c, req, es)
    requires typeOf(x, c, env).Typed?
    ensures evaluatesTo(x, typeOf(x, c, env).ty, env, req, es)
    ensures evaluate(x, req, es) == Ok(Bool(true)) ==> capabilitiesHold(typeOf(x, c, env).caps, req, es)
    decreases x, 0
  {
    wellTypedExpressionsAreSound(x.a, c, env, req, es);
    if evaluate(x.a, req, es) == Ok(Bool(false)) {
      wellTypedExpressionsAreSound(x.b, c, env, req, es);
      assert evaluate(x, req, es) == evaluateBool(x.b, req, es);
    }
  }

  lemma wellTypedSequencesAreSound(xs: seq<Expr>, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires conforms(req, es, env) && capabilitiesHold(c, req, es)
    requires typeOfSeq(xs, c, env).Some?
    ensures allEvaluateTo(xs, typeOfSeq(xs, c, env).value, env, req, es)
    decreases xs
  {
    if xs != [] {
      wellTypedExpressionsAreSound(xs[0], c, env, req, es);
      wellTypedSequencesAreSound(xs[1..], c, env, req, es);
    }
  }

  lemma wellTypedFieldsAreSound(fields: seq<(Attr, Expr)>, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires conforms(req, es, env) && capabilitiesHold(c, req, es)
    requires typeOfFields(fields, c, env).Some?
    ensures var avs := evaluateFields(fields, req, es);
      if avs.Err? then isAllowed(avs.error) else instanceOfType(Record(avs.value), RecordOf(typeOfFields(fields, c, env).value), env)
    decreases fields
  {
    if fields != [] {
      wellTypedExpressionsAreSound(fields[0].1, c, env, req, es);
      wellTypedFieldsAreSound(fields[1..], c, env, req, es);
    }
  }
}
