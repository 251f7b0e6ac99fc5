/* Filter: a policy as a condition of a database, in negation normal form over atoms that may be NULL.
   Twins: src/filter/condition.ts, connective.ts, translate.ts, clauses.ts */

include "../spec/authorizer.dfy"

module Filter {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Policies
  import opened Authorizer

  /* What SQL knows of a condition. */
  datatype Truth = Yes | No | Null

  /* An atom is an expression that is no connective, or the same with the complementary operator; both are NULL where the expression errs. */
  datatype RowCondition =
    | Constant(value: bool)
    | Atom(x: Expr, negated: bool)
    | IsNull(x: Expr, negated: bool)
    | All(a: RowCondition, b: RowCondition)
    | Any(a: RowCondition, b: RowCondition)

  function truth(c: RowCondition, req: Request, es: Entities): Truth {
    match c
    case Constant(value) => if value then Yes else No
    case Atom(x, negated) =>
      var v := evaluate(x, req, es);
      if v.Err? then Null else if (v.value == Bool(true)) != negated then Yes else No
    case IsNull(x, negated) => if evaluate(x, req, es).Err? != negated then Yes else No
    case All(a, b) =>
      var (s, t) := (truth(a, req, es), truth(b, req, es));
      if s == No || t == No then No else if s == Null || t == Null then Null else Yes
    case Any(a, b) =>
      var (s, t) := (truth(a, req, es), truth(b, req, es));
      if s == Yes || t == Yes then Yes else if s == Null || t == Null then Null else No
  }

  /* The rows of a `WHERE`: those for which it is not false, and not NULL either. */
  predicate passes(c: RowCondition, req: Request, es: Entities) { truth(c, req, es) == Yes }

  /* Constants are folded away. */
  function all(a: RowCondition, b: RowCondition): RowCondition {
    if a == Constant(true) then b else if b == Constant(true) then a
    else if a == Constant(false) || b == Constant(false) then Constant(false) else All(a, b)
  }

  function any(a: RowCondition, b: RowCondition): RowCondition {
    if a == Constant(false) then b else if b == Constant(false) then a
    else if a == Constant(true) || b == Constant(true) then Constant(true) else Any(a, b)
  }

  /* There is no "not": the atoms change, and what is NULL becomes true. */
  function complement(c: RowCondition): RowCondition {
    match c
    case Constant(value) => Constant(!value)
    case Atom(x, negated) => any(Atom(x, !negated), IsNull(x, false))
    case IsNull(x, negated) => IsNull(x, !negated)
    case All(a, b) => any(complement(a), complement(b))
    case Any(a, b) => all(complement(a), complement(b))
  }

  predicate isBoolLit(x: Expr) { x.Lit? && x.p.Bool? }

  predicate isNot(x: Expr) { x.UnaryApp? && x.op1 == Not }

  function yes(x: Expr): RowCondition
    decreases x, 0
  {
    if isBoolLit(x) then Constant(x.p.b)
    else if isNot(x) then no(x.arg)
    else if x.And? then all(yes(x.a), yes(x.b))
    else if x.Or? then any(yes(x.a), all(defined(x.a), yes(x.b)))
    else if x.Ite? then any(all(yes(x.test), yes(x.thenExpr)), all(no(x.test), yes(x.elseExpr)))
    else Atom(x, false)
  }

  function no(x: Expr): RowCondition
    decreases x, 0
  {
    if isBoolLit(x) then Constant(!x.p.b)
    else if isNot(x) then yes(x.arg)
    else if x.And? then any(no(x.a), all(defined(x.a), no(x.b)))
    else if x.Or? then all(no(x.a), no(x.b))
    else if x.Ite? then any(all(yes(x.test), no(x.thenExpr)), all(no(x.test), no(x.elseExpr)))
    else Atom(x, true)
  }

  /* Where the expression does not err: constant where it cannot. */
  function defined(x: Expr): RowCondition
    decreases x, 0
  {
    if isBoolLit(x) then Constant(true)
    else if isNot(x) then defined(x.arg)
    else if x.And? then all(defined(x.a), any(no(x.a), defined(x.b)))
    else if x.Or? then all(defined(x.a), any(yes(x.a), defined(x.b)))
    else if x.Ite? then any(all(yes(x.test), defined(x.thenExpr)), all(no(x.test), defined(x.elseExpr)))
    else IsNull(x, true)
  }

  /* Some permit holds, and no forbid does; one that errs does not hold. */
  function filter(ps: seq<Policy>): RowCondition { all(somePermit(ps), noForbid(ps)) }

  function somePermit(ps: seq<Policy>): RowCondition {
    if ps == [] then Constant(false)
    else if ps[0].effect == Permit then any(yes(policyToExpr(ps[0])), somePermit(ps[1..])) else somePermit(ps[1..])
  }

  function noForbid(ps: seq<Policy>): RowCondition {
    if ps == [] then Constant(true)
    else if ps[0].effect == Forbid then all(complement(yes(policyToExpr(ps[0]))), noForbid(ps[1..])) else noForbid(ps[1..])
  }
}
