/**
 * Input — files and standard input, and the one way a command or a build gives up on them.
 */
import { readFileSync } from 'node:fs';
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Source } from '../syntax/policy.ts';

/** What is wrong with one input. */
export interface InputReport {
  /** What was being done, such as `failed to parse policy set`; `undefined` if the first diagnostic says it all. */
  readonly doing?: string | undefined;
  /** At least one. */
  readonly diagnostics: readonly Diagnostic[];
  readonly source?: Source | undefined;
}

/** Ends a command with exit code 1 after it was reported. */
export class InputFailure extends Error {
  override readonly name = 'InputFailure';
  readonly report: InputReport;

  constructor(diagnostics: readonly Diagnostic[], source?: Source, doing?: string) {
    super(diagnostics[0]?.message ?? 'invalid input');
    this.report = { diagnostics, source, doing };
  }
}

/** A failure that has no place in a text. */
export function failure(message: string, help?: string): InputFailure {
  return new InputFailure([{ severity: 'error', code: 'input', message, help, labels: [] }]);
}

/** The text of a file; of standard input when there is no file name. `what` is for the message. */
export function readSource(file: string | undefined, what: string): Source & { readonly name: string } {
  const name = file ?? '<stdin>';
  try {
    return { name, text: readFileSync(file ?? 0, 'utf8') };
  } catch (error) {
    throw failure(`failed to open ${what} file \`${name}\`: ${reasonOf(error)}`);
  }
}

/** What the system says about a file that cannot be read or written, in few words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EEXIST') return 'it exists';
  return message;
}
