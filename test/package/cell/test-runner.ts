/**
 * Test runner cells — Jest with its defaults, with Babel, with ts-jest, as ES modules and as in a browser; Vitest.
 */
import { type Cell, json, manifest } from '../cell.ts';
import { CJS_MODULE, ESM_MODULE } from '../program.ts';

const TEST = `
test('every entry works', () => {
  expect(useAll()).toBe('cedarmill: ok');
});
`;
const CJS_TEST = `${CJS_MODULE}${TEST}`;
const ESM_TEST = `${ESM_MODULE}${TEST}`;
const TS_TEST = `import { compile, type Engine, EntityStore } from 'cedarmill';

test('an engine decides', () => {
  const engine: Engine = compile('permit(principal, action, resource) when { resource.public };');
  const store = EntityStore.from([{ uid: { type: 'Photo', id: 'beach' }, attrs: { public: true }, parents: [] }]);
  const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Photo::"beach"' };
  expect(engine.isAllowed(request, store)).toBe(true);
});
`;

const BABEL = `module.exports = { presets: [['@babel/preset-env', { targets: { node: 'current' } }]] };\n`;
const BABEL_TS = BABEL.replace('}]]', "}], '@babel/preset-typescript']");

export const testRunnerCells: readonly Cell[] = [
  jest('Jest', 'its defaults, `require`', { 'all.test.js': CJS_TEST }),
  jest('Jest with Babel', '`import` that Babel turns into `require`', {
    'babel.config.js': BABEL,
    'all.test.js': ESM_TEST,
  }),
  jest('Jest with Babel, TypeScript', '`import` in TypeScript', {
    'babel.config.js': BABEL_TS,
    'all.test.ts': TS_TEST,
  }),
  jest('Jest with ts-jest', 'types and all', {
    'jest.config.js': `module.exports = { preset: 'ts-jest' };\n`,
    'tsconfig.json': json({
      compilerOptions: { module: 'commonjs', target: 'es2022', strict: true, esModuleInterop: true, types: ['node'] },
    }),
    'globals.d.ts': `declare function test(name: string, run: () => void): void;
declare function expect(value: unknown): { toBe(value: unknown): void };\n`,
    'all.test.ts': `/// <reference path="./globals.d.ts" />\n${TS_TEST}`,
  }),
  jest(
    'Jest, ES modules',
    '`--experimental-vm-modules`',
    { 'jest.config.mjs': 'export default { transform: {} };\n', 'all.test.mjs': ESM_TEST },
    ['--testMatch', '**/*.test.mjs'],
  ),
  jest('Jest as in a browser', 'the export conditions of jsdom', {
    'jest.config.js': `module.exports = { testEnvironmentOptions: { customExportConditions: ['browser'] } };\n`,
    'all.test.js': CJS_TEST,
  }),
  {
    name: 'Vitest',
    group: 'Test runner',
    shows: 'its defaults',
    files: {
      'package.json': manifest(),
      'all.test.mjs': `import { expect, test } from 'vitest';\n${ESM_TEST}`,
      'all.test.ts': `import { expect, test } from 'vitest';\n${TS_TEST}`,
    },
    steps: [
      { program: 'vitest/vitest.mjs', args: ['run', '--maxWorkers=1', '--reporter=verbose'], expect: /2 passed/ },
    ],
  },
];

function jest(
  name: string,
  shows: string,
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Cell {
  return {
    name,
    group: 'Test runner',
    shows,
    files: { 'package.json': manifest(), ...files },
    steps: [
      {
        program: 'jest/bin/jest.js',
        args: ['--ci', '--runInBand', '--no-cache', ...args],
        env: { NODE_OPTIONS: '--experimental-vm-modules' },
        expect: /Tests:\s+1 passed, 1 total/,
      },
    ],
  };
}
