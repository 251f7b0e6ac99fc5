/**
 * Declarations — the types of the package: one copy, in the CommonJS format, which ES modules re-export.
 *
 * One copy, because TypeScript takes two declarations of a class with private members for two types. What no entry reaches is not shipped.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ENTRIES, outputsOf } from './entries.ts';

export function buildDeclarations(root: string): void {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  for (const path of declarationsBelow(join(root, 'dist/cjs'))) nameCompiledModules(path);
  const reached = reachable(ENTRIES.map((entry) => join(root, outputsOf(entry).cjsTypes)));
  for (const path of declarationsBelow(join(root, 'dist/cjs'))) if (!reached.has(path)) rmSync(path);
  for (const entry of ENTRIES) {
    const { esmTypes, cjs, cjsTypes } = outputsOf(entry);
    const path = join(root, esmTypes);
    mkdirSync(dirname(path), { recursive: true });
    // One that is an ES module only imports its neighbours, which are at the same place in both trees.
    if (entry.ownCopy === true || entry.moduleOnly === true) copyTypes(root, cjsTypes);
    else
      writeFileSync(
        path,
        entry.esmOnly === true ? readFileSync(join(root, cjsTypes), 'utf8') : reexport(esmTypes, cjs),
      );
  }
}

/** The declarations of a tool and of what they import, at the same place in the other tree. */
function copyTypes(root: string, cjsTypes: string): void {
  for (const from of reachable([join(root, cjsTypes)])) {
    const to = join(root, 'dist', relative(join(root, 'dist/cjs'), from));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, readFileSync(from, 'utf8'));
  }
}

function reexport(from: string, module: string): string {
  return `export * from ${JSON.stringify(relative(dirname(from), module))};\n`;
}

const MODULE = /(\bfrom\s*|\bimport\(\s*|\bimport\s*)(['"])([^'"]+)\2/g;

/** The modules that a declaration imports. Those in the examples of its comments do not count. */
export function modulesIn(text: string): string[] {
  return [...text.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(MODULE)].map((match) => match[3]!);
}

/** The compiler leaves `./x.ts` in declarations as it is; there is only `./x.js` in the package, and older compilers look for no other. */
function nameCompiledModules(path: string): void {
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(/((?:from|import\()\s*['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));
}

function reachable(entries: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const module of modulesIn(readFileSync(path, 'utf8'))) {
      const file = join(dirname(path), module.replace(/\.js$/, '.d.ts'));
      if (module.startsWith('.') && existsSync(file)) open.push(file);
      else throw new Error(`the declaration ${path} needs \`${module}\`, which the package does not hold`);
    }
  }
  return reached;
}

function declarationsBelow(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.map((file) => join(file.parentPath, file.name)).filter((path) => path.endsWith('.d.ts'));
}
