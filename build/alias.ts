/**
 * Alias — the package that takes the place of `@cedar-policy/cedar-wasm` by an alias:
 *
 *     npm install @cedar-policy/cedar-wasm@npm:@cedarmill/cedar-wasm
 *
 * The main package cannot be its target: its entry is the engine, and its version says nothing about Cedar's. This one has the entries of the
 * official package under the same subpaths, and the version of the SDK whose answers it gives. It is the same code as `cedarmill/cedar-wasm`, copied.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ENTRIES, type Entry, outputsOf } from './entries.ts';

export const ALIAS = 'packages/cedar-wasm';

const SUBPATH = './cedar-wasm';

const ENTRIES_OF_ALIAS = ENTRIES.filter(({ subpath }) => subpath === SUBPATH || subpath.startsWith(`${SUBPATH}/`));

export function buildAlias(root: string): void {
  const target = join(root, ALIAS);
  rmSync(join(target, 'dist'), { recursive: true, force: true });
  const entries = ENTRIES_OF_ALIAS.flatMap((entry) => Object.values(outputsOf(entry)));
  const files = reachableFiles(entries.map((path) => join(root, path)).filter(existsSync));
  for (const file of [...files, join(root, 'dist/cjs/package.json')]) copy(file, join(target, relative(root, file)));
  for (const file of ['LICENSE', 'dist/third-party-licenses.txt']) copy(join(root, file), join(target, file));
}

/** The value of `exports` in the package.json of the alias: the subpaths of the official package. */
export function aliasExports(exportsOf: (entry: Entry) => unknown): Record<string, unknown> {
  const subpaths = ENTRIES_OF_ALIAS.map((entry) => [entry.subpath.replace(SUBPATH, '.'), exportsOf(entry)] as const);
  return { ...Object.fromEntries(subpaths), './package.json': './package.json' };
}

const MODULE = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*(["'])(\.[^"']+)\1/g;

/** Modules and declarations that these import, and so on. */
function reachableFiles(entries: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const [, , module] of readFileSync(path, 'utf8').matchAll(MODULE)) {
      const file = join(dirname(path), module!);
      open.push(path.endsWith('.d.ts') ? file.replace(/\.js$/, '.d.ts') : file);
    }
  }
  return reached;
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}
