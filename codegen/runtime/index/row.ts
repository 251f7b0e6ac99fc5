/**
 * Row — one policy or link as a compiled program knows it.
 *
 * Policies of one skeleton share one function; the literals in which they differ are the row's parameters.
 */
import type { PolicyError } from '../../../src/value/response.ts';
import type { RuntimeValue } from '../evaluate/runtime-value.ts';
import { describeFailure, type ErrorSite } from '../program/error-site.ts';

export interface Row {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  /** Place in policy order. */
  readonly order: number;
  /** The literals that the skeleton leaves open. */
  readonly params: readonly RuntimeValue[];
  /** Where this policy may fail; made when first asked for. */
  errorSites(): Readonly<Record<number, ErrorSite>>;
}

/** A policy that failed on a request. */
export interface Erring {
  readonly row: Row;
  readonly errorSite: number;
  readonly operands: readonly RuntimeValue[];
}

export function policyError({ row, errorSite, operands }: Erring): PolicyError {
  const { failure, span } = describeFailure(row.errorSites()[errorSite]!, operands);
  const { kind, message, help } = failure;
  return { policyId: row.id, kind, message, help, span: span && { ...span } };
}
