/* Decision alone: stopping early decides as the full answer does. */

include "../compiled/early-exit.dfy"
include "authorization.dfy"
include "sound-slice.dfy"

module DecisionAloneTheorems {
  import opened EntityStore
  import opened Policies
  import opened Authorizer
  import opened EarlyExit
  import opened AuthorizationTheorems
  import opened PolicyIndex
  import opened SoundSliceTheorems

  lemma decisionAloneAgreesWithTheFullAnswer(req: Request, es: Entities, ps: seq<Policy>)
    ensures decide(req, es, ps) == isAuthorized(req, es, ps).decision
  {
    anySatisfiedMeansOneIs(Forbid, ps, req, es);
    anySatisfiedMeansOneIs(Permit, ps, req, es);
    allowedIffPermittedAndNotForbidden(req, es, ps);
  }

  /* Both short cuts together: what the compiled program does. */
  lemma decisionAloneOverTheIndexAgreesWithTheFullAnswer(req: Request, es: Entities, ps: seq<Policy>, slice: seq<Policy>)
    requires forall p :: p in slice <==> finds(file(ps), p, req, es)
    ensures decide(req, es, slice) == isAuthorized(req, es, ps).decision
  {
    whatTheIndexFindsIsASoundSlice(slice, ps, req, es);
    decisionAloneAgreesWithTheFullAnswer(req, es, slice);
  }

  lemma anySatisfiedMeansOneIs(effect: Effect, ps: seq<Policy>, req: Request, es: Entities)
    ensures anySatisfied(effect, ps, req, es) <==> exists p :: p in ps && p.effect == effect && satisfied(p, req, es)
  {
    if ps != [] {
      anySatisfiedMeansOneIs(effect, ps[1..], req, es);
    }
  }
}
