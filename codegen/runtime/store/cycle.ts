/**
 * Cycle — whether an entity would be its own ancestor with other parents.
 *
 * Technique: bidirectional search. It goes up from the new parents and down from the entity in turn, and ends when either side is exhausted, so it costs
 * twice the smaller side: a new leaf below a deep hierarchy, and a new root above a wide one, are found good at once.
 */
import { cycleError } from '../../../src/value/entities.ts';
import type { EntityHandle } from './entity-handle.ts';
import type { ParentSets } from './parent-sets.ts';

/** Throws `EntitiesError`. */
export function requireNoCycle(handle: EntityHandle, parents: readonly EntityHandle[], sets: ParentSets): void {
  if (parents.includes(handle)) throw cycleError(handle);
  if (!sets.isParent(handle) || parents.length === 0) return;
  const up = new Set(parents);
  const down = new Set([handle]);
  // What is added to a set while it is iterated over is met later: each is a queue that remembers.
  const [above, below] = [up.values(), down.values()];
  for (;;) {
    const higher = above.next().value;
    if (higher === undefined) return;
    if (down.has(higher)) throw cycleError(handle);
    if (higher.entity !== undefined) for (const each of higher.entity.parentSet.parents) up.add(each);
    const lower = below.next().value;
    if (lower === undefined) return;
    if (up.has(lower)) throw cycleError(handle);
    for (const set of sets.below(lower)) for (const each of set.members()) down.add(each);
  }
}
