/**
 * Attempts — several inputs that are read one after another; each failure is reported, and none stops the others.
 */
import { InputFailure } from '../build/input.ts';
import type { Output } from './output.ts';

export class Attempts {
  failed = false;
  readonly #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  /** What `read` gives; `undefined` after its `InputFailure` was reported. `doing` is put before what went wrong. */
  of<T>(read: () => T, doing?: string): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputFailure)) throw error;
      this.failed = true;
      this.#output.report(doing === undefined ? error.report : { ...error.report, doing });
      return undefined;
    }
  }
}
