/**
 * Plan — which policies the requests of one action run, and how each of them is found. Data only, as a query plan in a database is.
 *
 *     planner (which node for which policies) → plan → emit/program.ts (one function) and bind/ (the rows and indexes it is loaded with)
 */
import type { IrPolicy } from '../ir/ir.ts';
import type { Comparison } from '../share/leading-equality.ts';

/** One policy, written out: every request of the action runs it. */
export interface Inline {
  readonly kind: 'inline';
  readonly policy: IrPolicy;
  /** Place in the list of rows that the program is loaded with. */
  readonly row: number;
  /** Such as `line 12`. */
  readonly where: string;
  /** Whether the policy was validated. */
  readonly validated: boolean;
}

/** Policies of one skeleton, found by the principal and resource that their scopes demand. They share one function; their literals are its parameters. */
export interface IndexLookup {
  readonly kind: 'indexLookup';
  readonly policy: IrPolicy;
  /** Place in the list of indexes that the program is loaded with. */
  readonly index: number;
  readonly where: string;
  /** Whether all of them were validated. */
  readonly validated: boolean;
  /** The key of the skeleton. */
  readonly skeleton: string;
}

/** The links of a template, found by what fills its slots. */
export interface LinkLookup extends Omit<IndexLookup, 'kind' | 'skeleton'> {
  readonly kind: 'linkLookup';
}

/** Policies of one skeleton that bind neither principal nor resource: all are run, or those whose leading equality can hold. */
export interface ColumnScan extends Omit<IndexLookup, 'kind'> {
  readonly kind: 'columnScan';
  readonly leadingEquality: Comparison | undefined;
}

export type PlanNode = Inline | IndexLookup | LinkLookup | ColumnScan;
