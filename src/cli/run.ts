/**
 * Run — one command line, from its arguments to its exit code.
 */
import { CommanderError } from 'commander';
import { VERSION } from '../../codegen/index.ts';
import { ExitCode } from './exit-code.ts';
import type { Terminal } from './output.ts';
import { commandLine } from './program.ts';

/** `args` begin after the name of the command. */
export function runCommandLine(args: readonly string[], terminal: Terminal): ExitCode {
  let code: ExitCode = ExitCode.success;
  const program = commandLine(VERSION, terminal, (ended) => {
    code = ended;
  });
  try {
    program.parse(args, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version end so too.
    return error.exitCode === 0 ? ExitCode.success : ExitCode.usage;
  }
}
