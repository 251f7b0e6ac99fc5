/**
 * Code — the JavaScript of the package: an ES build, the same as CommonJS, and the ES entries that Node takes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { toCommonJs } from './commonjs.ts';
import { COMMAND, type Entry, GROUPS, outputsOf } from './entries.ts';

const OPTIONS = {
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'es2022',
  minifyWhitespace: true,
  minifySyntax: true,
  outbase: '.',
  outdir: 'dist',
  chunkNames: 'chunk/[hash]',
  logLevel: 'warning',
  metafile: true,
  write: false,
} as const satisfies BuildOptions;

export async function buildCode(root: string): Promise<void> {
  for (const group of GROUPS) await buildGroup(root, group);
  const { outputFiles } = await build({ ...OPTIONS, absWorkingDir: root, entryPoints: [COMMAND] });
  for (const { path, text } of outputFiles) write(path, text);
  // Nearer than that of the package, which says `module`.
  write(join(root, 'dist/cjs/package.json'), `${JSON.stringify({ type: 'commonjs', sideEffects: false })}\n`);
}

async function buildGroup(root: string, group: readonly Entry[]): Promise<void> {
  const entryPoints = group.map(({ source }) => source);
  const { outputFiles, metafile } = await build({ ...OPTIONS, absWorkingDir: root, entryPoints });
  for (const { path, text } of outputFiles) {
    write(path, text);
    write(join(root, 'dist/cjs', relative(join(root, 'dist'), path)), toCommonJs(text));
  }
  for (const entry of group) {
    const { esm, node, cjs } = outputsOf(entry);
    const names = metafile.outputs[esm.slice(2)]!.exports;
    write(join(root, node), `export{${names.join(',')}}from${JSON.stringify(relative(dirname(node), cjs))};\n`);
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
