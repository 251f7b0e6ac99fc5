/**
 * Format — policies in the official layout, printed or written back.
 */
import { writeFileSync } from 'node:fs';
import { failure, InputFailure, readSource, reasonOf } from '../../build/input.ts';
import { formatPolicies } from '../../format/format.ts';
import { ExitCode } from '../exit-code.ts';
import type { Output } from '../output.ts';

export interface FormatOptions {
  readonly policies?: string | undefined;
  readonly lineWidth: number;
  readonly indentWidth: number;
  readonly write?: boolean | undefined;
  readonly check?: boolean | undefined;
}

/** With `check`, the exit code says whether the text was formatted already. */
export function format({ policies, lineWidth, indentWidth, write, check }: FormatOptions, output: Output): ExitCode {
  const source = readSource(policies, 'policy set');
  const { text, diagnostics } = formatPolicies(source.text, { lineWidth, indentWidth });
  if (text === undefined) throw new InputFailure(diagnostics, source, 'cannot parse input policies');
  if (write === true && policies !== undefined) writeText(policies, text);
  else output.write(text);
  return check === true && text !== source.text ? ExitCode.failure : ExitCode.success;
}

function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw failure(`failed to write formatted policies to \`${file}\`: ${reasonOf(error)}`);
  }
}
