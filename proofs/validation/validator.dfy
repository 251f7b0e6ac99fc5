/* Validator: policies against a schema, in every environment that the schema allows.
   Spec: Cedar.Validation.Validator */

include "typechecker.dfy"
include "../spec/policy.dfy"

module Validator {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Policies
  import opened Types
  import opened Typechecker

  datatype Schema = Schema(ets: map<EntityType, EntitySchemaEntry>, acts: map<EntityUID, ActionSchemaEntry>)

  function method environments(s: Schema): set<TypeEnv> {
    set action, principal, resource |
      action in s.acts && principal in s.acts[action].appliesToPrincipal && resource in s.acts[action].appliesToResource ::
      TypeEnv(s.ets, s.acts, RequestType(principal, action, resource, s.acts[action].context))
  }

  /* An environment knows the action: with the variable replaced, more can be decided. */
  function method substituteAction(uid: EntityUID, x: Expr): Expr
    decreases x
  {
    match x
    case Lit(_) => x
    case Var(v) => if v == Action then Lit(Entity(uid)) else x
    case Ite(test, a, b) => Ite(substituteAction(uid, test), substituteAction(uid, a), substituteAction(uid, b))
    case And(a, b) => And(substituteAction(uid, a), substituteAction(uid, b))
    case Or(a, b) => Or(substituteAction(uid, a), substituteAction(uid, b))
    case UnaryApp(op, arg) => UnaryApp(op, substituteAction(uid, arg))
    case BinaryApp(op, a, b) => BinaryApp(op, substituteAction(uid, a), substituteAction(uid, b))
    case GetAttr(expr, attr) => GetAttr(substituteAction(uid, expr), attr)
    case HasAttr(expr, attr) => HasAttr(substituteAction(uid, expr), attr)
    case SetExpr(elems) => SetExpr(substituteInSeq(uid, elems))
    case RecordExpr(fields) => RecordExpr(substituteInFields(uid, fields))
    case Call(xfn, args) => Call(xfn, substituteInSeq(uid, args))
  }

  function method substituteInSeq(uid: EntityUID, xs: seq<Expr>): seq<Expr>
    decreases xs
  {
    if xs == [] then [] else [substituteAction(uid, xs[0])] + substituteInSeq(uid, xs[1..])
  }

  function method substituteInFields(uid: EntityUID, fields: seq<(Attr, Expr)>): seq<(Attr, Expr)>
    decreases fields
  {
    if fields == [] then []
    else [(fields[0].0, substituteAction(uid, fields[0].1))] + substituteInFields(uid, fields[1..])
  }

  function method typeOfPolicy(p: Policy, env: TypeEnv): Typing {
    typeOf(substituteAction(env.reqty.action, policyToExpr(p)), {}, env)
  }

  predicate method typechecks(p: Policy, env: TypeEnv) { typeOfPolicy(p, env).Typed? && typeOfPolicy(p, env).ty.BoolType? }

  /* Every name in an expression is declared, also where no request can reach. */
  predicate method namesAreDeclared(x: Expr, s: Schema)
    decreases x
  {
    match x
    case Lit(p) => p.Entity? ==> isValidEntityUID(p.uid, anyEnvironment(s))
    case Var(_) => true
    case Ite(test, a, b) => namesAreDeclared(test, s) && namesAreDeclared(a, s) && namesAreDeclared(b, s)
    case And(a, b) => namesAreDeclared(a, s) && namesAreDeclared(b, s)
    case Or(a, b) => namesAreDeclared(a, s) && namesAreDeclared(b, s)
    case UnaryApp(op, arg) => namesAreDeclared(arg, s) && (op.Is? ==> op.ety in s.ets || isActionType(op.ety, anyEnvironment(s)))
    case BinaryApp(_, a, b) => namesAreDeclared(a, s) && namesAreDeclared(b, s)
    case GetAttr(expr, _) => namesAreDeclared(expr, s)
    case HasAttr(expr, _) => namesAreDeclared(expr, s)
    case SetExpr(elems) => forall each :: each in elems ==> namesAreDeclared(each, s)
    case RecordExpr(fields) => forall field :: field in fields ==> namesAreDeclared(field.1, s)
    case Call(_, args) => forall each :: each in args ==> namesAreDeclared(each, s)
  }

  /* For questions that no request type bears upon. */
  function method anyEnvironment(s: Schema): TypeEnv {
    TypeEnv(s.ets, s.acts, RequestType("", EntityUID("", ""), "", map[]))
  }

  predicate method validates(p: Policy, s: Schema) {
    namesAreDeclared(policyToExpr(p), s) && forall env :: env in environments(s) ==> typechecks(p, env)
  }

  predicate method requestIsValid(req: Request, s: Schema) {
    exists env :: env in environments(s) && requestConforms(req, env)
  }

  predicate method entitiesAreValid(es: Entities, s: Schema) {
    forall env :: env in environments(s) ==> entitiesConform(es, env)
  }
}
