/**
 * Policy index — policies of one skeleton, a row each with its own literals.
 *
 *     before  rows[rowId].params[i]      a row, its list of parameters, and the elements of this are read for each policy that is tried
 *     after   columns[i][rowId]          one load, and rows are read only where policies are satisfied or err
 */
import type { RuntimeValue } from '../evaluate/runtime-value.ts';
import type { IndexBound, IndexKeys } from './index-keys.ts';
import type { Row } from './row.ts';
import { type Demands, ScopeIndex } from './scope-index.ts';

/** INVARIANT: it is in one index at a time. */
export interface PolicyIndexRow extends Row, Demands {
  /** Where the index keeps it. */
  rowId: number;
}

export class PolicyIndex extends ScopeIndex {
  /** What fills each parameter, by row id. Emitted code keeps the lists: they are never replaced. */
  readonly columns: readonly (RuntimeValue | undefined)[][];
  /** By row id. */
  readonly #rows: (PolicyIndexRow | undefined)[] = [undefined];

  /** Each row has as many parameters as `params` says. */
  constructor(principal: IndexBound, resource: IndexBound, keys: IndexKeys, params: number) {
    super(principal, resource, keys);
    this.columns = Array.from({ length: params }, () => [undefined]);
  }

  add(row: PolicyIndexRow): void {
    row.rowId = this.put(row.principal, row.resource);
    this.#rows[row.rowId] = row;
    for (let i = 0; i < this.columns.length; i++) this.columns[i]![row.rowId] = row.params[i];
  }

  remove(row: PolicyIndexRow): void {
    if (this.#rows[row.rowId] !== row) return;
    this.drop(row.principal, row.resource, row.rowId);
    this.#rows[row.rowId] = undefined;
    for (const column of this.columns) column[row.rowId] = undefined;
  }

  row(rowId: number): PolicyIndexRow {
    return this.#rows[rowId]!;
  }
}
