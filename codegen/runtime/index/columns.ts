/**
 * Columns — rows that principal and resource cannot tell apart, stored column by column.
 *
 *     before  an object for each row, with its literals
 *     after   an array for each parameter, so a scan reads memory in order
 *
 * If the condition begins with a comparison of an attribute with a literal (share/leading-equality.ts), rows are partitioned by that literal: those of one
 * literal stand together, in a range of the arrays. Arrays for each literal, most of them of a row or two, would lie all over memory.
 *
 * Technique: column store, partitioned by the leading equality. A range that needs room and does not stand last moves behind all, to twice the room, as
 * a dynamic array does. When rows have gone and most places are empty, all ranges are moved together.
 */

import type { RuntimeValue } from '../evaluate/runtime-value.ts';
import type { Row } from './row.ts';
import { NO_HASH, stringHash } from './string-hash.ts';

/** Ranges that grow take no more places than this for each of their rows: 1 + 3 + 7 + … of which the last are their own, half full. */
const PLACES_OF_A_ROW = 4;

/** The rows of a scan: those from `start` on and before `end`. */
export class ColumnRange {
  readonly rows: readonly (Row | undefined)[];
  readonly columns: Columns['columns'];
  readonly hashes: Columns['hashes'];
  start: number;
  end: number;
  /** The places before it, and from `start` on, are its own. */
  limit: number;

  constructor({ rows, columns, hashes }: Columns) {
    this.rows = rows;
    this.columns = columns;
    this.hashes = hashes;
    this.start = rows.length;
    this.end = rows.length;
    this.limit = rows.length;
  }
}

/** The arrays of ranges. INVARIANT: no two ranges have a place in common. */
export class Columns {
  /** `undefined` where no row stands. */
  readonly rows: (Row | undefined)[] = [];
  /** What fills each parameter, row by row. */
  readonly columns: readonly (RuntimeValue | undefined)[][];
  /** The hashes of the columns. */
  readonly hashes: readonly number[][];
  /** How many rows there are. */
  #size = 0;

  constructor(params: number) {
    this.columns = Array.from({ length: params }, () => []);
    this.hashes = Array.from({ length: params }, () => []);
  }

  add(range: ColumnRange, row: Row): void {
    if (range.end === range.limit) this.#makeRoom(range);
    this.#write(range.end, row);
    range.end++;
    this.#size++;
  }

  /** The last row of the range replaces `row`: their order means nothing. */
  remove(range: ColumnRange, row: Row): void {
    let at = range.start;
    while (at < range.end && this.rows[at] !== row) at++;
    if (at === range.end) return;
    this.#write(at, this.rows[range.end - 1]);
    this.#write(range.end - 1, undefined);
    range.end--;
    this.#size--;
  }

  /** Whether most places are empty. Growth alone never leads to that. */
  get isSparse(): boolean {
    return this.rows.length > PLACES_OF_A_ROW * this.#size;
  }

  /** Moves all ranges together, each with the room that it needs now. */
  compact(ranges: Iterable<ColumnRange>): void {
    const kept = Array.from(ranges, (range) => ({ range, rows: this.rows.slice(range.start, range.end) }));
    for (const list of [this.rows, ...this.columns, ...this.hashes]) list.length = 0;
    for (const { range, rows } of kept) {
      range.start = this.rows.length;
      for (const row of rows) this.#write(this.rows.length, row);
      range.end = this.rows.length;
      range.limit = this.rows.length;
    }
  }

  #makeRoom(range: ColumnRange): void {
    const { start, end } = range;
    if (range.limit === this.rows.length) {
      range.limit++;
      return;
    }
    const [to, length] = [this.rows.length, end - start];
    for (let i = 0; i < length; i++) {
      this.#write(to + i, this.rows[start + i]);
      this.#write(start + i, undefined);
    }
    for (let i = length; i <= 2 * length; i++) this.#write(to + i, undefined);
    range.start = to;
    range.end = to + length;
    range.limit = this.rows.length;
  }

  /** `at` is at most the length. */
  #write(at: number, row: Row | undefined): void {
    this.rows[at] = row;
    for (let i = 0; i < this.columns.length; i++) {
      const value = row?.params[i];
      this.columns[i]![at] = value;
      this.hashes[i]![at] = row === undefined ? NO_HASH : stringHash(value);
    }
  }
}

export class PartitionedColumns {
  readonly #params: number;
  /** The parameter by which rows are told apart, if any. */
  readonly #param: number | undefined;
  readonly #columns: Columns;
  readonly #byLiteral = new Map<RuntimeValue, ColumnRange>();
  readonly #none: ColumnRange;
  /** All rows; where they are told apart, in columns of their own, made when they are first asked for. */
  #all: ColumnRange | undefined;
  #allColumns: Columns | undefined;

  constructor(params: number, param: number | undefined) {
    this.#params = params;
    this.#param = param;
    this.#columns = new Columns(params);
    this.#none = new ColumnRange(this.#columns);
    if (param === undefined) this.#keepAll(this.#columns);
  }

  #keepAll(columns: Columns): ColumnRange {
    this.#allColumns = columns;
    this.#all = new ColumnRange(columns);
    return this.#all;
  }

  add(row: Row): void {
    if (this.#all !== undefined) this.#allColumns!.add(this.#all, row);
    if (this.#param === undefined) return;
    const literal = row.params[this.#param]!;
    let range = this.#byLiteral.get(literal);
    if (range === undefined) {
      range = new ColumnRange(this.#columns);
      this.#byLiteral.set(literal, range);
    }
    this.#columns.add(range, row);
  }

  remove(row: Row): void {
    if (this.#all !== undefined) this.#allColumns!.remove(this.#all, row);
    if (this.#param === undefined) return;
    const literal = row.params[this.#param]!;
    const range = this.#byLiteral.get(literal);
    if (range === undefined) return;
    this.#columns.remove(range, row);
    if (range.start === range.end) this.#byLiteral.delete(literal);
    if (this.#columns.isSparse) this.#columns.compact(this.#byLiteral.values());
  }

  get all(): ColumnRange {
    if (this.#all !== undefined) return this.#all;
    const columns = new Columns(this.#params);
    const all = this.#keepAll(columns);
    for (const { rows, start, end } of this.#byLiteral.values())
      for (let i = start; i < end; i++) columns.add(all, rows[i]!);
    return all;
  }

  /** The rows that compare with this; all of them if the attribute is not there, for then they err. */
  withValue(value: RuntimeValue | undefined): ColumnRange {
    return value === undefined ? this.all : (this.#byLiteral.get(value) ?? this.#none);
  }
}
