/* The ancestors that the store computes are all that the given parents reach, and nothing else. */

include "../spec/hierarchy.dfy"

module HierarchyTheorems {
  import opened Values
  import opened EntityStore
  import opened Hierarchy

  /* From `from` one comes to `to` in so many steps from child to parent. */
  predicate reaches(from: EntityUID, to: EntityUID, steps: nat, parents: Parents)
    decreases steps
  {
    if steps == 0 then from == to
    else exists parent :: parent in listed(from, parents) && reaches(parent, to, steps - 1, parents)
  }

  lemma ancestorsAreWhatParentsReach(known: set<EntityUID>, ancestor: EntityUID, parents: Parents)
    ensures ancestor in ancestors(known, parents) <==> exists uid: EntityUID, steps: nat :: uid in known && reaches(uid, ancestor, steps, parents)
  {
    if ancestor in ancestors(known, parents) {
      var uid, steps := pathTo(known, ancestor, parents);
      assert uid in known && reaches(uid, ancestor, steps, parents);
    }
    forall uid: EntityUID, steps: nat | uid in known && reaches(uid, ancestor, steps, parents)
      ensures ancestor in ancestors(known, parents)
    {
      ancestorsAreClosed(known, parents);
      closedHoldsPaths(ancestors(known, parents), uid, ancestor, steps, parents);
    }
  }

  lemma pathTo(known: set<EntityUID>, ancestor: EntityUID, parents: Parents) returns (uid: EntityUID, steps: nat)
    requires ancestor in ancestors(known, parents)
    ensures uid in known && reaches(uid, ancestor, steps, parents)
    decreases |all(parents) - known|
  {
    var next := set uid, parent | uid in known && parent in listed(uid, parents) :: parent;
    if next <= known {
      uid, steps := ancestor, 0;
    } else {
      fewerLeft(all(parents), known, next);
      uid, steps := pathTo(known + next, ancestor, parents);
      if uid !in known {
        var child :| child in known && uid in listed(child, parents);
        assert reaches(child, ancestor, steps + 1, parents);
        uid, steps := child, steps + 1;
      }
    }
  }

  predicate isClosed(uids: set<EntityUID>, parents: Parents) {
    forall uid :: uid in uids ==> listed(uid, parents) <= uids
  }

  lemma ancestorsAreClosed(known: set<EntityUID>, parents: Parents)
    ensures known <= ancestors(known, parents)
    ensures isClosed(ancestors(known, parents), parents)
    decreases |all(parents) - known|
  {
    var next := set uid, parent | uid in known && parent in listed(uid, parents) :: parent;
    if next <= known {
      forall uid, parent | uid in known && parent in listed(uid, parents) ensures parent in known {
        assert parent in next;
      }
    } else {
      fewerLeft(all(parents), known, next);
      ancestorsAreClosed(known + next, parents);
    }
  }

  lemma closedHoldsPaths(uids: set<EntityUID>, from: EntityUID, to: EntityUID, steps: nat, parents: Parents)
    requires isClosed(uids, parents) && from in uids && reaches(from, to, steps, parents)
    ensures to in uids
    decreases steps
  {
    if steps > 0 {
      var parent :| parent in listed(from, parents) && reaches(parent, to, steps - 1, parents);
      closedHoldsPaths(uids, parent, to, steps - 1, parents);
    }
  }
}
