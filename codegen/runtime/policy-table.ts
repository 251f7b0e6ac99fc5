/**
 * Policy table — policies of one shape, each a row with literals of its own.
 */
import type { Row } from './row.ts';
import { type Demands, Table } from './table.ts';

/** INVARIANT: it is in one table at a time. */
export interface PolicyTableRow extends Row, Demands {
  /** Where the table keeps it. */
  slot: number;
}

export class PolicyTable extends Table {
  /** By slot. */
  readonly #rows: (PolicyTableRow | undefined)[] = [undefined];

  add(row: PolicyTableRow): void {
    row.slot = this.put(row.principal, row.resource);
    this.#rows[row.slot] = row;
  }

  remove(row: PolicyTableRow): void {
    if (this.#rows[row.slot] !== row) return;
    this.drop(row.principal, row.resource, row.slot);
    this.#rows[row.slot] = undefined;
  }

  row(slot: number): PolicyTableRow {
    return this.#rows[slot]!;
  }
}
