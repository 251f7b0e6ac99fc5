/* Expressions: the dozen kinds that all of the policy language is made of.
   Spec: Cedar.Spec.Expr */

include "ext-fun.dfy"
include "wildcard.dfy"

module Exprs {
  import opened Values
  import opened Wildcard
  import opened ExtFuns

  datatype Var = Principal | Action | Resource | Context

  datatype UnaryOp = Not | Neg | IsEmpty | Like(p: Pattern) | Is(ety: EntityType)

  datatype BinaryOp =
    | Eq | Mem | HasTag | GetTag | Less | LessEq | Add | Sub | Mul | Contains | ContainsAll | ContainsAny

  datatype Expr =
    | Lit(p: Prim)
    | Var(v: Var)
    | Ite(test: Expr, thenExpr: Expr, elseExpr: Expr)
    | And(a: Expr, b: Expr)
    | Or(a: Expr, b: Expr)
    | UnaryApp(op1: UnaryOp, arg: Expr)
    | BinaryApp(op2: BinaryOp, a: Expr, b: Expr)
    | GetAttr(expr: Expr, attr: Attr)
    | HasAttr(expr: Expr, attr: Attr)
    | SetExpr(elems: seq<Expr>)
    | RecordExpr(fields: seq<(Attr, Expr)>) /* in the order of `before`, names unique */
    | Call(xfn: ExtFun, args: seq<Expr>)

  /* A record expression of fields in any order. The order of evaluation, and so which error is met first, is that of the names' code points. */
  function method recordOf(fields: seq<(Attr, Expr)>): Expr { RecordExpr(sorted(fields)) }

  function method sorted(fields: seq<(Attr, Expr)>): seq<(Attr, Expr)> {
    if fields == [] then [] else insert(fields[0], sorted(fields[1..]))
  }

  function method insert(field: (Attr, Expr), fields: seq<(Attr, Expr)>): seq<(Attr, Expr)> {
    if fields == [] || !before(fields[0].0, field.0) then [field] + fields else [fields[0]] + insert(field, fields[1..])
  }

  predicate method before(a: Attr, b: Attr) {
    b != [] && (a == [] || rank(a[0]) < rank(b[0]) || (a[0] == b[0] && before(a[1..], b[1..])))
  }

  /* Characters are UTF-16 code units here: surrogates stand for code points above all others. */
  function method rank(c: char): int {
    if 0xd800 <= c as int < 0xe000 then c as int + 0x10000 else c as int
  }
}
