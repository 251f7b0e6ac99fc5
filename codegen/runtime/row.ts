/**
 * Row — one policy or link as a compiled program knows it.
 *
 * Policies of one shape share one function; what differs between them (their literals) are the row's holes.
 */
import type { PolicyError } from '../../src/value/response.ts';
import type { RuntimeValue } from './runtime-value.ts';
import { describeFailure, type Site } from './site.ts';

export interface Row {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  /** Place in policy order. */
  readonly order: number;
  /** The literals that the shape leaves open. */
  readonly holes: readonly RuntimeValue[];
  /** Where this policy may fail; made when first asked for. */
  sites(): Readonly<Record<number, Site>>;
}

/** A policy that failed on a request. */
export interface Erring {
  readonly row: Row;
  readonly site: number;
  readonly operands: readonly RuntimeValue[];
}

export function policyError({ row, site, operands }: Erring): PolicyError {
  const { failure, span } = describeFailure(row.sites()[site]!, operands);
  const { kind, message, help } = failure;
  return { policyId: row.id, kind, message, help, span: span && { ...span } };
}
