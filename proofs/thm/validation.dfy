/* What validation promises for the policies of a schema.
   Spec: Cedar.Thm.Validation: validation_is_sound; Cedar.Thm.Validation.SubstituteAction */

include "../spec/authorizer.dfy"
include "../validation/validator.dfy"
include "soundness.dfy"

module ValidationTheorems {
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

  lemma validationIsSound(p: Policy, s: Schema, req: Request, es: Entities)
    requires forall action :: action in s.acts ==> action.ty !in s.ets
    requires validates(p, s) && requestIsValid(req, s) && entitiesAreValid(es, s)
    ensures var r := result(p, req, es); if r.Err? then isAllowed(r.error) else r.value.Bool?
  {
    var env :| env in environments(s) && requestConforms(req, env);
    var x := substituteAction(req.action, policyToExpr(p));
    assert typechecks(p, env);
    wellTypedExpressionsAreSound(x, {}, env, req, es);
    substitutingTheActionChangesNothing(policyToExpr(p), req, es);
  }

  /* A policy that is False in an environment is not satisfied by any request of it. */
  lemma policyOfTypeFalseIsNeverSatisfied(p: Policy, env: TypeEnv, req: Request, es: Entities)
    requires conforms(req, es, env)
    requires typeOfPolicy(p, env).Typed? && typeOfPolicy(p, env).ty == BoolType(False)
    ensures !satisfied(p, req, es)
  {
    wellTypedExpressionsAreSound(substituteAction(req.action, policyToExpr(p)), {}, env, req, es);
    substitutingTheActionChangesNothing(policyToExpr(p), req, es);
  }

  lemma substitutingTheActionChangesNothing(x: Expr, req: Request, es: Entities)
    ensures evaluate(substituteAction(req.action, x), req, es) == evaluate(x, req, es)
    decreases x, 1
  {
    match x
    case Lit(_) =>
    case Var(_) =>
    case Ite(test, a, b) =>
      substitutingTheActionChangesNothing(test, req, es);
      substitutingTheActionChangesNothing(a, req, es);
      substitutingTheActionChangesNothing(b, req, es);
    case And(a, b) =>
      substitutingTheActionChangesNothing(a, req, es);
      substitutingTheActionChangesNothing(b, req, es);
    case Or(a, b) =>
      substitutingTheActionChangesNothing(a, req, es);
      substitutingTheActionChangesNothing(b, req, es);
    case UnaryApp(_, arg) => substitutingTheActionChangesNothing(arg, req, es);
    case BinaryApp(_, a, b) =>
      substitutingTheActionChangesNothing(a, req, es);
      substitutingTheActionChangesNothing(b, req, es);
    case GetAttr(expr, _) => substitutingTheActionChangesNothing(expr, req, es);
    case HasAttr(expr, _) => substitutingTheActionChangesNothing(expr, req, es);
    case SetExpr(elems) => substitutingInSeqChangesNothing(elems, req, es);
    case RecordExpr(fields) => substitutingInFieldsChangesNothing(fields, req, es);
    case Call(_, args) => substitutingInSeqChangesNothing(args, req, es);
  }

  lemma substitutingInSeqChangesNothing(xs: seq<Expr>, req: Request, es: Entities)
    ensures evaluateSeq(substituteInSeq(req.action, xs), req, es) == evaluateSeq(xs, req, es)
    decreases xs
  {
    if xs != [] {
      substitutingTheActionChangesNothing(xs[0], req, es);
      substitutingInSeqChangesNothing(xs[1..], req, es);
      assert substituteInSeq(req.action, xs)[1..] == substituteInSeq(req.action, xs[1..]);
    }
  }

  lemma substitutingInFieldsChangesNothing(fields: seq<(Attr, Expr)>, req: Request, es: Entities)
    ensures evaluateFields(substituteInFields(req.action, fields), req, es) == evaluateFields(fields, req, es)
    decreases fields
  {
    if fields != [] {
      substitutingTheActionChangesNothing(fields[0].1, req, es);
      substitutingInFieldsChangesNothing(fields[1..], req, es);
      assert substituteInFields(req.action, fields)[1..] == substituteInFields(req.action, fields[1..]);
    }
  }
}
