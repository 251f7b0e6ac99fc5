/* Whatever changes and whatever is asked in between, a graph has the ancestors that the data have. */

include "../compiled/ancestors.dfy"
include "hierarchy.dfy"

module AncestorTheorems {
  import opened Values
  import opened Hierarchy
  import opened HierarchyTheorems
  import opened IncrementalAncestors

  /* All that a graph keeps is what computing it from the data gives. */
  predicate isRight(g: Graph, st: Store)
    requires wellFormed(st)
  {
    (forall uid :: uid in g.nodes ==>
      listed(uid, parentsIn(st)) <= g.nodes.Keys && g.nodes[uid] == ancestors(listed(uid, parentsIn(st)), parentsIn(st))) &&
    (forall name :: name in g.shared ==>
      name in st.lists && hasMembers(name, st) && st.lists[name] <= g.nodes.Keys &&
      g.shared[name] == ancestors(st.lists[name], parentsIn(st)))
  }

  lemma followingEqualsRecomputing(history: seq<(Store, Graph)>, events: seq<Step>)
    requires |history| == |events| + 1
    requires forall i :: 0 <= i < |history| ==> wellFormed(history[i].0)
    requires history[0].1 == Graph(map[], map[])
    requires forall i :: 0 <= i < |events| ==> steps(events[i], history[i].0, history[i + 1].0, history[i].1, history[i + 1].1)
    ensures isRight(history[|events|].1, history[|events|].0)
    decreases |events|
  {
    if events != [] {
      var last := |events| - 1;
      followingEqualsRecomputing(history[..|events|], events[..last]);
      everyStepKeepsItRight(events[last], history[last].0, history[last + 1].0, history[last].1, history[last + 1].1);
    }
  }

  lemma everyStepKeepsItRight(step: Step, st: Store, st': Store, g: Graph, g': Graph)
    requires wellFormed(st) && wellFormed(st') && isRight(g, st) && steps(step, st, st', g, g')
    ensures isRight(g', st')
  {
    match step
    case Upsert(uid, parents) => followingKeepsItRight(uid, st, st', g, g');
    case Remove(uid) => followingKeepsItRight(uid, st, st', g, g');
    case Ask(order) => settlingKeepsItRight(order, g, g', st);
    case Sweep(uid) =>
  }

  /* One entity has other parents, and other sets have the members that they had. */
  predicate changesOnly(uid: EntityUID, st: Store, st': Store)
    requires wellFormed(st) && wellFormed(st')
  {
    (forall each :: each != uid ==> (each in st.setOf <==> each in st'.setOf) && (each in st.setOf ==> st.setOf[each] == st'.setOf[each])) &&
    (forall name :: name in st.lists ==> name in st'.lists && (hasMembers(name, st) ==> st.lists[name] == st'.lists[name]))
  }

  lemma followingKeepsItRight(uid: EntityUID, st: Store, st': Store, g: Graph, g': Graph)
    requires wellFormed(st) && wellFormed(st') && isRight(g, st) && changesOnly(uid, st, st') && followed(uid, st, st', g, g')
    ensures isRight(g', st')
  {
    var changed, order :|
      (uid in g.nodes && listed(uid, parentsIn(st)) != listed(uid, parentsIn(st')) ==> uid in changed) &&
      changed <= g.nodes.Keys && holdsAllBelow(changed, g, st') &&
      changed == (set each | each in order) &&
      settled(order, forgetBelow(changed, setsOf(uid, st), g, st'), g', st');
    whatIsNotForgottenIsRight(uid, changed, st, st', g);
    settlingKeepsItRight(order, forgetBelow(changed, setsOf(uid, st), g, st'), g', st');
  }

  lemma whatIsNotForgottenIsRight(uid: EntityUID, changed: set<EntityUID>, st: Store, st': Store, g: Graph)
    requires wellFormed(st) && wellFormed(st') && isRight(g, st) && changesOnly(uid, st, st')
    requires uid in g.nodes && listed(uid, parentsIn(st)) != listed(uid, parentsIn(st')) ==> uid in changed
    requires holdsAllBelow(changed, g, st')
    ensures isRight(forgetBelow(changed, setsOf(uid, st), g, st'), st')
  {
    var (parents, parents') := (parentsIn(st), parentsIn(st'));
    var kept := g.nodes.Keys - changed;
    forall each | each in kept ensures listed(each, parents) == listed(each, parents') && listed(each, parents') <= kept {
      sameParents(each, uid, st, st');
    }
    forall each | each in kept ensures ancestors(listed(each, parents), parents) == ancestors(listed(each, parents'), parents') {
      sameAncestors(listed(each, parents), kept, parents, parents');
    }
    var after := forgetBelow(changed, setsOf(uid, st), g, st');
    forall name | name in after.shared
      ensures name in st'.lists && hasMembers(name, st') && st'.lists[name] <= kept && after.shared[name] == ancestors(st'.lists[name], parents')
    {
      if !hasMembers(name, st') { membersStay(name, uid, st, st'); }
      assert st.lists[name] == st'.lists[name];
      sameAncestors(st.lists[name], kept, parents, parents');
    }
  }

  lemma sameParents(each: EntityUID, uid: EntityUID, st: Store, st': Store)
    requires wellFormed(st) && wellFormed(st') && changesOnly(uid, st, st')
    ensures each != uid ==> listed(each, parentsIn(st)) == listed(each, parentsIn(st'))
  {
    if each != uid && each in st.setOf {
      assert hasMembers(st.setOf[each], st);
    }
  }

  /* A set that loses its members is the one that the entity left. */
  lemma membersStay(name: Name, uid: EntityUID, st: Store, st': Store)
    requires wellFormed(st) && wellFormed(st') && changesOnly(uid, st, st') && hasMembers(name, st) && name !in setsOf(uid, st)
    ensures hasMembers(name, st')
  {
    var member :| member in st.setOf && st.setOf[member] == name;
    assert member != uid && member in st'.setOf && st'.setOf[member] == name;
  }

  lemma settlingKeepsItRight(order: seq<EntityUID>, g: Graph, g': Graph, st: Store)
    requires wellFormed(st) && isRight(g, st) && settled(order, g, g', st)
    ensures isRight(g', st)
    decreases |order|
  {
    if order != [] {
      var keeps: bool :| settled(order[1..], settle(order[0], keeps, g, st), g', st) && canSettle(order[0], g, st);
      oneIsSettledRight(order[0], keeps, g, st);
      settlingKeepsItRight(order[1..], settle(order[0], keeps, g, st), g', st);
    }
  }

  lemma oneIsSettledRight(uid: EntityUID, keeps: bool, g: Graph, st: Store)
    requires wellFormed(st) && isRight(g, st) && canSettle(uid, g, st)
    ensures isRight(settle(uid, keeps, g, st), st)
  {
    var parents := parentsIn(st);
    if uid in st.setOf {
      var name := st.setOf[uid];
      assert hasMembers(name, st);
      knownAncestorsAreAll(st.lists[name], g, st);
    } else {
      ancestorsAreLeast({}, {}, parents);
    }
  }

  /* What is known of the parents tells what is above their child. */
  lemma knownAncestorsAreAll(parents: set<EntityUID>, g: Graph, st: Store)
    requires wellFormed(st) && isRight(g, st) && parents <= g.nodes.Keys
    ensures above(parents, g) == ancestors(parents, parentsIn(st))
  {
    var all := parentsIn(st);
    ancestorsAreClosed(parents, all);
    forall parent | parent in parents ensures g.nodes[parent] <= ancestors(parents, all) {
      ancestorsAreLeast(listed(parent, all), ancestors(parents, all), all);
    }
    forall parent | parent in parents ensures isClosed(g.nodes[parent], all) && listed(parent, all) <= g.nodes[parent] {
      ancestorsAreClosed(listed(parent, all), all);
    }
    assert isClosed(above(parents, g), all);
    ancestorsAreLeast(parents, above(parents, g), all);
  }

  /* They are in every set that is closed and holds those that they start from. */
  lemma ancestorsAreLeast(known: set<EntityUID>, closed: set<EntityUID>, parents: Parents)
    requires known <= closed && isClosed(closed, parents)
    ensures ancestors(known, parents) <= closed
    decreases |all(parents) - known|
  {
    var next := set uid, parent | uid in known && parent in listed(uid, parents) :: parent;
    if !(next <= known) {
      fewerLeft(all(parents), known, next);
      ancestorsAreLeast(known + next, closed, parents);
    }
  }

  /* Parents that agree on a closed set have the same ancestors there. */
  lemma sameAncestors(known: set<EntityUID>, closed: set<EntityUID>, one: Parents, other: Parents)
    requires known <= closed
    requires forall uid :: uid in closed ==> listed(uid, one) == listed(uid, other) && listed(uid, one) <= closed
    ensures ancestors(known, one) == ancestors(known, other)
  {
    ancestorsAreClosed(known, one);
    ancestorsAreClosed(known, other);
    ancestorsAreLeast(known, closed, one);
    ancestorsAreLeast(known, closed, other);
    ancestorsAreLeast(known, ancestors(known, other), one);
    ancestorsAreLeast(known, ancestors(known, one), other);
  }
}
