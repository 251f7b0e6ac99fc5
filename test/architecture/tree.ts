/**
 * Tree — the source files of the project, and what each imports.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Paths of the TypeScript files below the given folders, from the project's root, sorted. */
export function sourceFiles(...folders: string[]): string[] {
  return (
    folders
      .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.d(\.\w+)?\.ts$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      // `.next` holds what Next.js writes.
      .filter((path) => !/node_modules|\.next/.test(path))
      .sort()
  );
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** One `import`, `export … from` or `import()` of a file. */
export interface Import {
  readonly from: string;
  /** A path from the project's root, or a package's name. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const IMPORT = /^\s*(import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

export function importsOf(path: string): Import[] {
  return [...read(path).matchAll(IMPORT)].map((match) => {
    const specifier = match[3] ?? match[4] ?? '';
    const to = specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : specifier;
    return { from: path, to, typeOnly: match[2] !== undefined };
  });
}
