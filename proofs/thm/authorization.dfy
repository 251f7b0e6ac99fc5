/* The laws of authorization.
   Spec: Cedar.Thm.Authorization */

include "../spec/authorizer.dfy"

module AuthorizationTheorems {
  import opened Values
  import opened EntityStore
  import opened Policies
  import opened Authorizer

  predicate isExplicitlyPermitted(req: Request, es: Entities, ps: seq<Policy>) {
    exists p :: p in ps && p.effect == Permit && satisfied(p, req, es)
  }

  predicate isExplicitlyForbidden(req: Request, es: Entities, ps: seq<Policy>) {
    exists p :: p in ps && p.effect == Forbid && satisfied(p, req, es)
  }

  lemma allowedOnlyIfExplicitlyPermitted(req: Request, es: Entities, ps: seq<Policy>)
    requires isAuthorized(req, es, ps).decision == Allow
    ensures isExplicitlyPermitted(req, es, ps)
  {
    satisfiedPoliciesHoldsTheSatisfied(Permit, ps, req, es);
  }

  lemma forbidOverridesPermit(req: Request, es: Entities, ps: seq<Policy>)
    requires isExplicitlyForbidden(req, es, ps)
    ensures isAuthorized(req, es, ps).decision == Deny
  {
    satisfiedPoliciesHoldsTheSatisfied(Forbid, ps, req, es);
  }

  lemma defaultDeny(req: Request, es: Entities, ps: seq<Policy>)
    requires !isExplicitlyPermitted(req, es, ps)
    ensures isAuthorized(req, es, ps).decision == Deny
  {
    satisfiedPoliciesHoldsTheSatisfied(Permit, ps, req, es);
  }

  /* Both directions in one: this is all that decides. */
  lemma allowedIffPermittedAndNotForbidden(req: Request, es: Entities, ps: seq<Policy>)
    ensures isAuthorized(req, es, ps).decision == Allow <==>
      isExplicitlyPermitted(req, es, ps) && !isExplicitlyForbidden(req, es, ps)
  {
    satisfiedPoliciesHoldsTheSatisfied(Permit, ps, req, es);
    satisfiedPoliciesHoldsTheSatisfied(Forbid, ps, req, es);
  }

  /* Neither order nor repetition of policies matters. */
  lemma answerDependsOnlyOnTheSetOfPolicies(req: Request, es: Entities, ps: seq<Policy>, qs: seq<Policy>)
    requires forall p :: p in ps <==> p in qs
    ensures isAuthorized(req, es, ps) == isAuthorized(req, es, qs)
  {
    assert satisfiedPolicies(Permit, ps, req, es) == satisfiedPolicies(Permit, qs, req, es);
    assert satisfiedPolicies(Forbid, ps, req, es) == satisfiedPolicies(Forbid, qs, req, es);
    assert errorPolicies(ps, req, es) == errorPolicies(qs, req, es);
  }

  /* A policy without a value changes nothing but the list of errors. */
  lemma erringPolicyCountsAsNotSatisfied(req: Request, es: Entities, ps: seq<Policy>, erring: Policy)
    requires hasError(erring, req, es)
    ensures isAuthorized(req, es, ps + [erring]).decision == isAuthorized(req, es, ps).decision
    ensures isAuthorized(req, es, ps + [erring]).determiningPolicies == isAuthorized(req, es, ps).determiningPolicies
    ensures isAuthorized(req, es, ps + [erring]).errors
      == isAuthorized(req, es, ps).errors + {PolicyError(erring.id, result(erring, req, es).error)}
  {
    var qs := ps + [erring];
    assert satisfiedPolicies(Permit, ps, req, es) == satisfiedPolicies(Permit, qs, req, es);
    assert satisfiedPolicies(Forbid, ps, req, es) == satisfiedPolicies(Forbid, qs, req, es);
    var error := PolicyError(erring.id, result(erring, req, es).error);
    assert erring in qs;
    assert error in errorPolicies(qs, req, es);
    assert errorPolicies(qs, req, es) == errorPolicies(ps, req, es) + {error};
  }

  lemma addingAForbidNeverAllows(req: Request, es: Entities, ps: seq<Policy>, forbid: Policy)
    requires forbid.effect == Forbid && isAuthorized(req, es, ps).decision == Deny
    ensures isAuthorized(req, es, ps + [forbid]).decision == Deny
  {
    allowedIffPermittedAndNotForbidden(req, es, ps);
    allowedIffPermittedAndNotForbidden(req, es, ps + [forbid]);
  }

  lemma addingAPermitNeverDenies(req: Request, es: Entities, ps: seq<Policy>, permit: Policy)
    requires permit.effect == Permit && isAuthorized(req, es, ps).decision == Allow
    ensures isAuthorized(req, es, ps + [permit]).decision == Allow
  {
    allowedIffPermittedAndNotForbidden(req, es, ps);
    allowedIffPermittedAndNotForbidden(req, es, ps + [permit]);
  }

  /* What determines an answer is of the answer's effect, and satisfied. */
  lemma determiningPoliciesAreSatisfied(req: Request, es: Entities, ps: seq<Policy>, id: PolicyID)
    requires id in isAuthorized(req, es, ps).determiningPolicies
    ensures exists p :: p in ps && p.id == id && satisfied(p, req, es) &&
      p.effect == (if isAuthorized(req, es, ps).decision == Allow then Permit else Forbid)
  {
  }

  lemma satisfiedPoliciesHoldsTheSatisfied(effect: Effect, ps: seq<Policy>, req: Request, es: Entities)
    ensures satisfiedPolicies(effect, ps, req, es) != {} <==>
      exists p :: p in ps && p.effect == effect && satisfied(p, req, es)
  {
    forall p | p in ps && p.effect == effect && satisfied(p, req, es)
      ensures p.id in satisfiedPolicies(effect, ps, req, es)
    {
    }
    if satisfiedPolicies(effect, ps, req, es) != {} {
      var id :| id in satisfiedPolicies(effect, ps, req, es);
    }
  }
}
