/**
 * Nearest — the known name that a misspelt one was probably meant to be.
 */

/** Longer words are not compared: counting their edits takes too long. */
const LONGEST = 1024;

/** The name with the fewest edits to `word`, if they are at most `limit`. */
export function nearest(word: string, names: Iterable<string>, limit: number): string | undefined {
  let best: string | undefined;
  let most = limit;
  if (word.length > LONGEST) return undefined;
  for (const name of names) {
    if (most < 0) break;
    if (name.length > LONGEST || Math.abs(word.length - name.length) > most) continue;
    const edits = editDistance(word, name, most);
    if (edits > most) continue;
    most = edits - 1;
    best = name;
  }
  return best;
}

const ROW = new Uint16Array(LONGEST + 1);

/**
 * Levenshtein distance, or some number above `most` if it is above that.
 *
 * Technique: Ukkonen's cut-off. Only the cells no further than `most` from the diagonal are computed, and none once a whole row is above it.
 */
function editDistance(a: string, b: string, most: number): number {
  const beyond = LONGEST + 1;
  for (let j = 0; j <= b.length; j++) ROW[j] = j <= most ? j : beyond;
  for (let i = 1; i <= a.length; i++) {
    const [from, to] = [Math.max(1, i - most), Math.min(b.length, i + most)];
    let diagonal = ROW[from - 1]!;
    ROW[from - 1] = from === 1 && i <= most ? i : beyond;
    let least = ROW[from - 1]!;
    const code = a.charCodeAt(i - 1);
    for (let j = from; j <= to; j++) {
      const above = ROW[j]!;
      const cell = Math.min(above + 1, ROW[j - 1]! + 1, diagonal + (code === b.charCodeAt(j - 1) ? 0 : 1));
      ROW[j] = cell < beyond ? cell : beyond;
      if (cell < least) least = cell;
      diagonal = above;
    }
    if (least > most) return beyond;
  }
  return ROW[b.length]!;
}
