/* Sound slice: asking only the policies that the index finds gives the whole answer.
   Spec: Cedar.Thm.PolicySlice: isAuthorized_eq_for_sound_policy_slice, sound_bound_analysis_produces_sound_slices */

include "../compiled/index.dfy"
include "scope.dfy"

module SoundSliceTheorems {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Policies
  import opened Evaluator
  import opened Authorizer
  import opened PolicyIndex
  import opened ScopeTheorems

  /* What a slice leaves out is neither satisfied nor erring. */
  predicate isSoundSlice(slice: seq<Policy>, ps: seq<Policy>, req: Request, es: Entities) {
    (forall p :: p in slice ==> p in ps) &&
    (forall p :: p in ps && p !in slice ==> !satisfied(p, req, es) && !hasError(p, req, es))
  }

  lemma soundSliceKeepsTheAnswer(slice: seq<Policy>, ps: seq<Policy>, req: Request, es: Entities)
    requires isSoundSlice(slice, ps, req, es)
    ensures isAuthorized(req, es, slice) == isAuthorized(req, es, ps)
  {
    assert satisfiedPolicies(Permit, slice, req, es) == satisfiedPolicies(Permit, ps, req, es);
    assert satisfiedPolicies(Forbid, slice, req, es) == satisfiedPolicies(Forbid, ps, req, es);
    assert errorPolicies(slice, req, es) == errorPolicies(ps, req, es);
  }

  lemma whatTheIndexFindsIsASoundSlice(slice: seq<Policy>, ps: seq<Policy>, req: Request, es: Entities)
    requires forall p :: p in slice <==> finds(file(ps), p, req, es)
    ensures isSoundSlice(slice, ps, req, es)
    ensures isAuthorized(req, es, slice) == isAuthorized(req, es, ps)
  {
    forall p | p in slice ensures p in ps {
      everyDrawerHoldsPolicies(ps);
    }
    forall p | p in ps && p !in slice ensures !satisfied(p, req, es) && !hasError(p, req, es) {
      if inScopes(p, req, es) {
        indexFindsWhatIsInScope(p, ps, req, es);
      }
      policyIsItsScopesThenItsConditions(p, req, es);
    }
    soundSliceKeepsTheAnswer(slice, ps, req, es);
  }

  /* The index settles the action: the code of a policy that it finds need not test it again. */
  lemma settledActionNeedsNoTest(p: Policy, req: Request, es: Entities)
    requires inActionScope(p.actionScope, req.action, es)
    ensures result(p, req, es) == evaluate(
      And(scopeToExpr(p.principalScope, Principal), And(scopeToExpr(p.resourceScope, Resource), conditionsToExpr(p.conditions))),
      req, es)
  {
    var last := And(scopeToExpr(p.resourceScope, Resource), conditionsToExpr(p.conditions));
    actionScopeIsItsExpression(p.actionScope, req, es);
    var rest := And(actionScopeToExpr(p.actionScope), last);
    assert evaluate(rest, req, es) == evaluateBool(last, req, es) == evaluate(last, req, es);
    var principal := scopeToExpr(p.principalScope, Principal);
    assert policyToExpr(p) == And(principal, rest);
    assert evaluate(And(principal, rest), req, es) == evaluate(And(principal, last), req, es);
  }

  lemma indexFindsWhatIsInScope(p: Policy, ps: seq<Policy>, req: Request, es: Entities)
    requires p in ps && inScopes(p, req, es)
    ensures finds(file(ps), p, req, es)
  {
    var action := keyThatFits(p.actionScope, req.action, es);
    var drawer := drawerOf(p, action);
    everyPolicyIsFiled(ps, p, action);
    assert opens(drawer, req, es);
  }

  lemma keyThatFits(s: ActionScope, uid: EntityUID, es: Entities) returns (key: Key)
    requires inActionScope(s, uid, es)
    ensures key in actionKeys(s) && fits(key, uid, es)
  {
    match s
    case ActionScope(scope) => key := scopeKey(scope);
    case ActionInAny(entities) =>
      var entity :| entity in entities && inE(uid, entity, es);
      key := AtOrBelow(entity);
  }

  function drawerOf(p: Policy, action: Key): Drawer {
    Drawer(action, scopeKey(p.principalScope), scopeKey(p.resourceScope))
  }

  lemma everyPolicyIsFiled(ps: seq<Policy>, p: Policy, action: Key)
    requires p in ps && action in actionKeys(p.actionScope)
    ensures drawerOf(p, action) in file(ps) && p in file(ps)[drawerOf(p, action)]
  {
    filingKeeps(ps[0], actionKeys(ps[0].actionScope), file(ps[1..]));
    if p != ps[0] {
      everyPolicyIsFiled(ps[1..], p, action);
    }
  }

  lemma filingKeeps(p: Policy, actions: seq<Key>, index: Table)
    ensures forall d :: d in index ==> d in fileUnder(p, actions, index)
    ensures forall d, q :: d in index && q in index[d] ==> q in fileUnder(p, actions, index)[d]
    ensures forall a :: a in actions ==> drawerOf(p, a) in fileUnder(p, actions, index)
    ensures forall a :: a in actions ==> p in fileUnder(p, actions, index)[drawerOf(p, a)]
    ensures forall d, q :: d in fileUnder(p, actions, index) && q in fileUnder(p, actions, index)[d] ==>
      q == p || (d in index && q in index[d])
  {
  }

  lemma everyDrawerHoldsPolicies(ps: seq<Policy>)
    ensures forall d, p :: d in file(ps) && p in file(ps)[d] ==> p in ps
  {
    if ps != [] {
      everyDrawerHoldsPolicies(ps[1..]);
      filingKeeps(ps[0], actionKeys(ps[0].actionScope), file(ps[1..]));
      forall d, p | d in file(ps) && p in file(ps)[d] ensures p in ps {
        assert p == ps[0] || (d in file(ps[1..]) && p in file(ps[1..])[d]);
        assert p == ps[0] || p in ps[1..];
      }
    }
  }
}
