/* Ancestors: what a graph keeps of them, and how it follows the store.
   Twins: codegen/runtime/store/parent-sets.ts, codegen/runtime/graph/graph.ts

   Entities with equal parents share one parent set, an object with a name of its own. A graph keeps the ancestors of each entity that it has met, and those
   below some parent sets. After a change it forgets what the change concerns, and settles the forgotten entities again, parents first. */

include "../spec/hierarchy.dfy"

module IncrementalAncestors {
  import opened Values
  import opened Hierarchy

  /* The name of a parent set. No two that ever lived have the same. */
  type Name = nat

  /* `lists`: the parents of every parent set that there ever was. `setOf`: the set of each entity. */
  datatype Store = Store(lists: map<Name, set<EntityUID>>, setOf: map<EntityUID, Name>)

  predicate wellFormed(st: Store) {
    forall uid :: uid in st.setOf ==> st.setOf[uid] in st.lists
  }

  function parentsIn(st: Store): Parents
    requires wellFormed(st)
  {
    map uid | uid in st.setOf :: st.lists[st.setOf[uid]]
  }

  predicate hasMembers(name: Name, st: Store) {
    exists uid :: uid in st.setOf && st.setOf[uid] == name
  }

  /* An entity gets parents: it joins a set that has members and lists the same, or one that never was. */
  predicate upserted(uid: EntityUID, parents: set<EntityUID>, st: Store, after: Store) {
    exists name: Name ::
      (if name in st.lists then hasMembers(name, st) && st.lists[name] == parents else true) &&
      after == Store(st.lists[name := parents], st.setOf[uid := name])
  }

  predicate removed(uid: EntityUID, st: Store, after: Store) {
    after == Store(st.lists, map each | each in st.setOf && each != uid :: st.setOf[each])
  }

  /* `nodes`: the ancestors of each entity that was met. `shared`: those below a parent set, of some. */
  datatype Graph = Graph(nodes: map<EntityUID, set<EntityUID>>, shared: map<Name, set<EntityUID>>)

  /* Whoever was met and has one of these as a parent is one of them. */
  predicate holdsAllBelow(changed: set<EntityUID>, g: Graph, st: Store)
    requires wellFormed(st)
  {
    forall each :: each in g.nodes && !(listed(each, parentsIn(st)) !! changed) ==> each in changed
  }

  function forgetBelow(changed: set<EntityUID>, left: set<Name>, g: Graph, st: Store): Graph
    requires wellFormed(st)
  {
    var nodes := map uid | uid in g.nodes && uid !in changed :: g.nodes[uid];
    var shared := map name | name in g.shared && !isLost(name, changed, left, st) :: g.shared[name];
    Graph(nodes, shared)
  }

  /* Dropped are the set that the entity left, if it was the last member, and the sets with members that list what changed: no others are looked at. */
  predicate isLost(name: Name, changed: set<EntityUID>, left: set<Name>, st: Store) {
    if hasMembers(name, st) then name in st.lists && !(st.lists[name] !! changed) else name in left
  }

  /* The set that an entity is in. */
  function setsOf(uid: EntityUID, st: Store): set<Name> {
    if uid in st.setOf then {st.setOf[uid]} else {}
  }

  /* Settles entities one by one, each after its parents. What is found is kept for the other members of the set, or not. */
  predicate settled(order: seq<EntityUID>, g: Graph, after: Graph, st: Store)
    requires wellFormed(st)
    decreases |order|
  {
    if order == [] then g == after
    else exists keeps: bool :: settled(order[1..], settle(order[0], keeps, g, st), after, st) && canSettle(order[0], g, st)
  }

  predicate canSettle(uid: EntityUID, g: Graph, st: Store)
    requires wellFormed(st)
  {
    listed(uid, parentsIn(st)) <= g.nodes.Keys
  }

  function settle(uid: EntityUID, keeps: bool, g: Graph, st: Store): Graph
    requires wellFormed(st)
  {
    if uid !in st.setOf then Graph(g.nodes[uid := {}], g.shared)
    else
      var name := st.setOf[uid];
      var found := if name in g.shared then g.shared[name] else above(st.lists[name], g);
      Graph(g.nodes[uid := found], if keeps then g.shared[name := found] else g.shared)
  }

  /* These entities and the ancestors that are known of them. */
  function above(parents: set<EntityUID>, g: Graph): set<EntityUID> {
    parents + set parent, ancestor | parent in parents && parent in g.nodes && ancestor in g.nodes[parent] :: ancestor
  }

  /* A change of one entity, and a graph that follows it. */
  predicate followed(uid: EntityUID, st: Store, st': Store, g: Graph, g': Graph)
    requires wellFormed(st) && wellFormed(st')
  {
    exists changed: set<EntityUID>, order: seq<EntityUID> ::
      (uid in g.nodes && listed(uid, parentsIn(st)) != listed(uid, parentsIn(st')) ==> uid in changed) &&
      changed <= g.nodes.Keys && holdsAllBelow(changed, g, st') &&
      changed == (set each | each in order) &&
      settled(order, forgetBelow(changed, setsOf(uid, st), g, st'), g', st')
  }

  /* What happens to a store and one of its graphs. */
  datatype Step = Upsert(uid: EntityUID, parents: set<EntityUID>) | Remove(uid: EntityUID) | Ask(order: seq<EntityUID>) | Sweep(uid: EntityUID)

  predicate steps(step: Step, st: Store, st': Store, g: Graph, g': Graph)
    requires wellFormed(st) && wellFormed(st')
  {
    match step
    case Upsert(uid, parents) => upserted(uid, parents, st, st') && followed(uid, st, st', g, g')
    case Remove(uid) => removed(uid, st, st') && followed(uid, st, st', g, g')
    case Ask(order) => st == st' && settled(order, g, g', st)
    case Sweep(uid) => st == st' && !isMentioned(uid, st) && g' == Graph(map each | each in g.nodes && each != uid :: g.nodes[each], g.shared)
  }

  predicate isMentioned(uid: EntityUID, st: Store) {
    uid in st.setOf || exists name: Name :: name in st.lists && hasMembers(name, st) && uid in st.lists[name]
  }
}
