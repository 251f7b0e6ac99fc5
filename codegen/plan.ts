/**
 * Plan — the functions that decide the requests of one action, and what they were made of.
 */
import type { Part } from './emit/program.ts';
import type { PolicyRow } from './rows.ts';
import type { Loaded } from './runtime/loaded.ts';
import type { Node } from './runtime/node.ts';
import type { Outcome } from './runtime/outcome.ts';
import type { Table } from './runtime/table.ts';

/** What decides the requests of one action. */
export interface Plan extends Loaded {
  /** What its functions were made of. */
  readonly made: Made;
  readonly start: Outcome;
  /** Types of principal and resource, in turn, that were found to fit the schema of the requests without a context. */
  readonly fitting: string[];
}

/** Policies of a plan, with the rows and tables that its parts name by their places. */
interface Made {
  readonly parts: readonly Part[];
  readonly rows: readonly PolicyRow[];
  readonly tables: readonly Table[];
}

/** Was a request of such types found to fit the schema? Lists are short: a schema gives few pairs to one action. */
export function fits({ $type: principal }: Node, { $plan }: Node, { $type: resource }: Node): boolean {
  const fitting = ($plan as Plan | undefined)?.fitting ?? [];
  for (let i = 0; i < fitting.length; i += 2) {
    if (fitting[i] === principal && fitting[i + 1] === resource) return true;
  }
  return false;
}
