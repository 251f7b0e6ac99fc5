/* Links: a template with a row of slot values, as the compiled program keeps them, answers like the policy that substitution makes.

   The compiled program has one function for a template and a table with a row for each link. `rowResult` is that function: the scopes
   are decided by the uids of the row, and no policy is ever made. */

include "../spec/template.dfy"
include "scope.dfy"

module LinkTheorems {
  import opened Values
  import opened Exprs
  import opened EntityStore
  import opened Evaluator
  import opened Policies
  import opened Templates
  import opened Authorizer
  import opened ScopeTheorems

  predicate hasValue(e: EntityUIDOrSlot, env: SlotEnv) { e.EntityUIDOf? || e.id in env }

  predicate hasValues(s: ScopeTemplate, env: SlotEnv) {
    s.TemplateAny? || s.TemplateIs? || hasValue(s.entityOrSlot, env)
  }

  function row(e: EntityUIDOrSlot, env: SlotEnv): EntityUID
    requires hasValue(e, env)
  {
    if e.EntityUIDOf? then e.entity else env[e.id]
  }

  predicate scopeHolds(s: ScopeTemplate, env: SlotEnv, uid: EntityUID, es: Entities)
    requires hasValues(s, env)
  {
    match s
    case TemplateAny => true
    case TemplateEq(e) => uid == row(e, env)
    case TemplateMem(e) => inE(uid, row(e, env), es)
    case TemplateIs(ety) => uid.ty == ety
    case TemplateIsMem(ety, e) => uid.ty == ety && inE(uid, row(e, env), es)
  }

  function rowResult(t: Template, env: SlotEnv, req: Request, es: Entities): Result<Value>
    requires hasValues(t.principalScope, env) && hasValues(t.resourceScope, env)
  {
    if scopeHolds(t.principalScope, env, req.principal, es)
      && inActionScope(t.actionScope, req.action, es)
      && scopeHolds(t.resourceScope, env, req.resource, es)
    then evaluateBool(conditionsToExpr(t.conditions), req, es)
    else Ok(Bool(false))
  }

  lemma linksEqualTheirSubstitutedPolicies(t: Template, id: PolicyID, env: SlotEnv, req: Request, es: Entities)
    requires hasValues(t.principalScope, env) && hasValues(t.resourceScope, env)
    ensures link(t, id, env).Some?
    ensures rowResult(t, env, req, es) == result(link(t, id, env).value, req, es)
  {
    policyIsItsScopesThenItsConditions(link(t, id, env).value, req, es);
  }

  lemma linkNeedsEveryValue(t: Template, id: PolicyID, env: SlotEnv)
    ensures link(t, id, env).Some? <==> hasValues(t.principalScope, env) && hasValues(t.resourceScope, env)
  {
  }
}
