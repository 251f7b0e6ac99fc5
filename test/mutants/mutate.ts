/**
 * Mutate — the test's machinery with one line of the sources changed, bundled and loaded.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Mutant } from './validator.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Loads a module of the tree as it would be with the mutant in it. */
export async function loadMutated<T>(entry: string, mutant: Mutant): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mutant-'));
  const outfile = join(folder, 'mutated.mjs');
  try {
    await build({
      entryPoints: [resolve(ROOT, entry)],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      logLevel: 'silent',
      plugins: [changing(mutant)],
    });
    return (await import(pathToFileURL(outfile).href)) as T;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function changing(mutant: Mutant): Plugin {
  const path = resolve(ROOT, mutant.file);
  const filter = new RegExp(`${mutant.file.replace(/[.\\/]/g, '.')}$`);
  return {
    name: 'mutant',
    setup({ onLoad }) {
      onLoad({ filter }, () => ({ contents: mutated(readFileSync(path, 'utf8'), mutant), loader: 'ts' }));
    },
  };
}

/** The source with the change in it. Throws if there is not exactly one place for it: then the mutant is out of date. */
export function mutated(source: string, { name, find, replace }: Mutant): string {
  const parts = source.split(find);
  if (parts.length !== 2) throw new Error(`mutant "${name}" fits ${parts.length - 1} places, not one`);
  return parts.join(replace);
}
