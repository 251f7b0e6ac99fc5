/**
 * Run — what one full authorization gathers besides the satisfied policies.
 */
import type { Response } from '../../src/value/response.ts';
import type { Outcome } from './outcome.ts';
import { type Erring, policyError, type Row } from './row.ts';
import type { RuntimeValue } from './runtime-value.ts';

export class Run {
  /** The policies that erred on the present request; `undefined` when none did. */
  erring: Erring[] | undefined = undefined;

  /** Begins a request: one that was interrupted may have left errors. */
  begin(): void {
    this.erring = undefined;
  }

  /** Called by emitted code where a policy errs. */
  fail(row: Row, site: number, operands: readonly RuntimeValue[]): void {
    this.erring ??= [];
    this.erring.push({ row, site, operands });
  }

  /** The answer. What it holds is frozen, or made for it alone. */
  finish(outcome: Outcome): Response {
    const erring = this.erring;
    if (erring === undefined) return outcome.response;
    this.erring = undefined;
    const errors = erring.sort((a, b) => a.row.order - b.row.order).map(policyError);
    return { ...outcome.decide(), errors };
  }
}
