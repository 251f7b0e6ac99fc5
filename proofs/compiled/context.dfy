/* Context: only the attributes that some policy reads are taken over from a request's context.
   Twins: codegen/compile.ts (contextAttributes), src/engine/request-input.ts (partialContext) */

include "../spec/authorizer.dfy"

module PartialContext {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Policies

  /* The context occurs as `context.a` or `context has a` alone, for `a` of `attrs`. */
  predicate readsOnly(x: Expr, attrs: set<Attr>)
    decreases x
  {
    match x
    case Lit(_) => true
    case Var(v) => v != Context
    case GetAttr(expr, a) => if expr == Var(Context) then a in attrs else readsOnly(expr, attrs)
    case HasAttr(expr, a) => if expr == Var(Context) then a in attrs else readsOnly(expr, attrs)
    case Ite(test, a, b) => readsOnly(test, attrs) && readsOnly(a, attrs) && readsOnly(b, attrs)
    case And(a, b) => readsOnly(a, attrs) && readsOnly(b, attrs)
    case Or(a, b) => readsOnly(a, attrs) && readsOnly(b, attrs)
    case UnaryApp(_, arg) => readsOnly(arg, attrs)
    case BinaryApp(_, a, b) => readsOnly(a, attrs) && readsOnly(b, attrs)
    case SetExpr(elems) => forall each :: each in elems ==> readsOnly(each, attrs)
    case RecordExpr(fields) => forall field :: field in fields ==> readsOnly(field.1, attrs)
    case Call(_, args) => forall each :: each in args ==> readsOnly(each, attrs)
  }

  predicate policyReadsOnly(p: Policy, attrs: set<Attr>) { readsOnly(policyToExpr(p), attrs) }

  function restricted(req: Request, attrs: set<Attr>): Request {
    req.(context := map a | a in req.context && a in attrs :: req.context[a])
  }
}
