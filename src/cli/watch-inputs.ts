/**
 * Watch inputs — runs a command again whenever a file that it reads changes, until the process is ended.
 *
 * What fails is reported and changes nothing: the last good files stay, and the next change runs the command again.
 */
import { dirname, resolve } from 'node:path';
import { watch } from 'chokidar';
import { InputFailure } from '../build/input.ts';
import type { Output } from './output.ts';

export interface WatchedInputs {
  readonly files: readonly string[];
  /** Files in them may come and go. */
  readonly folders: readonly string[];
  /** Files that the command writes; their changes do not run it. */
  readonly written: readonly string[];
}

/** Runs it once the files are watched, so that no change before that is missed. */
export function runOnChange(inputs: WatchedInputs, run: () => unknown, output: Output): void {
  const files = inputs.files.map((file) => resolve(file));
  const written = new Set(inputs.written.map((file) => resolve(file)));
  const watcher = watch([...files, ...inputs.folders.map((folder) => resolve(folder)), ...files.map(dirname)], {
    ignoreInitial: true,
    depth: 20,
    ignored: (path) =>
      written.has(path) || path.endsWith('.tmp') || /[\\/](?:node_modules|\.git)(?:[\\/]|$)/.test(path),
  });
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', (_event, path) => {
    if (!/\.(?:cedar|cedarschema|json)$/.test(path) && !files.includes(path)) return;
    clearTimeout(timer);
    // Editors write in several steps.
    timer = setTimeout(() => reporting(run, output), 20);
  });
  watcher.on('ready', () => {
    reporting(run, output);
    output.line('watching');
  });
}

function reporting(run: () => unknown, output: Output): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof InputFailure)) throw error;
    output.report(error.report);
  }
}
