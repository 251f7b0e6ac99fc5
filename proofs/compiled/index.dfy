/* Index: where a compiled policy set files each policy, and where it looks for a request.
   Twins: codegen/slice/bound.ts, codegen/runtime/table.ts */

include "../spec/authorizer.dfy"

module PolicyIndex {
  import opened Values
  import opened EntityStore
  import opened Policies

  /* What a scope demands of its entity, as a key of the table: nothing, to be an entity, or to be it or below it. */
  datatype Key = AnyEntity | At(uid: EntityUID) | AtOrBelow(uid: EntityUID)

  datatype Drawer = Drawer(action: Key, principal: Key, resource: Key)

  type Table = map<Drawer, seq<Policy>>

  function scopeKey(s: Scope): Key {
    match s
    case ScopeAny => AnyEntity
    case ScopeEq(entity) => At(entity)
    case ScopeMem(entity) => AtOrBelow(entity)
    case ScopeIs(_) => AnyEntity /* the type is left to the policy's code */
    case ScopeIsMem(_, entity) => AtOrBelow(entity)
  }

  function actionKeys(s: ActionScope): seq<Key> {
    match s
    case ActionScope(scope) => [scopeKey(scope)]
    case ActionInAny(entities) => keysOf(entities)
  }

  function keysOf(entities: seq<EntityUID>): seq<Key>
    ensures forall k :: k in keysOf(entities) <==> k.AtOrBelow? && k.uid in entities
  {
    if entities == [] then [] else [AtOrBelow(entities[0])] + keysOf(entities[1..])
  }

  function file(ps: seq<Policy>): Table {
    if ps == [] then map[] else fileUnder(ps[0], actionKeys(ps[0].actionScope), file(ps[1..]))
  }

  /* A policy whose action scope lists several actions is filed under each. */
  function fileUnder(p: Policy, actions: seq<Key>, index: Table): Table {
    if actions == [] then index
    else
      var drawer := Drawer(actions[0], scopeKey(p.principalScope), scopeKey(p.resourceScope));
      var rest := fileUnder(p, actions[1..], index);
      rest[drawer := [p] + if drawer in rest then rest[drawer] else []]
  }

  /* What is filed below an entity is found from itself and from each of its descendants. */
  predicate fits(key: Key, uid: EntityUID, es: Entities) {
    match key
    case AnyEntity => true
    case At(entity) => entity == uid
    case AtOrBelow(entity) => entity == uid || entity in dataOrEmpty(uid, es).ancestors
  }

  predicate opens(drawer: Drawer, req: Request, es: Entities) {
    fits(drawer.action, req.action, es) && fits(drawer.principal, req.principal, es) && fits(drawer.resource, req.resource, es)
  }

  predicate finds(index: Table, p: Policy, req: Request, es: Entities) {
    exists drawer :: drawer in index && opens(drawer, req, es) && p in index[drawer]
  }
}
