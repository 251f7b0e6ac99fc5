/**
 * Pattern — the right side of `like`.
 *
 * Spec:  Cedar.Spec.Wildcard: PatElem, Pattern, wildcardMatch
 */

/** Literal runs (not empty, no two adjacent) and wildcards (`null`), in order. */
export type Pattern = readonly (string | null)[];

/**
 * Whether the whole of `text` matches. A wildcard is any run of characters, the empty one too.
 *
 * Greedy from the left is enough: each run between wildcards is taken where it first occurs, so the time is that of a substring search.
 * Runs of well-formed strings are compared by code units; that agrees with code points because no run begins or ends inside a pair.
 */
export function patternMatches(pattern: Pattern, text: string): boolean {
  const first = pattern[0];
  const last = pattern[pattern.length - 1];
  if (pattern.length === 0) return text === '';
  if (pattern.length === 1) return first === null || text === first;
  let start = 0;
  let end = text.length;
  if (typeof first === 'string') {
    if (!text.startsWith(first)) return false;
    start = first.length;
  }
  if (typeof last === 'string') {
    end -= last.length;
    if (end < start || !text.endsWith(last)) return false;
  }
  for (let i = 1; i < pattern.length - 1; i++) {
    const run = pattern[i];
    if (typeof run !== 'string') continue;
    const at = text.indexOf(run, start);
    if (at < 0 || at + run.length > end) return false;
    start = at + run.length;
  }
  return true;
}
