/**
 * Node cells — both module formats, alone and together, on the first and the newest release of each line; and the command.
 */
import { type Cell, json, manifest, OK } from '../cell.ts';
import { BOTH_PROGRAM, CJS_PROGRAM, ESM_PROGRAM, POLICIES } from '../program.ts';

/** Where npm puts the command, seen from a cell. */
export const COMMAND = '../../node_modules/.bin/cedarmill';

export const NODES = ['20.0', '20', '22.0', '22', '24', '26'] as const;

export const nodeCells: readonly Cell[] = NODES.flatMap((node) => [
  program(node, 'import', 'import.mjs', ESM_PROGRAM),
  program(node, 'require', 'require.cjs', CJS_PROGRAM),
  {
    ...program(node, 'import and require', 'both.mjs', BOTH_PROGRAM),
    shows: 'one copy of every class: stores, engines and errors pass from one format to the other',
  },
]);

function program(node: string, what: string, file: string, text: string): Cell {
  return {
    name: `Node ${node}: ${what}`,
    group: 'Node',
    shows: 'every entry of the package',
    files: { 'package.json': manifest(), [file]: text },
    steps: [{ program: `node-${node}`, args: [file], expect: OK }],
  };
}

const USE = `
const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Photo::"beach"' };
const photo = { uid: { type: 'Photo', id: 'beach' }, attrs: { public: true }, parents: [] };
const engine = load(policies);
if (!engine.isAllowed(request, [photo]) || engine.isAllowed({ ...request, action: 'Action::"edit"' }, [photo])) {
  throw new Error('wrong answer');
}
console.log('cedarmill: ok');
`;
const IMPORT = (module: string) => `import { load } from 'cedarmill';\nimport { policies } from '${module}';\n${USE}`;
const REQUIRE = (module: string) =>
  `const { load } = require('cedarmill');\nconst { policies } = require('${module}');\n${USE}`;

const OFFICIAL = `
const answer = isAuthorized({
  principal: { type: 'User', id: 'alice' },
  action: { type: 'Action', id: 'view' },
  resource: { type: 'Photo', id: 'beach' },
  context: {},
  policies: { staticPolicies: 'permit(principal, action, resource);' },
  entities: [],
});
if (answer.type !== 'success' || answer.response.decision !== 'allow') throw new Error('wrong answer');
console.log('cedarmill: ok');
`;

/** `npm install @cedar-policy/cedar-wasm@npm:@cedarmill/cedar-wasm`, here from its tarball. */
export const aliasCells: readonly Cell[] = ['20.0', '26'].map((node) => ({
  name: `Alias for cedar-wasm: Node ${node}`,
  group: 'Node',
  shows: 'code written for `@cedar-policy/cedar-wasm`, `import` and `require`, with its subpaths',
  files: {
    'package.json': manifest(),
    'import.mjs': `import { isAuthorized } from '@cedar-policy/cedar-wasm';\n${OFFICIAL}`,
    'nodejs.cjs': `const { isAuthorized } = require('@cedar-policy/cedar-wasm/nodejs');\n${OFFICIAL}`,
    'web.mjs': `import init, { isAuthorized } from '@cedar-policy/cedar-wasm/web';\nawait init();\n${OFFICIAL}`,
  },
  steps: ['import.mjs', 'nodejs.cjs', 'web.mjs'].map((file) => ({ program: `node-${node}`, args: [file], expect: OK })),
}));

/** What compiles a module also says its types. */
const TYPED = {
  'use.mts': `import { load, type ModuleEngine } from 'cedarmill';\nimport { policies } from './policies.mjs';\nexport const engine: ModuleEngine = load(policies);\n`,
  'use.cts': `import { load, type ModuleEngine } from 'cedarmill';\nimport { policies } from './policies.cjs';\nexport const engine: ModuleEngine = load(policies);\n`,
  'tsconfig.json': json({
    compilerOptions: {
      module: 'nodenext',
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      types: [],
      lib: ['es2022'],
    },
  }),
};

export const commandCells: readonly Cell[] = [
  {
    name: 'Compiled module: types',
    group: 'Command line',
    shows: 'the declarations that `cedarmill compile` writes beside `.mjs` and `.cjs`',
    files: { 'package.json': manifest(), 'policies.cedar': POLICIES, ...TYPED },
    steps: [
      ...['policies.mjs', 'policies.cjs'].map((out) => ({
        program: 'node',
        args: [COMMAND, 'compile', '-p', 'policies.cedar', '-o', out],
      })),
      { program: 'typescript-5.9/bin/tsc', args: ['-p', '.'] },
    ],
  },
  compiled('Compiled module: ES project', manifest('module'), 'policies.js', { 'main.js': IMPORT('./policies.js') }),
  compiled('Compiled module: CommonJS project', manifest('commonjs'), 'policies.js', {
    'main.js': REQUIRE('./policies.js'),
  }),
  compiled('Compiled module: project that names no type', manifest(), 'policies.js', {
    'main.js': REQUIRE('./policies.js'),
  }),
  compiled('Compiled module: .mjs in a CommonJS project', manifest('commonjs'), 'policies.mjs', {
    'main.mjs': IMPORT('./policies.mjs'),
  }),
  compiled('Compiled module: .cjs in an ES project', manifest('module'), 'policies.cjs', {
    'main.cjs': REQUIRE('./policies.cjs'),
  }),
];

function compiled(name: string, packageJson: string, out: string, main: Readonly<Record<string, string>>): Cell {
  const [file] = Object.keys(main);
  const nodes = ['20.0', '26'] as const;
  return {
    name,
    group: 'Command line',
    shows: `\`cedarmill compile -o ${out}\`, loaded and asked`,
    files: { 'package.json': packageJson, 'policies.cedar': POLICIES, ...main },
    steps: nodes.flatMap((node) => [
      { program: `node-${node}`, args: [COMMAND, 'compile', '-p', 'policies.cedar', '-o', out] },
      { program: `node-${node}`, args: [file!], expect: OK },
    ]),
  };
}
