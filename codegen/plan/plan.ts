/**
 * Plan — which policies the requests of one action run, and how each of them is found. Data only, as a query plan in a database is.
 *
 *     planner.ts  policies → plan
 *     emit/       plan → one function; its nodes are numbered in order: inline nodes are rows, the others are indexes
 *     bind/       plan → the rows and indexes of one store that the function is loaded with, in the same order
 *
 * Twin:  interpret.ts, which answers from the same data without an index
 */
import type { CompiledPolicy } from '../compiled-policy.ts';
import type { IrPolicy } from '../ir/ir.ts';
import type { Comparison } from '../share/leading-equality.ts';

/** What the emitter needs of every node. */
interface NodeOf<Kind extends string> {
  readonly kind: Kind;
  /** What is written out: the policy itself, its skeleton, or the template. */
  readonly policy: IrPolicy;
  /** For comments in emitted code, such as `line 12`. */
  readonly where: string;
  /** Whether all policies of the node passed the validator. */
  readonly validated: boolean;
}

/** One policy, written out: every request of the action runs it. */
export interface Inline extends NodeOf<'inline'> {
  readonly source: CompiledPolicy;
}

/** Policies of one skeleton, found by the principal and resource that their scopes demand. They share code; their literals are its parameters. */
export interface IndexLookup extends NodeOf<'indexLookup'> {
  readonly policies: readonly CompiledPolicy[];
  /** The key of the skeleton. */
  readonly skeleton: string;
}

/** Policies of one skeleton that bind neither principal nor resource: all are run, or those whose leading equality can hold. */
export interface ColumnScan extends NodeOf<'columnScan'> {
  readonly policies: readonly CompiledPolicy[];
  readonly skeleton: string;
  readonly leadingEquality: Comparison | undefined;
}

/** The links of a template, found by the values of its slots. The policy set holds the links. */
export interface LinkLookup extends NodeOf<'linkLookup'> {
  readonly template: CompiledPolicy;
}

export type PlanNode = Inline | IndexLookup | ColumnScan | LinkLookup;

/** In policy order, where policies of one skeleton stand at the first of them; links last. */
export type Plan = readonly PlanNode[];
