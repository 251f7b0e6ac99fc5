/* What no policy reads of a context changes no answer. */

include "../compiled/context.dfy"

module ContextTheorems {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Policies
  import opened Authorizer
  import opened PartialContext

  lemma unreadAttributesChangeNoAnswer(req: Request, es: Entities, ps: seq<Policy>, attrs: set<Attr>)
    requires forall p :: p in ps ==> policyReadsOnly(p, attrs)
    ensures isAuthorized(restricted(req, attrs), es, ps) == isAuthorized(req, es, ps)
  {
    var less := restricted(req, attrs);
    forall p | p in ps ensures result(p, less, es) == result(p, req, es) {
      unreadAttributesChangeNoResult(policyToExpr(p), req, es, attrs);
    }
    assert satisfiedPolicies(Permit, ps, less, es) == satisfiedPolicies(Permit, ps, req, es);
    assert satisfiedPolicies(Forbid, ps, less, es) == satisfiedPolicies(Forbid, ps, req, es);
    assert errorPolicies(ps, less, es) == errorPolicies(ps, req, es);
  }

  lemma unreadAttributesChangeNoResult(x: Expr, req: Request, es: Entities, attrs: set<Attr>)
    requires readsOnly(x, attrs)
    ensures evaluate(x, restricted(req, attrs), es) == evaluate(x, req, es)
    decreases x, 1
  {
    match x
    case Lit(_) =>
    case Var(_) =>
    case Ite(test, a, b) =>
      unreadAttributesChangeNoResult(test, req, es, attrs);
      unreadAttributesChangeNoResult(a, req, es, attrs);
      unreadAttributesChangeNoResult(b, req, es, attrs);
    case And(a, b) =>
      unreadAttributesChangeNoResult(a, req, es, attrs);
      unreadAttributesChangeNoResult(b, req, es, attrs);
    case Or(a, b) =>
      unreadAttributesChangeNoResult(a, req, es, attrs);
      unreadAttributesChangeNoResult(b, req, es, attrs);
    case UnaryApp(_, arg) => unreadAttributesChangeNoResult(arg, req, es, attrs);
    case BinaryApp(_, a, b) =>
      unreadAttributesChangeNoResult(a, req, es, attrs);
      unreadAttributesChangeNoResult(b, req, es, attrs);
    case GetAttr(expr, _) =>
      if expr == Var(Context) {
        contextsAreRecords(req, es);
        contextsAreRecords(restricted(req, attrs), es);
      } else {
        unreadAttributesChangeNoResult(expr, req, es, attrs);
      }
    case HasAttr(expr, _) =>
      if expr == Var(Context) {
        contextsAreRecords(req, es);
        contextsAreRecords(restricted(req, attrs), es);
      } else {
        unreadAttributesChangeNoResult(expr, req, es, attrs);
      }
    case SetExpr(elems) => unreadAttributesChangeNoValues(elems, req, es, attrs);
    case RecordExpr(fields) => unreadAttributesChangeNoFields(fields, req, es, attrs);
    case Call(_, args) => unreadAttributesChangeNoValues(args, req, es, attrs);
  }

  lemma contextsAreRecords(req: Request, es: Entities)
    ensures evaluate(Var(Context), req, es) == Ok(Record(req.context))
  {
  }

  lemma unreadAttributesChangeNoValues(xs: seq<Expr>, req: Request, es: Entities, attrs: set<Attr>)
    requires forall x :: x in xs ==> readsOnly(x, attrs)
    ensures evaluateSeq(xs, restricted(req, attrs), es) == evaluateSeq(xs, req, es)
    decreases xs
  {
    if xs != [] {
      assert xs[0] in xs;
      unreadAttributesChangeNoResult(xs[0], req, es, attrs);
      unreadAttributesChangeNoValues(xs[1..], req, es, attrs);
    }
  }

  lemma unreadAttributesChangeNoFields(fields: seq<(Attr, Expr)>, req: Request, es: Entities, attrs: set<Attr>)
    requires forall field :: field in fields ==> readsOnly(field.1, attrs)
    ensures evaluateFields(fields, restricted(req, attrs), es) == evaluateFields(fields, req, es)
    decreases fields
  {
    if fields != [] {
      assert fields[0] in fields;
      unreadAttributesChangeNoResult(fields[0].1, req, es, attrs);
      unreadAttributesChangeNoFields(fields[1..], req, es, attrs);
    }
  }
}
