/**
 * Error log — what one full authorization gathers besides the satisfied policies.
 */
import type { Response } from '../../../src/value/response.ts';
import type { RuntimeValue } from '../evaluate/runtime-value.ts';
import type { ContextNode } from '../graph/context-node.ts';
import type { Erring, Row } from '../index/row.ts';
import { KnownErrors } from './known-errors.ts';
import type { SatisfiedSet } from './satisfied-set.ts';

export class ErrorLog {
  /** The policies that erred on the present request; `undefined` when none did. */
  erring: Erring[] | undefined = undefined;
  readonly #known = new KnownErrors();

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
    if (erring.length > 1) erring.sort((a, b) => a.row.order - b.row.order);
    const errors = erring.map((each) => this.#known.of(each));
    const { decision, determiningPolicies } = satisfiedSet.response;
    return { decision, determiningPolicies, errors };
  }
}
