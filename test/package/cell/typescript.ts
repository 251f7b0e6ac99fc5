/**
 * TypeScript cells — every release from 5.4 on with every way of resolving modules, libraries checked too, in ES and CommonJS files.
 */
import { read } from '../../architecture/tree.ts';
import { type Cell, json, manifest } from '../cell.ts';

export const COMPILERS = ['5.4', '5.5', '5.6', '5.7', '5.8', '5.9', '6.0', '7.0'] as const;
export const RESOLUTIONS = ['node10', 'node16', 'nodenext', 'bundler'] as const;
type Resolution = (typeof RESOLUTIONS)[number];

/** Uses types of every entry; the errors that must be errors are asserted by `@ts-expect-error`. */
const USE = `
import { compile, type Engine, EntityStore, PolicySyntaxError, type Response, load } from 'cedarmill';
import { check } from 'cedarmill/check';
import { isAuthorized } from 'cedarmill/cedar-wasm';
import { type PolicyModule } from 'cedarmill/runtime';

const engine: Engine = compile('permit(principal, action, resource);', { check });
const store: EntityStore = EntityStore.from([]);
const response: Response = engine.isAuthorized({ principal: 'User::"a"', action: 'Action::"b"', resource: 'C::"d"' }, store);
export const decision: 'allow' | 'deny' = response.decision;
export const ids: readonly string[] = response.determiningPolicies;
export const isSyntaxError = (error: unknown): error is PolicySyntaxError => error instanceof PolicySyntaxError;
export const loaded = (module: PolicyModule) => load(module).isAllowed;
export const dropIn: string = isAuthorized.name;
// @ts-expect-error: a decision is one of two words
export const wrong: 'maybe' = response.decision;
// @ts-expect-error: a request has a resource
engine.isAllowed({ principal: 'User::"a"', action: 'Action::"b"' }, store);
`;

/** A store of a CommonJS file is one for an ES module: there is one copy of the types. */
const ACROSS = `
import type { Engine } from 'cedarmill';
import { store } from './store.cjs';
export const ask = (engine: Engine) => engine.isAllowed({ principal: 'A::"a"', action: 'A::"b"', resource: 'A::"c"' }, store);
`;
const REQUIRE = `import cedarmill = require('cedarmill');\nexport const engine: cedarmill.Engine = cedarmill.compile('');\n`;
const STORE = `import { EntityStore } from 'cedarmill';\nexport const store = EntityStore.from([]);\n`;

/** The generated types with their right and wrong uses (test/src/schema-types), as an application has them. */
const TYPED = {
  'documents.d.cedar.ts': packaged('documents.d.cedar.ts'),
  'typed.ts': packaged('uses.ts'),
};

function packaged(name: string): string {
  return read(`test/src/schema-types/${name}`)
    .replaceAll("'../../../src/index.ts'", "'cedarmill'")
    .replaceAll("'../../../src/runtime.ts'", "'cedarmill/runtime'");
}

const OPTIONS = {
  allowArbitraryExtensions: true,
  strict: true,
  target: 'es2022',
  lib: ['es2022'],
  types: [],
  noEmit: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  isolatedModules: true,
};

/** All ways of resolving for the ends of each line, the strictest for the releases between. TypeScript 7 has no `node10`. */
export const typescriptCells: readonly Cell[] = COMPILERS.flatMap((compiler) =>
  RESOLUTIONS.filter((resolution) => isTested(compiler, resolution)).map((resolution) => cell(compiler, resolution)),
);

function isTested(compiler: string, resolution: Resolution): boolean {
  if (['5.5', '5.6', '5.7', '5.8'].includes(compiler)) return resolution === 'nodenext';
  return resolution !== 'node10' || compiler !== '7.0';
}

function cell(compiler: string, resolution: Resolution): Cell {
  const perFile = resolution === 'node16' || resolution === 'nodenext';
  return {
    name: `TypeScript ${compiler}: ${resolution}`,
    group: 'TypeScript',
    shows: `${perFile ? '`.ts`, `.mts` and `.cts`' : '`.ts`'}, \`skipLibCheck: false\`; types of a schema`,
    files: {
      'package.json': manifest(perFile ? 'module' : undefined),
      'tsconfig.json': json({ compilerOptions: { ...OPTIONS, ...modules(compiler, resolution) }, include: ['*'] }),
      'use.ts': USE,
      ...TYPED,
      ...(perFile
        ? { 'use-esm.mts': USE, 'use-cjs.cts': USE, 'store.cts': STORE, 'require.cts': REQUIRE, 'across.mts': ACROSS }
        : {}),
    },
    steps: [{ program: `typescript-${compiler}/bin/tsc`, args: ['-p', '.'] }],
  };
}

function modules(compiler: string, resolution: Resolution): Record<string, unknown> {
  if (resolution === 'bundler') return { module: 'esnext', moduleResolution: 'bundler' };
  if (resolution !== 'node10') return { module: resolution, moduleResolution: resolution };
  const deprecated = compiler === '6.0' ? { ignoreDeprecations: '6.0' } : {};
  return { module: 'commonjs', moduleResolution: 'node10', esModuleInterop: true, ...deprecated };
}
