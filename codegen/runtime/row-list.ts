/**
 * Row list — rows of one function that principal and resource cannot tell apart, side by side.
 *
 *     before  rows one behind the other, each with its literals
 *     after   lists of rows with a column for each hole: who goes through all of them goes through memory in order
 *
 * If the first clause of the rows compares an attribute with a literal (slice/first-clause.ts), there is a list for each literal.
 */
import type { Row } from './row.ts';
import type { RuntimeValue } from './runtime-value.ts';
import { textHash } from './text-hash.ts';

export class RowList {
  readonly rows: Row[] = [];
  /** What fills each hole, row by row. */
  readonly columns: readonly RuntimeValue[][];
  /** The hashes of the columns. */
  readonly hashes: readonly number[][];

  constructor(holes: number) {
    this.columns = Array.from({ length: holes }, () => []);
    this.hashes = Array.from({ length: holes }, () => []);
  }

  add(row: Row): void {
    this.rows.push(row);
    for (let i = 0; i < this.columns.length; i++) {
      this.columns[i]!.push(row.holes[i]!);
      this.hashes[i]!.push(textHash(row.holes[i]));
    }
  }

  /** The last row takes the place of `row`: their order means nothing. */
  remove(row: Row): void {
    const place = this.rows.indexOf(row);
    if (place < 0) return;
    fillWithLast(this.rows, place);
    for (const column of this.columns) fillWithLast(column, place);
    for (const column of this.hashes) fillWithLast(column, place);
  }
}

export class RowLists {
  readonly #holes: number;
  /** The hole by which rows are told apart, if any. */
  readonly #hole: number | undefined;
  readonly #byLiteral = new Map<RuntimeValue, RowList>();
  readonly #none: RowList;
  /** All rows; where they are told apart, made when they are first asked for. */
  #all: RowList | undefined;

  constructor(holes: number, hole: number | undefined) {
    this.#holes = holes;
    this.#hole = hole;
    this.#none = new RowList(holes);
    if (hole === undefined) this.#all = new RowList(holes);
  }

  add(row: Row): void {
    this.#all?.add(row);
    if (this.#hole === undefined) return;
    const literal = row.holes[this.#hole]!;
    let list = this.#byLiteral.get(literal);
    if (list === undefined) {
      list = new RowList(this.#holes);
      this.#byLiteral.set(literal, list);
    }
    list.add(row);
  }

  remove(row: Row): void {
    this.#all?.remove(row);
    if (this.#hole === undefined) return;
    const literal = row.holes[this.#hole]!;
    const list = this.#byLiteral.get(literal);
    list?.remove(row);
    if (list?.rows.length === 0) this.#byLiteral.delete(literal);
  }

  get all(): RowList {
    if (this.#all === undefined) {
      this.#all = new RowList(this.#holes);
      for (const { rows } of this.#byLiteral.values()) for (const row of rows) this.#all.add(row);
    }
    return this.#all;
  }

  /** The rows that compare with this; all of them if the attribute is not there, for then they err. */
  having(value: RuntimeValue | undefined): RowList {
    return value === undefined ? this.all : (this.#byLiteral.get(value) ?? this.#none);
  }
}

function fillWithLast(list: unknown[], place: number): void {
  const last = list.pop();
  if (place < list.length) list[place] = last;
}
