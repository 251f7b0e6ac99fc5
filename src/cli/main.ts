#!/usr/bin/env node
/**
 * Main — the `cedarmill` command.
 */
import { TERMINAL } from './output.ts';
import { runCommandLine } from './run.ts';

process.exitCode = runCommandLine(process.argv.slice(2), TERMINAL);
