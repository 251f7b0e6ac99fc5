/**
 * Compile — policies to a JavaScript module.
 */
import { writeFileSync } from 'node:fs';
import { emitModule } from '../../../codegen/bind/module.ts';
import { CompiledPolicies } from '../../../codegen/compile.ts';
import { check } from '../../../codegen/print/check.ts';
import { ExitCode } from '../exit-code.ts';
import { failure } from '../input.ts';
import { loadPolicies, type PolicyOptions } from '../load.ts';
import type { Output } from '../output.ts';

export interface CompileOptions extends PolicyOptions {
  readonly out?: string | undefined;
}

export function compileToModule(options: CompileOptions, output: Output): ExitCode {
  const text = emitModule(CompiledPolicies.of(loadPolicies(options), { check }));
  if (options.out === undefined) output.line(text.trimEnd());
  else write(options.out, text);
  return ExitCode.success;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw failure(`failed to write \`${file}\`: ${(error as Error).message}`);
  }
}
