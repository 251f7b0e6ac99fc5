/**
 * Module format — whether Node would take a file for an ES module or for CommonJS.
 *
 * Docs: Node.js, Modules: Packages, "Determining module system". A `.js` file is what the nearest package.json says, and CommonJS if it says nothing.
 */
import { readFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { ModuleFormat } from '../../codegen/index.ts';
import { isJsonObject } from '../parser/json/json-form.ts';

/** `undefined` for a file whose name says that it is not JavaScript. */
export function formatOfFile(file: string): ModuleFormat | undefined {
  switch (extname(file)) {
    case '.mjs':
      return 'esm';
    case '.cjs':
      return 'cjs';
    case '.js':
      return typeOfFolder(dirname(resolve(file))) === 'module' ? 'esm' : 'cjs';
    default:
      return undefined;
  }
}

/** The file of the declarations of a module: `x.d.mts` for `x.mjs`. */
export function declarationsFile(file: string): string | undefined {
  return formatOfFile(file) === undefined ? undefined : file.replace(/\.([mc]?)js$/, '.d.$1ts');
}

/** `type` of the nearest package.json. */
function typeOfFolder(folder: string): unknown {
  const manifest = manifestIn(folder);
  if (manifest !== undefined) return manifest.type;
  const parent = dirname(folder);
  return parent === folder ? undefined : typeOfFolder(parent);
}

function manifestIn(folder: string): Readonly<Record<string, unknown>> | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, 'package.json'), 'utf8');
  } catch {
    return undefined;
  }
  try {
    const manifest: unknown = JSON.parse(text);
    return isJsonObject(manifest) ? manifest : {};
  } catch {
    return {};
  }
}
