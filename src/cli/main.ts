#!/usr/bin/env node
/**
 * Main — the `cedarmill` command.
 */
import { CommanderError } from 'commander';
import { VERSION } from '../../codegen/runtime/program/version.ts';
import { ExitCode } from './exit-code.ts';
import { InputFailure } from './input.ts';
import { reportAll, TERMINAL } from './output.ts';
import { commandLine } from './program.ts';

const program = commandLine(VERSION, TERMINAL, (code) => {
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
