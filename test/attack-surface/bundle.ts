/**
 * Bundle — the package and a program of the tests as modules that plain Node runs, under whatever options.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ownMembersOnly } from '../../build/own-members.ts';

/** Bundles as the build of the package does. The path of the program; `package.mjs` and `drop-in.mjs` are beside it. */
export async function bundled(program: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'cedarmill-attack-'));
  const { outputFiles } = await build({
    entryPoints: {
      program: fileURLToPath(new URL(program, import.meta.url)),
      package: fileURLToPath(new URL('../../src/index.ts', import.meta.url)),
      'drop-in': fileURLToPath(new URL('../../src/cedar-wasm/index.ts', import.meta.url)),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'error',
    write: false,
  });
  for (const { path, text } of outputFiles) writeFileSync(path, ownMembersOnly(text));
  return join(folder, 'program.mjs');
}

/** What `child.ts` prints, run by Node with options. */
export function run(program: string, args: readonly string[], options: readonly string[] = []): string[][] {
  const text = execFileSync(process.execPath, [...options, program, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(text) as string[][];
}
