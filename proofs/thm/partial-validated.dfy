/* Validated policies are partially evaluated soundly: what thm/partial.dfy asks for, that no type error happens, is what validation gives. */

include "partial.dfy"
include "validation.dfy"

module PartialValidatedTheorems {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Policies
  import opened Authorizer
  import opened Types
  import opened Typechecker
  import opened Validator
  import opened SoundnessBasics
  import opened SoundnessTheorems
  import opened ValidationTheorems
  import opened Partial
  import opened PartialTheorems

  /* A decision of partial evaluation is the decision of every completion: valid request, valid entities, validated policies. */
  lemma partialDecisionOfValidatedPolicies(
    ps: seq<Policy>, s: Schema, known: PartialRequest, data: PartialEntities, req: Request, es: Entities)
    requires forall action :: action in s.acts ==> action.ty !in s.ets
    requires requestIsValid(req, s) && entitiesAreValid(es, s) && forall p :: p in ps ==> validates(p, s)
    requires requestCompletes(req, known) && entitiesComplete(es, data)
    requires partialDecision(ps, known, data).Some?
    ensures isAuthorized(req, es, ps).decision == partialDecision(ps, known, data).value
  {
    forall p | p in ps
      ensures untroubled(policyToExpr(p), req, es)
    {
      validatedPoliciesAreUntroubled(p, s, req, es);
    }
    partialDecisionIsThatOfEveryCompletion(ps, known, data, req, es);
  }

  /* Authorizing a completion by residuals equals authorizing it. */
  lemma reauthorizingValidatedPolicies(
    ps: seq<Policy>, s: Schema, known: PartialRequest, data: PartialEntities, req: Request, es: Entities)
    requires forall action :: action in s.acts ==> action.ty !in s.ets
    requires requestIsValid(req, s) && entitiesAreValid(es, s) && forall p :: p in ps ==> validates(p, s)
    requires requestCompletes(req, known) && entitiesComplete(es, data)
    ensures var whole := isAuthorized(req, es, ps);
      reauthorize(ps, known, data, req, es) ==
      Verdict(whole.decision, whole.determiningPolicies, set e | e in whole.errors :: e.id)
  {
    forall p | p in ps
      ensures untroubled(policyToExpr(p), req, es)
    {
      validatedPoliciesAreUntroubled(p, s, req, es);
    }
    reauthorizingEqualsAuthorizing(ps, known, data, req, es);
  }

  lemma validatedPoliciesAreUntroubled(p: Policy, s: Schema, req: Request, es: Entities)
    requires forall action :: action in s.acts ==> action.ty !in s.ets
    requires validates(p, s) && requestIsValid(req, s) && entitiesAreValid(es, s)
    ensures untroubled(policyToExpr(p), req, es)
  {
    var env :| env in environments(s) && requestConforms(req, env);
    assert typechecks(p, env);
    wellTypedExpressionsAreUntroubled(substituteAction(req.action, policyToExpr(p)), {}, env, req, es);
    substitutingTheActionTroublesNothing(policyToExpr(p), req, es);
  }

  lemma wellTypedExpressionsAreUntroubled(x: Expr, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires conforms(req, es, env) && capabilitiesHold(c, req, es)
    requires typeOf(x, c, env).Typed?
    ensures untroubled(x, req, es)
    decreases x, 1
  {
    wellTypedExpressionsAreSound(x, c, env, req, es);
    match x
    case Lit(_) =>
    case Var(_) =>
    case Ite(test, a, b) =>
      var r := typeOf(test, c, env);
      wellTypedExpressionsAreSound(test, c, env, req, es);
      wellTypedExpressionsAreUntroubled(test, c, env, req, es);
      if evaluate(test, req, es) == Ok(Bool(true)) {
        wellTypedExpressionsAreUntroubled(a, c + r.caps, env, req, es);
      } else if evaluate(test, req, es) == Ok(Bool(false)) {
        wellTypedExpressionsAreUntroubled(b, c, env, req, es);
      }
    case And(a, b) =>
      var r := typeOf(a, c, env);
      wellTypedExpressionsAreSound(a, c, env, req, es);
      wellTypedExpressionsAreUntroubled(a, c, env, req, es);
      if evaluate(a, req, es) == Ok(Bool(true)) {
        wellTypedExpressionsAreUntroubled(b, c + r.caps, env, req, es);
      }
    case Or(a, b) =>
      wellTypedExpressionsAreSound(a, c, env, req, es);
      wellTypedExpressionsAreUntroubled(a, c, env, req, es);
      if evaluate(a, req, es) == Ok(Bool(false)) {
        wellTypedExpressionsAreUntroubled(b, c, env, req, es);
      }
    case UnaryApp(_, arg) => wellTypedExpressionsAreUntroubled(arg, c, env, req, es);
    case BinaryApp(_, a, b) =>
      wellTypedExpressionsAreUntroubled(a, c, env, req, es);
      wellTypedExpressionsAreUntroubled(b, c, env, req, es);
    case HasAttr(expr, _) => wellTypedExpressionsAreUntroubled(expr, c, env, req, es);
    case GetAttr(expr, _) => wellTypedExpressionsAreUntroubled(expr, c, env, req, es);
    case SetExpr(elems) => wellTypedSequencesAreUntroubled(elems, c, env, req, es);
    case RecordExpr(fields) => wellTypedFieldsAreUntroubled(fields, c, env, req, es);
    case Call(_, args) => wellTypedSequencesAreUntroubled(args, c, env, req, es);
  }

  lemma wellTypedSequencesAreUntroubled(xs: seq<Expr>, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires conforms(req, es, env) && capabilitiesHold(c, req, es)
    requires typeOfSeq(xs, c, env).Some?
    ensures untroubledSeq(xs, req, es)
    decreases xs
  {
    if xs != [] {
      wellTypedExpressionsAreUntroubled(xs[0], c, env, req, es);
      wellTypedSequencesAreUntroubled(xs[1..], c, env, req, es);
    }
  }

  lemma wellTypedFieldsAreUntroubled(fields: seq<(Attr, Expr)>, c: Capabilities, env: TypeEnv, req: Request, es: Entities)
    requires conforms(req, es, env) && capabilitiesHold(c, req, es)
    requires typeOfFields(fields, c, env).Some?
    ensures untroubledFields(fields, req, es)
    decreases fields
  {
    if fields != [] {
      wellTypedExpressionsAreUntroubled(fields[0].1, c, env, req, es);
      wellTypedFieldsAreUntroubled(fields[1..], c, env, req, es);
    }
  }

  lemma substitutingTheActionTroublesNothing(x: Expr, req: Request, es: Entities)
    requires untroubled(substituteAction(req.action, x), req, es)
    ensures untroubled(x, req, es)
    decreases x, 1
  {
    substitutingTheActionChangesNothing(x, req, es);
    match x
    case Lit(_) =>
    case Var(_) =>
    case Ite(test, a, b) =>
      substitutingTheActionChangesNothing(test, req, es);
      substitutingTheActionTroublesNothing(test, req, es);
      if evaluate(test, req, es) == Ok(Bool(true)) { substitutingTheActionTroublesNothing(a, req, es); }
      if evaluate(test, req, es) == Ok(Bool(false)) { substitutingTheActionTroublesNothing(b, req, es); }
    case And(a, b) =>
      substitutingTheActionChangesNothing(a, req, es);
      substitutingTheActionTroublesNothing(a, req, es);
      if evaluate(a, req, es) == Ok(Bool(true)) { substitutingTheActionTroublesNothing(b, req, es); }
    case Or(a, b) =>
      substitutingTheActionChangesNothing(a, req, es);
      substitutingTheActionTroublesNothing(a, req, es);
      if evaluate(a, req, es) == Ok(Bool(false)) { substitutingTheActionTroublesNothing(b, req, es); }
    case UnaryApp(_, arg) => substitutingTheActionTroublesNothing(arg, req, es);
    case BinaryApp(_, a, b) =>
      substitutingTheActionTroublesNothing(a, req, es);
      substitutingTheActionTroublesNothing(b, req, es);
    case HasAttr(expr, _) => substitutingTheActionTroublesNothing(expr, req, es);
    case GetAttr(expr, _) => substitutingTheActionTroublesNothing(expr, req, es);
    case SetExpr(elems) => substitutingInSeqTroublesNothing(elems, req, es);
    case RecordExpr(fields) => substitutingInFieldsTroublesNothing(fields, req, es);
    case Call(_, args) => substitutingInSeqTroublesNothing(args, req, es);
  }

  lemma substitutingInSeqTroublesNothing(xs: seq<Expr>, req: Request, es: Entities)
    requires untroubledSeq(substituteInSeq(req.action, xs), req, es)
    ensures untroubledSeq(xs, req, es)
    decreases xs
  {
    if xs != [] {
      assert substituteInSeq(req.action, xs)[1..] == substituteInSeq(req.action, xs[1..]);
      substitutingTheActionTroublesNothing(xs[0], req, es);
      substitutingInSeqTroublesNothing(xs[1..], req, es);
    }
  }

  lemma substitutingInFieldsTroublesNothing(fields: seq<(Attr, Expr)>, req: Request, es: Entities)
    requires untroubledFields(substituteInFields(req.action, fields), req, es)
    ensures untroubledFields(fields, req, es)
    decreases fields
  {
    if fields != [] {
      assert substituteInFields(req.action, fields)[1..] == substituteInFields(req.action, fields[1..]);
      substitutingTheActionTroublesNothing(fields[0].1, req, es);
      substitutingInFieldsTroublesNothing(fields[1..], req, es);
    }
  }
}
