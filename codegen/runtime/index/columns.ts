/**
 * Columns — rows that principal and resource cannot tell apart, stored column by column.
 *
 *     before  an object for each row, with its literals
 *     after   an array for each parameter, so a scan reads memory in order
 *
 * If the condition begins with a comparison of an attribute with a literal (share/leading-equality.ts), rows are partitioned by that literal.
 *
 * Technique: column store, partitioned by the leading equality.
 */

import type { RuntimeValue } from '../evaluate/runtime-value.ts';
import type { Row } from './row.ts';
import { stringHash } from './string-hash.ts';

export class Columns {
  readonly rows: Row[] = [];
  /** What fills each parameter, row by row. */
  readonly columns: readonly RuntimeValue[][];
  /** The hashes of the columns. */
  readonly hashes: readonly number[][];

  constructor(params: number) {
    this.columns = Array.from({ length: params }, () => []);
    this.hashes = Array.from({ length: params }, () => []);
  }

  add(row: Row): void {
    this.rows.push(row);
    for (let i = 0; i < this.columns.length; i++) {
      this.columns[i]!.push(row.params[i]!);
      this.hashes[i]!.push(stringHash(row.params[i]));
    }
  }

  /** The last row replaces `row`: their order means nothing. */
  remove(row: Row): void {
    const at = this.rows.indexOf(row);
    if (at < 0) return;
    fillWithLast(this.rows, at);
    for (const column of this.columns) fillWithLast(column, at);
    for (const column of this.hashes) fillWithLast(column, at);
  }
}

export class PartitionedColumns {
  readonly #params: number;
  /** The parameter by which rows are told apart, if any. */
  readonly #param: number | undefined;
  readonly #byLiteral = new Map<RuntimeValue, Columns>();
  readonly #none: Columns;
  /** All rows; where they are told apart, made when they are first asked for. */
  #all: Columns | undefined;

  constructor(params: number, param: number | undefined) {
    this.#params = params;
    this.#param = param;
    this.#none = new Columns(params);
    if (param === undefined) this.#all = new Columns(params);
  }

  add(row: Row): void {
    this.#all?.add(row);
    if (this.#param === undefined) return;
    const literal = row.params[this.#param]!;
    let list = this.#byLiteral.get(literal);
    if (list === undefined) {
      list = new Columns(this.#params);
      this.#byLiteral.set(literal, list);
    }
    list.add(row);
  }

  remove(row: Row): void {
    this.#all?.remove(row);
    if (this.#param === undefined) return;
    const literal = row.params[this.#param]!;
    const list = this.#byLiteral.get(literal);
    list?.remove(row);
    if (list?.rows.length === 0) this.#byLiteral.delete(literal);
  }

  get all(): Columns {
    if (this.#all === undefined) {
      this.#all = new Columns(this.#params);
      for (const { rows } of this.#byLiteral.values()) for (const row of rows) this.#all.add(row);
    }
    return this.#all;
  }

  /** The rows that compare with this; all of them if the attribute is not there, for then they err. */
  withValue(value: RuntimeValue | undefined): Columns {
    return value === undefined ? this.all : (this.#byLiteral.get(value) ?? this.#none);
  }
}

function fillWithLast(list: unknown[], at: number): void {
  const last = list.pop();
  if (at < list.length) list[at] = last;
}
