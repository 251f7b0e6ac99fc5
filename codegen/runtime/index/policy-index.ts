/**
 * Policy index — policies of one skeleton, a row each with its own literals.
 */
import type { Row } from './row.ts';
import { type Demands, ScopeIndex } from './scope-index.ts';

/** INVARIANT: it is in one index at a time. */
export interface PolicyIndexRow extends Row, Demands {
  /** Where the index keeps it. */
  rowId: number;
}

export class PolicyIndex extends ScopeIndex {
  /** By row id. */
  readonly #rows: (PolicyIndexRow | undefined)[] = [undefined];

  add(row: PolicyIndexRow): void {
    row.rowId = this.put(row.principal, row.resource);
    this.#rows[row.rowId] = row;
  }

  remove(row: PolicyIndexRow): void {
    if (this.#rows[row.rowId] !== row) return;
    this.drop(row.principal, row.resource, row.rowId);
    this.#rows[row.rowId] = undefined;
  }

  row(rowId: number): PolicyIndexRow {
    return this.#rows[rowId]!;
  }
}
