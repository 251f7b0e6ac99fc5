/**
 * Error log — what one full authorization gathers besides the satisfied policies.
 */
import type { Response } from '../../../src/value/response.ts';
import type { RuntimeValue } from '../evaluate/runtime-value.ts';
import type { ContextNode } from '../graph/context-node.ts';
import { type Erring, policyError, type Row } from '../index/row.ts';
import type { SatisfiedSet } from './satisfied-set.ts';

export class ErrorLog {
  /** The policies that erred on the present request; `undefined` when none did. */
  erring: Erring[] | undefined = undefined;

  /** Begins a request: one that was interrupted may have left errors. */
  begin(): void {
    this.erring = undefined;
  }

  /** Called by emitted code where a policy errs. */
  fail(row: Row, errorSite: number, operands: readonly RuntimeValue[]): void {
    this.erring ??= [];
    this.erring.push({ row, errorSite, operands });
  }

  /** The answer. What it holds is frozen, or made for it alone. `given` is the context as the caller has it, if `contexts` took it. */
  finish(satisfiedSet: SatisfiedSet, contexts?: ContextNode, given?: object): Response {
    const erring = this.erring;
    if (erring === undefined) return satisfiedSet.response;
    this.erring = undefined;
    if (given !== undefined) contexts?.keep(given);
    const errors = erring.sort((a, b) => a.row.order - b.row.order).map(policyError);
    return { ...satisfiedSet.decide(), errors };
  }
}
