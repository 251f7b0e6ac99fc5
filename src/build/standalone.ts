/**
 * Standalone — the runtime as one expression, for modules that import nothing. The build of the package writes it (build/standalone.ts).
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildError, problemOf } from './problem.ts';

/** From the package's root. */
export const STANDALONE = 'dist/standalone.js';

/** Throws `BuildError` where the package was not built. */
export function standaloneRuntime(): string {
  const path = join(packageFolder(dirname(fileURLToPath(import.meta.url))), STANDALONE);
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  throw new BuildError([problemOf('notBuilt', `\`${STANDALONE}\` is missing`, 'it is part of the published package')]);
}

function packageFolder(folder: string): string {
  return existsSync(join(folder, 'package.json')) || dirname(folder) === folder
    ? folder
    : packageFolder(dirname(folder));
}
