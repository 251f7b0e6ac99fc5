/* Authorizer: what all policies together answer to one request.
   Spec: Cedar.Spec.Authorizer, Cedar.Spec.Response */

include "policy.dfy"
include "evaluator.dfy"

module Authorizer {
  import opened Values
  import opened EntityStore
  import opened Evaluator
  import opened Policies

  datatype Decision = Allow | Deny

  datatype PolicyError = PolicyError(id: PolicyID, error: Error)

  datatype Response = Response(decision: Decision, determiningPolicies: set<PolicyID>, errors: set<PolicyError>)

  function method result(p: Policy, req: Request, es: Entities): Result<Value> { evaluate(policyToExpr(p), req, es) }

  predicate method satisfied(p: Policy, req: Request, es: Entities) { result(p, req, es) == Ok(Bool(true)) }

  predicate method hasError(p: Policy, req: Request, es: Entities) { result(p, req, es).Err? }

  function method satisfiedPolicies(effect: Effect, ps: seq<Policy>, req: Request, es: Entities): set<PolicyID> {
    set p | p in ps && p.effect == effect && satisfied(p, req, es) :: p.id
  }

  function method errorPolicies(ps: seq<Policy>, req: Request, es: Entities): set<PolicyError> {
    set p | p in ps && hasError(p, req, es) :: PolicyError(p.id, result(p, req, es).error)
  }

  function method isAuthorized(req: Request, es: Entities, ps: seq<Policy>): Response {
    var forbids := satisfiedPolicies(Forbid, ps, req, es);
    var permits := satisfiedPolicies(Permit, ps, req, es);
    var errors := errorPolicies(ps, req, es);
    if forbids == {} && permits != {} then Response(Allow, permits, errors) else Response(Deny, forbids, errors)
  }
}
