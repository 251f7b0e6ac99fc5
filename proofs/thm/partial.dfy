/* What partial evaluation leaves has the value of the whole for every completion, and errs where it errs; so its decision is that of every completion,
   and authorizing by residuals is authorizing.

   The precondition is that no type error happens: this is what validation gives (validationIsSound), and without it `true && 1` would be 1. */

include "../compiled/partial.dfy"

module PartialTheorems {
  import opened Values
  import opened ExtFuns
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Policies
  import opened Authorizer
  import opened Partial

  /* A decision of partial evaluation is the decision of every completion. */
  lemma partialDecisionIsThatOfEveryCompletion(
    ps: seq<Policy>, known: PartialRequest, data: PartialEntities, req: Request, es: Entities)
    requires requestCompletes(req, known) && entitiesComplete(es, data)
    requires forall p :: p in ps ==> untroubled(policyToExpr(p), req, es)
    requires partialDecision(ps, known, data).Some?
    ensures isAuthorized(req, es, ps).decision == partialDecision(ps, known, data).value
  {
    forall p | p in ps
      ensures residualOf(p, known, data) == Val(Bool(true)) ==> satisfied(p, req, es)
      ensures !mayHold(residualOf(p, known, data)) ==> !satisfied(p, req, es)
    {
      residualsKeepValueAndError(policyToExpr(p), known, data, req, es);
    }
    if someHolds(Forbid, ps, known, data) {
      var p :| p in ps && p.effect == Forbid && residualOf(p, known, data) == Val(Bool(true));
      assert p.id in satisfiedPolicies(Forbid, ps, req, es);
    } else if !someMayHold(Permit, ps, known, data) {
      assert satisfiedPolicies(Permit, ps, req, es) == {};
    } else {
      assert satisfiedPolicies(Forbid, ps, req, es) == {};
      var p :| p in ps && p.effect == Permit && residualOf(p, known, data) == Val(Bool(true));
      assert p.id in satisfiedPolicies(Permit, ps, req, es);
    }
  }

  /* Authorizing a completion by the residuals gives the decision, the determining policies and the erring policies of the whole request. */
  lemma reauthorizingEqualsAuthorizing(
    ps: seq<Policy>, known: PartialRequest, data: PartialEntities, req: Request, es: Entities)
    requires requestCompletes(req, known) && entitiesComplete(es, data)
    requires forall p :: p in ps ==> untroubled(policyToExpr(p), req, es)
    ensures var whole := isAuthorized(req, es, ps);
      reauthorize(ps, known, data, req, es) ==
      Verdict(whole.decision, whole.determiningPolicies, set e | e in whole.errors :: e.id)
  {
    forall p | p in ps
      ensures agree(resultR(p, known, data, req, es), result(p, req, es))
    {
      residualsKeepValueAndError(policyToExpr(p), known, data, req, es);
    }
    assert satisfiedR(Forbid, ps, known, data, req, es) == satisfiedPolicies(Forbid, ps, req, es);
    assert satisfiedR(Permit, ps, known, data, req, es) == satisfiedPolicies(Permit, ps, req, es);
    erringPoliciesAgree(ps, known, data, req, es);
  }

  lemma erringPoliciesAgree(ps: seq<Policy>, known: PartialRequest, data: PartialEntities, req: Request, es: Entities)
    requires forall p :: p in ps ==> agree(resultR(p, known, data, req, es), result(p, req, es))
    ensures erringR(ps, known, data, req, es) == set e | e in errorPolicies(ps, req, es) :: e.id
  {
    forall id | id in erringR(ps, known, data, req, es)
      ensures exists e :: e in errorPolicies(ps, req, es) && e.id == id
    {
      var p :| p in ps && resultR(p, known, data, req, es).Err? && p.id == id;
      assert PolicyError(p.id, result(p, req, es).error) in errorPolicies(ps, req, es);
    }
    forall e | e in errorPolicies(ps, req, es)
      ensures e.id in erringR(ps, known, data, req, es)
    {
      var p :| p in ps && hasError(p, req, es) && e == PolicyError(p.id, result(p, req, es).error);
    }
  }

  /* The same value, or an error on both sides: which error it is may differ. */
  predicate agree(a: Result<Value>, b: Result<Value>) { if b.Ok? then a == b else a.Err? }

  /* No part that is evaluated has a type error. */
  predicate untroubled(x: Expr, req: Request, es: Entities)
    decreases x
  {
    evaluate(x, req, es) != Err(TypeError) &&
    match x
    case Lit(_) => true
    case Var(_) => true
    case Ite(test, a, b) =>
      untroubled(test, req, es) &&
      (evaluate(test, req, es) == Ok(Bool(true)) ==> untroubled(a, req, es)) &&
      (evaluate(test, req, es) == Ok(Bool(false)) ==> untroubled(b, req, es))
    case And(a, b) => untroubled(a, req, es) && (evaluate(a, req, es) == Ok(Bool(true)) ==> untroubled(b, req, es))
    case Or(a, b) => untroubled(a, req, es) && (evaluate(a, req, es) == Ok(Bool(false)) ==> untroubled(b, req, es))
    case UnaryApp(_, arg) => untroubled(arg, req, es)
    case BinaryApp(_, a, b) => untroubled(a, req, es) && untroubled(b, req, es)
    case HasAttr(expr, _) => untroubled(expr, req, es)
    case GetAttr(expr, _) => untroubled(expr, req, es)
    case SetExpr(elems) => untroubledSeq(elems, req, es)
    case RecordExpr(fields) => untroubledFields(fields, req, es)
    case Call(_, args) => untroubledSeq(args, req, es)
  }

  predicate untroubledSeq(xs: seq<Expr>, req: Request, es: Entities)
    decreases xs
  {
    xs == [] || (untroubled(xs[0], req, es) && untroubledSeq(xs[1..], req, es))
  }

  predicate untroubledFields(fields: seq<(Attr, Expr)>, req: Request, es: Entities)
    decreases fields
  {
    fields == [] || (untroubled(fields[0].1, req, es) && untroubledFields(fields[1..], req, es))
  }

  /* What is left has the value of the whole, or errs where that errs; and where no error but a type error could happen, none does. */
  lemma residualsKeepValueAndError(x: Expr, known: PartialRequest, data: PartialEntities, req: Request, es: Entities)
    requires requestCompletes(req, known) && entitiesComplete(es, data)
    requires untroubled(x, req, es)
    ensures agree(evaluateR(partially(x, known, data), req, es), evaluate(x, req, es))
    ensures errorFree(partially(x, known, data)) ==> evaluate(x, req, es).Ok?
    decreases x, 1
  {
    match x
    case Lit(_) =>
    case Var(v) => variablesAreKnown(v, known, req, es);
    case Ite(test, a, b) =>
      residualsKeepValueAndError(test, known, data, req, es);
      var v := evaluate(test, req, es);
      if v == Ok(Bool(true)) { residualsKeepValueAndError(a, known, data, req, es); }
      if v == Ok(Bool(false)) { residualsKeepValueAndError(b, known, data, req, es); }
      iteIsSound(x, known, data, req, es);
    case And(a, b) =>
      residualsKeepValueAndError(a, known, data, req, es);
      if evaluate(a, req, es) == Ok(Bool(true)) { residualsKeepValueAndError(b, known, data, req, es); }
      andIsSound(x, known, data, req, es);
    case Or(a, b) =>
      residualsKeepValueAndError(a, known, data, req, es);
      if evaluate(a, req, es) == Ok(Bool(false)) { residualsKeepValueAndError(b, known, data, req, es); }
      orIsSound(x, known, data, req, es);
    case UnaryApp(op, arg) =>
      residualsKeepValueAndError(arg, known, data, req, es);
      unaryIsSound(op, arg, known, data, req, es);
    case BinaryApp(op, a, b) =>
      residualsKeepValueAndError(a, known, data, req, es);
      residualsKeepValueAndError(b, known, data, req, es);
      binaryIsSound(op, a, b, known, data, req, es);
    case HasAttr(expr, attr) =>
      residualsKeepValueAndError(expr, known, data, req, es);
    case GetAttr(expr, attr) =>
      residualsKeepValueAndError(expr, known, data, req, es);
    case SetExpr(elems) =>
      sequencesAreSound(elems, known, data, req, es);
      collectedAlike(partiallySeq(elems, known, data), req, es);
    case RecordExpr(fields) =>
      fieldsAreSound(fields, known, data, req, es);
      fieldsCollectedAlike(partiallyFields(fields, known, data), req, es);
    case Call(_, args) =>
      sequencesAreSound(args, known, data, req, es);
      collectedAlike(partiallySeq(args, known, data), req, es);
  }

  lemma variablesAreKnown(v: Var, known: PartialRequest, req: Request, es: Entities)
    requires requestCompletes(req, known)
    ensures evaluateR(varP(v, known), req, es) == Ok(evaluateVar(v, req))
  {
  }

  lemma iteIsSound(x: Expr, known: PartialRequest, data: PartialEntities, req: Request, es: Entities)
    requires x.Ite? && evaluate(x, req, es) != Err(TypeError)
    requires agree(evaluateR(partially(x.test, known, data), req, es), evaluate(x.test, req, es))
    requires errorFree(partially(x.test, known, data)) ==> evaluate(x.test, req, es).Ok?
    requires evaluate(x.test, req, es) == Ok(Bool(true)) ==>
      agree(evaluateR(partially(x.thenExpr, known, data), req, es), evaluate(x.thenExpr, req, es)) &&
      (errorFree(partially(x.thenExpr, known, data)) ==> evaluate(x.thenExpr, req, es).Ok?)
    requires evaluate(x.test, req, es) == Ok(Bool(false)) ==>
      agree(evaluateR(partially(x.elseExpr, known, data), req, es), evaluate(x.elseExpr, req, es)) &&
      (errorFree(partially(x.elseExpr, known, data)) ==> evaluate(x.elseExpr, req, es).Ok?)
    ensures agree(evaluateR(partially(x, known, data), req, es), evaluate(x, req, es))
    ensures errorFree(partially(x, known, data)) ==> evaluate(x, req, es).Ok?
  {
    var v := evaluate(x.test, req, es);
    if v.Ok? {
      assert v.value.Bool?;
    }
  }

  lemma andIsSound(x: Expr, known: PartialRequest, data: PartialEntities, req: Request, es: Entities)
    requires x.And? && evaluate(x, req, es) != Err(TypeError)
    requires agree(evaluateR(partially(x.a, known, data), req, es), evaluate(x.a, req, es))
    requires errorFree(partially(x.a, known, data)) ==> evaluate(x.a, req, es).Ok?
    requires evaluate(x.a, req, es) == Ok(Bool(true)) ==>
      agree(evaluateR(partially(x.b, known, data), req, es), evaluate(x.b, req, es)) &&
      (errorFree(partially(x.b, known, data)) ==> evaluate(x.b, req, es).Ok?)
    ensures agree(evaluateR(partially(x, known, data), req, es), evaluate(x, req, es))
    ensures errorFree(partially(x, known, data)) ==> evaluate(x, req, es).Ok?
  {
    var (l, r) := (partially(x.a, known, data), partially(x.b, known, data));
    var v := evaluate(x.a, req, es);
    if v.Ok? {
      assert v.value.Bool?;
      if v.value.b {
        var w := evaluate(x.b, req, es);
        assert evaluate(x, req, es) == evaluateBool(x.b, req, es);
        if w.Ok? {
          assert w.value.Bool?;
        }
      }
    }
  }

  lemma orIsSound(x: Expr, known: PartialRequest, data: PartialEntities, req: Request, es: Entities)
    requires x.Or? && evaluate(x, req, es) != Err(TypeError)
    requires agree(evaluateR(partially(x.a, known, data), req, es), evaluate(x.a, req, es))
    requires errorFree(partially(x.a, known, data)) ==> evaluate(x.a, req, es).Ok?
    requires evaluate(x.a, req, es) == Ok(Bool(false)) ==>
      agree(evaluateR(partially(x.b, known, data), req, es), evaluate(x.b, req, es)) &&
      (errorFree(partially(x.b, known, data)) ==> evaluate(x.b, req, es).Ok?)
    ensures agree(evaluateR(partially(x, known, data), req, es), evaluate(x, req, es))
    ensures errorFree(partially(x, known, data)) ==> evaluate(x, req, es).Ok?
  {
    var v := evaluate(x.a, req, es);
    if v.Ok? {
      assert v.value.Bool?;
      if !v.value.b {
        var w := evaluate(x.b, req, es);
        assert evaluate(x, req, es) == evaluateBool(x.b, req, es);
        if w.Ok? {
          assert w.value.Bool?;
        }
      }
    }
  }

  lemma unaryIsSound(op: UnaryOp, arg: Expr, known: PartialRequest, data: PartialEntities, req: Request, es: Entities)
    requires requestCompletes(req, known)
    requires evaluate(UnaryApp(op, arg), req, es) != Err(TypeError)
    requires agree(evaluateR(partially(arg, known, data), req, es), evaluate(arg, req, es))
    requires errorFree(partially(arg, known, data)) ==> evaluate(arg, req, es).Ok?
    ensures agree(evaluateR(partially(UnaryApp(op, arg), known, data), req, es), evaluate(UnaryApp(op, arg), req, es))
    ensures errorFree(partially(UnaryApp(op, arg), known, data)) ==> evaluate(UnaryApp(op, arg), req, es).Ok?
  {
    var r := partially(arg, known, data);
    if r == Free(Principal) {
      assert evaluate(arg, req, es) == Ok(Entity(req.principal));
    }
    if r == Free(Resource) {
      assert evaluate(arg, req, es) == Ok(Entity(req.resource));
    }
  }

  lemma binaryIsSound(op: BinaryOp, a: Expr, b: Expr, known: PartialRequest, data: PartialEntities, req: Request, es: Entities)
    requires entitiesComplete(es, data)
    requires evaluate(BinaryApp(op, a, b), req, es) != Err(TypeError)
    requires agree(evaluateR(partially(a, known, data), req, es), evaluate(a, req, es))
    requires errorFree(partially(a, known, data)) ==> evaluate(a, req, es).Ok?
    requires agree(evaluateR(partially(b, known, data), req, es), evaluate(b, req, es))
    requires errorFree(partially(b, known, data)) ==> evaluate(b, req, es).Ok?
    ensures agree(evaluateR(partially(BinaryApp(op, a, b), known, data), req, es), evaluate(BinaryApp(op, a, b), req, es))
    ensures errorFree(partially(BinaryApp(op, a, b), known, data)) ==> evaluate(BinaryApp(op, a, b), req, es).Ok?
  {
    var (l, r) := (partially(a, known, data), partially(b, known, data));
    if l.Val? && r.Val? {
      valuesAreSound(op, l.value, r.value, data, req, es);
    }
    if !fallible2(op) && evaluate(a, req, es).Ok? && evaluate(b, req, es).Ok? {
      onlyTypeErrors(op, evaluate(a, req, es).value, evaluate(b, req, es).value, es);
    }
  }

  lemma onlyTypeErrors(op: BinaryOp, v1: Value, v2: Value, es: Entities)
    requires !fallible2(op)
    ensures var v := apply2(op, v1, v2, es); v.Ok? || v == Err(TypeError)
  {
  }

  lemma valuesAreSound(op: BinaryOp, v1: Value, v2: Value, data: PartialEntities, req: Request, es: Entities)
    requires entitiesComplete(es, data)
    ensures agree(evaluateR(binaryValueP(op, v1, v2, data), req, es), apply2(op, v1, v2, es))
  {
    if op.Mem? && v1.Entity? && v2.Entity? {
      membershipIsSound(v1.uid, {v2}, data, es);
    } else if op.Mem? && v1.Entity? && v2.Set? && forall v :: v in v2.elements ==> v.Entity? {
      membershipIsSound(v1.uid, v2.elements, data, es);
    }
  }

  lemma membershipIsSound(uid: EntityUID, groups: set<Value>, data: PartialEntities, es: Entities)
    requires entitiesComplete(es, data) && forall v :: v in groups ==> v.Entity?
    ensures var answer := memP(uid, groups, data);
      answer.Some? ==> answer.value == exists v :: v in groups && inE(uid, v.uid, es)
  {
    if Entity(uid) in groups {
      assert inE(uid, Entity(uid).uid, es);
    } else if groups != {} && dataOf(uid, data).ancestors.Some? {
      assert uid in data;
      assert dataOrEmpty(uid, es).ancestors == dataOf(uid, data).ancestors.value;
      forall v | v in groups
        ensures inE(uid, v.uid, es) == (v.uid in dataOf(uid, data).ancestors.value)
      {
        if v.uid == uid { assert v == Entity(uid); }
      }
    }
  }

  predicate agreeSeq(a: Result<seq<Value>>, b: Result<seq<Value>>) { if b.Ok? then a == b else a.Err? }

  predicate agreeFields(a: Result<map<Attr, Value>>, b: Result<map<Attr, Value>>) { if b.Ok? then a == b else a.Err? }

  lemma sequencesAreSound(xs: seq<Expr>, known: PartialRequest, data: PartialEntities, req: Request, es: Entities)
    requires requestCompletes(req, known) && entitiesComplete(es, data)
    requires untroubledSeq(xs, req, es)
    ensures agreeSeq(evaluateSeqR(partiallySeq(xs, known, data), req, es), evaluateSeq(xs, req, es))
    ensures errorFreeSeq(partiallySeq(xs, known, data)) ==> evaluateSeq(xs, req, es).Ok?
    decreases xs, 0
  {
    if xs != [] {
      residualsKeepValueAndError(xs[0], known, data, req, es);
      sequencesAreSound(xs[1..], known, data, req, es);
      assert partiallySeq(xs, known, data)[1..] == partiallySeq(xs[1..], known, data);
    }
  }

  lemma fieldsAreSound(fields: seq<(Attr, Expr)>, known: PartialRequest, data: PartialEntities, req: Request, es: Entities)
    requires requestCompletes(req, known) && entitiesComplete(es, data)
    requires untroubledFields(fields, req, es)
    ensures agreeFields(evaluateFieldsR(partiallyFields(fields, known, data), req, es), evaluateFields(fields, req, es))
    ensures errorFreeFields(partiallyFields(fields, known, data)) ==> evaluateFields(fields, req, es).Ok?
    decreases fields, 0
  {
    if fields != [] {
      residualsKeepValueAndError(fields[0].1, known, data, req, es);
      fieldsAreSound(fields[1..], known, data, req, es);
      assert partiallyFields(fields, known, data)[1..] == partiallyFields(fields[1..], known, data);
    }
  }

  lemma collectedAlike(rs: seq<Residual>, req: Request, es: Entities)
    ensures allVals(rs) ==> evaluateSeqR(rs, req, es) == Ok(valuesOf(rs))
    ensures anyErrs(rs) ==> evaluateSeqR(rs, req, es).Err?
    ensures allVals(rs) ==> errorFreeSeq(rs)
  {
    if rs != [] {
      collectedAlike(rs[1..], req, es);
      if anyErrs(rs) && !rs[0].Errs? {
        var i :| 0 <= i < |rs| && rs[i].Errs?;
        assert rs[1..][i - 1].Errs?;
      }
    }
  }

  lemma fieldsCollectedAlike(fields: seq<(Attr, Residual)>, req: Request, es: Entities)
    ensures allFieldVals(fields) ==> evaluateFieldsR(fields, req, es) == Ok(fieldValuesOf(fields))
    ensures anyFieldErrs(fields) ==> evaluateFieldsR(fields, req, es).Err?
    ensures allFieldVals(fields) ==> errorFreeFields(fields)
  {
    if fields != [] {
      fieldsCollectedAlike(fields[1..], req, es);
      if anyFieldErrs(fields) && !fields[0].1.Errs? {
        var i :| 0 <= i < |fields| && fields[i].1.Errs?;
        assert fields[1..][i - 1].1.Errs?;
      }
    }
  }
}
