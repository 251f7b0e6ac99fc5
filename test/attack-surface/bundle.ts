/**
 * Bundle — the package with a program of the tests, as one module that plain Node runs, under whatever options.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The path of the bundle. Imports stay where they are evaluated, so that a program may do something before. */
export async function bundled(program: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'cedarmill-attack-'));
  await build({
    entryPoints: { program: fileURLToPath(new URL(program, import.meta.url)) },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  return join(folder, 'program.mjs');
}
