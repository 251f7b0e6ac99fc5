/**
 * Hierarchy — what can be reached by going from child to parent.
 *
 * Docs: Schema grammar: Entity types (`in`), Actions (`in`)
 */

/** Everything that is reached from `start` by one step or more; `start` itself only if it lies on a cycle. */
export function reachable(start: string, parentsOf: (name: string) => Iterable<string>): Set<string> {
  const found = new Set<string>();
  const open = [...parentsOf(start)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...parentsOf(next));
  }
  return found;
}
