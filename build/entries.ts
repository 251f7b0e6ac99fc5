/**
 * Entries — what the package offers under which subpath, and the conditions of `exports` that lead there.
 *
 * In Node there is one copy of every class: `import` reaches a thin ES module that re-exports the CommonJS build, `require` that build itself.
 * Otherwise an `EntityStore` made by a CommonJS file would not be one to an ES module of the same process, and Node before 20.19 and 22.12 cannot
 * `require` an ES module at all. Bundlers, browsers and edge runtimes take the ES build (condition `module`), for `import` and `require` alike,
 * so they too have one copy, and they can leave out what is not used.
 */

export interface Entry {
  /** As in `exports` of package.json. */
  readonly subpath: string;
  readonly source: string;
  /** It has a default export, which an ES module cannot take from a CommonJS one: so there is the ES module only. */
  readonly esmOnly?: boolean;
  /** Nobody requires it. */
  readonly moduleOnly?: boolean;
  /** A tool, which runs beside an application: it has a default export in both formats, and each format its own copy. */
  readonly ownCopy?: boolean;
}

/** Entries of one group share chunks, and so classes. Those of different groups do not: nothing that they have in common meets. */
export const GROUPS: readonly (readonly Entry[])[] = [
  [
    { subpath: '.', source: 'src/index.ts' },
    { subpath: './runtime', source: 'src/runtime.ts' },
  ],
  // The subpaths of the package that it stands for, so that an alias for the whole of it works.
  [
    { subpath: './cedar-wasm', source: 'src/cedar-wasm/index.ts' },
    { subpath: './cedar-wasm/nodejs', source: 'src/cedar-wasm/index.ts' },
    { subpath: './cedar-wasm/esm', source: 'src/cedar-wasm/index.ts' },
    { subpath: './cedar-wasm/web', source: 'src/cedar-wasm/web.ts', esmOnly: true },
  ],
  [{ subpath: './check', source: 'codegen/print/check.ts' }],
  ['vite', 'rollup', 'rolldown', 'webpack', 'rspack', 'esbuild', 'farm', 'bun', 'loader', 'jest'].map((name) => ({
    subpath: `./${name}`,
    source: `src/plugin/${name}.ts`,
    ownCopy: true,
  })),
  [{ subpath: './register', source: 'src/plugin/register.ts', esmOnly: true, moduleOnly: true }],
];

export const ENTRIES: readonly Entry[] = GROUPS.flat();

/** The command is a process of its own: one ES module, no types. */
export const COMMAND = 'src/cli/main.ts';

/** Where the build puts each form of an entry, relative to the package. */
export function outputsOf({ source }: Entry) {
  const path = source.replace(/\.ts$/, '');
  return {
    esm: `./dist/${path}.js`,
    esmTypes: `./dist/${path}.d.ts`,
    node: `./dist/node/${path}.js`,
    cjs: `./dist/cjs/${path}.js`,
    cjsTypes: `./dist/cjs/${path}.d.ts`,
  };
}

/** The value of `exports` in package.json. */
export function packageExports(): Record<string, unknown> {
  const subpaths = ENTRIES.map((entry) => [entry.subpath, conditionsOf(entry)] as const);
  return { ...Object.fromEntries(subpaths), './package.json': './package.json' };
}

export function conditionsOf(entry: Entry) {
  const { esm, esmTypes, node, cjs, cjsTypes } = outputsOf(entry);
  if (entry.esmOnly === true) return { types: esmTypes, default: esm };
  const required = { types: cjsTypes, default: cjs };
  if (entry.ownCopy === true) return { require: required, default: { types: esmTypes, default: esm } };
  return {
    module: esm,
    node: { require: required, default: { types: esmTypes, default: node } },
    require: required,
    default: { types: esmTypes, default: esm },
  };
}

/** The value of `typesVersions`: TypeScript's `moduleResolution: node10` does not read `exports`. */
export function typesVersions(): Record<string, Record<string, readonly string[]>> {
  const subpaths = ENTRIES.filter(({ subpath }) => subpath !== '.');
  return {
    '*': Object.fromEntries(subpaths.map((entry) => [entry.subpath.slice(2), [outputsOf(entry).cjsTypes]])),
  };
}
