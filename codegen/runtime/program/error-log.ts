/**
 * Error log — what one full authorization gathers besides the satisfied policies.
 */
import type { PolicyError, Response } from '../../../src/value/response.ts';
import type { RuntimeValue } from '../evaluate/runtime-value.ts';
import type { ContextNode } from '../graph/context-node.ts';
import type { Erring, Row } from '../index/row.ts';
import { ContextOfErrors, KnownErrors } from './known-errors.ts';
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
    const erring = { row, errorSite, operands };
    if (this.erring === undefined) this.erring = [erring];
    else this.erring.push(erring);
  }

  /** The answer. What it holds is frozen, or made for it alone. `given` is the context as the caller has it, if `contexts` took it. */
  finish(satisfiedSet: SatisfiedSet, contexts?: ContextNode, given?: object): Response {
    const erring = this.erring;
    if (erring === undefined) return satisfiedSet.response;
    this.erring = undefined;
    const { decision, determiningPolicies } = satisfiedSet.response;
    // Nothing of the context is looked at then, so its node stays in use.
    const known = erring.length === 1 ? this.#known.ofStored(erring[0]!) : undefined;
    if (known !== undefined) return { decision, determiningPolicies, errors: [known] };
    const context = given === undefined || contexts === undefined ? undefined : new ContextOfErrors(contexts, given);
    const errors = this.#errors(erring, context);
    context?.release();
    return { decision, determiningPolicies, errors };
  }

  #errors(erring: Erring[], context: ContextOfErrors | undefined): PolicyError[] {
    if (erring.length === 1) return [this.#known.of(erring[0]!, context)];
    erring.sort((a, b) => a.row.order - b.row.order);
    return erring.map((each) => this.#known.of(each, context));
  }
}
