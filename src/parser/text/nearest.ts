/**
 * Nearest — the known name that a misspelt one was probably meant to be.
 */

/** The name with the fewest edits to `word`, if they are at most `limit`. */
export function nearest(word: string, names: Iterable<string>, limit: number): string | undefined {
  let best: string | undefined;
  let fewest = limit + 1;
  for (const name of names) {
    if (Math.abs(word.length - name.length) > limit) continue;
    const edits = editDistance(word, name);
    if (edits < fewest) {
      fewest = edits;
      best = name;
    }
  }
  return best;
}

/** Levenshtein distance, in one row. */
function editDistance(a: string, b: string): number {
  const row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0]!;
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]!;
      row[j] = Math.min(above + 1, row[j - 1]! + 1, diagonal + (a[i - 1] === b[j - 1] ? 0 : 1));
      diagonal = above;
    }
  }
  return row[b.length]!;
}
