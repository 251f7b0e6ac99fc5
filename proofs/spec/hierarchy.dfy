/* Hierarchy: an entity store made of entities as they are given, each with its direct parents.
   A parent counts even when the store does not hold it; what lies above it is then unknown. */

include "entities.dfy"

module Hierarchy {
  import opened Values
  import opened EntityStore

  datatype GivenEntity =
    GivenEntity(uid: EntityUID, attrs: map<Attr, Value>, parents: set<EntityUID>, tags: map<Tag, Value>)

  type Parents = map<EntityUID, set<EntityUID>>

  /* The closure of direct parents. Cycles and differing duplicates are refused before they come here. */
  function method entitiesOf(given: seq<GivenEntity>): Entities { withAncestors(given, parentsOf(given)) }

  function method parentsOf(given: seq<GivenEntity>): Parents {
    if given == [] then map[] else parentsOf(given[1..])[given[0].uid := given[0].parents]
  }

  function method withAncestors(given: seq<GivenEntity>, parents: Parents): Entities {
    if given == [] then map[]
    else
      var e := given[0];
      withAncestors(given[1..], parents)[e.uid := EntityData(e.attrs, ancestors(e.parents, parents), e.tags)]
  }

  function method listed(uid: EntityUID, parents: Parents): set<EntityUID> { if uid in parents then parents[uid] else {} }

  /* What is known to lie above, and all that lies above that. */
  function method ancestors(known: set<EntityUID>, parents: Parents): set<EntityUID>
    decreases |all(parents) - known|
  {
    var next := set uid, parent | uid in known && parent in listed(uid, parents) :: parent;
    if next <= known then known
    else
      fewerLeft(all(parents), known, next);
      ancestors(known + next, parents)
  }

  function method all(parents: Parents): set<EntityUID> {
    set uid, parent | uid in parents && parent in listed(uid, parents) :: parent
  }

  lemma fewerLeft(whole: set<EntityUID>, known: set<EntityUID>, next: set<EntityUID>)
    requires next <= whole && !(next <= known)
    ensures |whole - (known + next)| < |whole - known|
  {
    assert whole - (known + next) < whole - known;
    fewerElements(whole - (known + next), whole - known);
  }

  lemma fewerElements<T>(small: set<T>, large: set<T>)
    requires small < large
    ensures |small| < |large|
  {
    if small != {} {
      var x :| x in small;
      fewerElements(small - {x}, large - {x});
    }
  }
}
