/* Entities and requests. What the entity store says of an entity that it does not hold: nothing.
   Spec: Cedar.Spec.Entities, Cedar.Spec.Request */

include "value.dfy"

module EntityStore {
  import opened Values

  datatype EntityData = EntityData(attrs: map<Attr, Value>, ancestors: set<EntityUID>, tags: map<Tag, Value>)

  type Entities = map<EntityUID, EntityData>

  datatype Request = Request(principal: EntityUID, action: EntityUID, resource: EntityUID, context: map<Attr, Value>)

  const UNKNOWN := EntityData(map[], {}, map[])

  function method dataOrEmpty(uid: EntityUID, es: Entities): EntityData { if uid in es then es[uid] else UNKNOWN }

  function method data(uid: EntityUID, es: Entities): Result<EntityData> {
    if uid in es then Ok(es[uid]) else Err(EntityDoesNotExist)
  }
}
