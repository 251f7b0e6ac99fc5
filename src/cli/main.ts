#!/usr/bin/env node
/**
 * Main — the `cedarmill` command.
 */
import { TERMINAL } from './output.ts';
import { runCommandLine } from './run.ts';

// Whoever reads the output may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = runCommandLine(process.argv.slice(2), TERMINAL);
