#!/usr/bin/env node
/**
 * Main — the `cedarmill` command.
 */
import { createRequire } from 'node:module';
import { CommanderError } from 'commander';
import { ExitCode } from './exit-code.ts';
import { InputFailure } from './input.ts';
import { reportAll, TERMINAL } from './output.ts';
import { commandLine } from './program.ts';

const { version } = createRequire(import.meta.url)('cedarmill/package.json') as { version: string };
const program = commandLine(version, TERMINAL, (code) => {
  process.exitCode = code;
});
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) throw error;
  if (!(error instanceof InputFailure)) throw error;
  reportAll(TERMINAL, error.diagnostics, error.source);
  process.exitCode = ExitCode.failure;
}
