/* Early exit: the decision alone. Forbids are asked first; the first that is satisfied denies. Then the first satisfied permit allows.
   Twin: the decision entry point that codegen/emit makes */

include "../spec/authorizer.dfy"

module EarlyExit {
  import opened Values
  import opened EntityStore
  import opened Policies
  import opened Authorizer

  function method decide(req: Request, es: Entities, ps: seq<Policy>): Decision {
    if anySatisfied(Forbid, ps, req, es) then Deny
    else if anySatisfied(Permit, ps, req, es) then Allow
    else Deny
  }

  /* Stops at the first. */
  predicate method anySatisfied(effect: Effect, ps: seq<Policy>, req: Request, es: Entities) {
    ps != [] && ((ps[0].effect == effect && satisfied(ps[0], req, es)) || anySatisfied(effect, ps[1..], req, es))
  }
}
