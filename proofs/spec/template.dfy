/* Templates: policies with slots in their scopes, and links, which fill the slots.
   Spec: Cedar.Spec.Template */

include "policy.dfy"

module Templates {
  import opened Values
  import opened Policies

  type SlotID = string

  type SlotEnv = map<SlotID, EntityUID>

  datatype EntityUIDOrSlot = EntityUIDOf(entity: EntityUID) | Slot(id: SlotID)

  datatype ScopeTemplate =
    | TemplateAny
    | TemplateEq(entityOrSlot: EntityUIDOrSlot)
    | TemplateMem(entityOrSlot: EntityUIDOrSlot)
    | TemplateIs(ety: EntityType)
    | TemplateIsMem(ety: EntityType, entityOrSlot: EntityUIDOrSlot)

  datatype Template = Template(
    effect: Effect,
    principalScope: ScopeTemplate,
    actionScope: ActionScope,
    resourceScope: ScopeTemplate,
    conditions: seq<Condition>)

  function method linkEntity(e: EntityUIDOrSlot, env: SlotEnv): Option<EntityUID> {
    match e
    case EntityUIDOf(entity) => Some(entity)
    case Slot(id) => if id in env then Some(env[id]) else None
  }

  function method linkScope(s: ScopeTemplate, env: SlotEnv): Option<Scope> {
    match s
    case TemplateAny => Some(ScopeAny)
    case TemplateIs(ety) => Some(ScopeIs(ety))
    case TemplateEq(e) => (match linkEntity(e, env) case None => None case Some(uid) => Some(ScopeEq(uid)))
    case TemplateMem(e) => (match linkEntity(e, env) case None => None case Some(uid) => Some(ScopeMem(uid)))
    case TemplateIsMem(ety, e) => (match linkEntity(e, env) case None => None case Some(uid) => Some(ScopeIsMem(ety, uid)))
  }

  /* None when a slot has no value. */
  function method link(t: Template, id: PolicyID, env: SlotEnv): Option<Policy> {
    match linkScope(t.principalScope, env)
    case None => None
    case Some(principalScope) =>
      match linkScope(t.resourceScope, env)
      case None => None
      case Some(resourceScope) => Some(Policy(id, t.effect, principalScope, t.actionScope, resourceScope, t.conditions))
  }
}
