/**
 * Hierarchy — what can be reached by going from child to parent.
 *
 * Docs: Schema grammar: Entity types (`in`), Actions (`in`)
 */

/** Children and the ancestors of each. A node is its own ancestor iff it lies on a cycle. */
export type Ancestors = ReadonlyMap<string, ReadonlySet<string>>;

/** How many pairs of a node and its ancestor one schema may have; a chain of n nodes has about n²/2. */
export const ANCESTOR_LIMIT = 10_000_000;

/** Transitive closure of the direct parents; `undefined` if it would grow beyond the limit. */
export function closeHierarchy(parents: ReadonlyMap<string, Iterable<string>>): Ancestors | undefined {
  const closed = new Map<string, Set<string>>();
  let pairs = 0;
  for (const start of parents.keys()) {
    const found = reachable(start, parents);
    closed.set(start, found);
    pairs += found.size;
    if (pairs > ANCESTOR_LIMIT) return undefined;
  }
  return closed;
}

function reachable(start: string, parents: ReadonlyMap<string, Iterable<string>>): Set<string> {
  const found = new Set<string>();
  const open = [...(parents.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    for (const parent of parents.get(next) ?? []) open.push(parent);
  }
  return found;
}

/** One node of every cycle. */
export function cycleMembers(ancestors: Ancestors): string[] {
  const members: string[] = [];
  const told = new Set<string>();
  for (const [node, found] of ancestors) {
    if (!found.has(node) || told.has(node)) continue;
    members.push(node);
    for (const other of found) if (ancestors.get(other)?.has(node)) told.add(other);
  }
  return members;
}
