/**
 * Filter shapes — the atoms of the SQL of filters, without names and values, and whether rows passed the filters that have them.
 *
 * A shape whose filters are empty throughout, or total, tests nothing: a translation that always says no, or yes, would pass.
 */

/** What became of the rows that filters with the shape were asked about. */
export interface ShapeCount {
  databases: number;
  filters: number;
  rows: number;
  passed: number;
}

/** A shape that was met in fewer databases may be empty or total by chance. */
export const MET_OFTEN = 100;

/** The text of an atom at most: what is longer differs in its subqueries. */
const LONGEST = 160;

export class FilterShapes {
  readonly counts = new Map<string, ShapeCount>();
  readonly #last = new Map<string, number>();

  /** `database` tells the databases of a run apart. */
  note(database: number, text: string, rows: number, passed: number): void {
    for (const shape of shapesOf(text)) {
      const count = this.counts.get(shape) ?? { databases: 0, filters: 0, rows: 0, passed: 0 };
      if (this.#last.get(shape) !== database) count.databases++;
      this.#last.set(shape, database);
      count.filters++;
      count.rows += rows;
      count.passed += passed;
      this.counts.set(shape, count);
    }
  }
}

/** Those that were met often, and let no row pass or all of them. */
export function degenerateShapes(counts: ReadonlyMap<string, ShapeCount>): string[] {
  return [...counts]
    .filter(([, { databases, rows, passed }]) => databases >= MET_OFTEN && (passed === 0 || passed === rows))
    .map(([shape]) => shape);
}

export function shapesOf(text: string): ReadonlySet<string> {
  const plain = text
    .replace(/"(?:[^"]|"")*"|`(?:[^`]|``)*`/g, 'x')
    .replace(/'(?:[^']|'')*'/g, 's')
    .replace(/\$\d+/g, '?')
    .replace(/\br\d+\b/g, 'r')
    .replace(/(?<![\w.])-?\d+\b/g, 'n')
    .replace(/(\?(?:::\w+)?)(?:, \?(?:::\w+)?)+/g, '$1, …')
    .replace(/\bn(?:, n)+/g, 'n, …');
  return new Set(plain.split(/ (?:AND|OR) /).map((atom) => trimmed(atom).slice(0, LONGEST)));
}

/** Without parentheses at its ends that belong to what is around. */
function trimmed(atom: string): string {
  let [begin, end, open] = [0, atom.length, 0];
  for (const char of atom) open += char === '(' ? 1 : char === ')' ? -1 : 0;
  for (; open > 0 && atom[begin] === '('; open--) begin++;
  for (; open < 0 && atom[end - 1] === ')'; open++) end--;
  return atom.slice(begin, end);
}
