/* Validated policies need no type checks. */

include "../compiled/trusted.dfy"
include "validation.dfy"

module TrustedTheorems {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Policies
  import opened Authorizer
  import opened Types
  import opened Validator
  import opened SoundnessBasics
  import opened ValidationTheorems
  import opened Trusted

  lemma validatedPoliciesNeedNoTypeChecks(p: Policy, s: Schema, req: Request, es: Entities, junk: Result<Value>)
    requires forall action :: action in s.acts ==> action.ty !in s.ets
    requires validates(p, s) && requestIsValid(req, s) && entitiesAreValid(es, s)
    ensures evaluateTrusted(policyToExpr(p), req, es, junk) == result(p, req, es)
  {
    validationIsSound(p, s, req, es);
    checksThatNeverFailAreNeedless(policyToExpr(p), req, es, junk);
  }

  /* Nothing catches an error, so a check that fails anywhere is the error of the whole. */
  lemma checksThatNeverFailAreNeedless(x: Expr, req: Request, es: Entities, junk: Result<Value>)
    requires evaluate(x, req, es) != Err(TypeError)
    ensures evaluateTrusted(x, req, es, junk) == evaluate(x, req, es)
    decreases x, 1
  {
    match x
    case Lit(_) =>
    case Var(_) =>
    case Ite(test, a, b) =>
      checksThatNeverFailAreNeedless(test, req, es, junk);
      if evaluate(test, req, es) == Ok(Bool(true)) {
        checksThatNeverFailAreNeedless(a, req, es, junk);
      } else if evaluate(test, req, es) == Ok(Bool(false)) {
        checksThatNeverFailAreNeedless(b, req, es, junk);
      }
    case And(a, b) =>
      checksThatNeverFailAreNeedless(a, req, es, junk);
      if evaluate(a, req, es) == Ok(Bool(true)) {
        checksThatNeverFailAreNeedless(b, req, es, junk);
      }
    case Or(a, b) =>
      checksThatNeverFailAreNeedless(a, req, es, junk);
      if evaluate(a, req, es) == Ok(Bool(false)) {
        checksThatNeverFailAreNeedless(b, req, es, junk);
      }
    case UnaryApp(_, arg) => checksThatNeverFailAreNeedless(arg, req, es, junk);
    case BinaryApp(_, a, b) =>
      checksThatNeverFailAreNeedless(a, req, es, junk);
      if evaluate(a, req, es).Ok? {
        checksThatNeverFailAreNeedless(b, req, es, junk);
      }
    case GetAttr(expr, _) => checksThatNeverFailAreNeedless(expr, req, es, junk);
    case HasAttr(expr, _) => checksThatNeverFailAreNeedless(expr, req, es, junk);
    case SetExpr(elems) => needlessInSequences(elems, req, es, junk);
    case RecordExpr(fields) => needlessInFields(fields, req, es, junk);
    case Call(_, args) => needlessInSequences(args, req, es, junk);
  }

  lemma needlessInSequences(xs: seq<Expr>, req: Request, es: Entities, junk: Result<Value>)
    requires evaluateSeq(xs, req, es) != Err(TypeError)
    ensures evaluateTrustedSeq(xs, req, es, junk) == evaluateSeq(xs, req, es)
    decreases xs
  {
    if xs != [] {
      checksThatNeverFailAreNeedless(xs[0], req, es, junk);
      if evaluate(xs[0], req, es).Ok? {
        needlessInSequences(xs[1..], req, es, junk);
      }
    }
  }

  lemma needlessInFields(fields: seq<(Attr, Expr)>, req: Request, es: Entities, junk: Result<Value>)
    requires evaluateFields(fields, req, es) != Err(TypeError)
    ensures evaluateTrustedFields(fields, req, es, junk) == evaluateFields(fields, req, es)
    decreases fields
  {
    if fields != [] {
      checksThatNeverFailAreNeedless(fields[0].1, req, es, junk);
      if evaluate(fields[0].1, req, es).Ok? {
        needlessInFields(fields[1..], req, es, junk);
      }
    }
  }
}
