/**
 * Policy file cells — `import authz from './policies.cedar'` in every bundler: the same 1,000 answers as an engine that compiles while it runs.
 */
import { type Cell, manifest, OK, type Step } from '../cell.ts';
import { COMMAND } from './node.ts';
import { ANSWERS, APP, COMPARE, EXPECT, expectStep, node, POLICIES, run } from './policy-app.ts';

const VITE = `
import cedarmill from 'cedarmill/vite';
const config = { plugins: [cedarmill()], logLevel: 'warn', ssr: { noExternal: true } };
export { config as default };
`;
const ROLLUP = `
import cedarmill from 'cedarmill/rollup';
import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
const options = { input: 'main.js', output: { file: 'out/bundle.mjs', format: 'es' }, plugins: [cedarmill(), resolve(), commonjs()] };
export { options as default };
`;
const ROLLDOWN = `
import { build } from 'rolldown';
import cedarmill from 'cedarmill/rolldown';
await build({ input: 'main.js', platform: 'node', output: { file: 'out/bundle.mjs' }, plugins: [cedarmill()] });
`;
const packs = (tool: string, plugin: string) => `
import pack from '${tool}';
import cedarmill from 'cedarmill/${plugin}';
const { rspack = pack } = pack;
const options = { mode: 'production', target: 'node', context: process.cwd(), entry: './main.js', output: { path: process.cwd() + '/out', filename: 'bundle.cjs' }, plugins: [cedarmill()] };
rspack(options, (error, stats) => {
  if (error) throw error;
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
});
`;
const LOADER = `
const webpack = require('webpack');
const rules = [{ test: /\\.cedar$/, loader: 'cedarmill/loader', type: 'javascript/auto' }];
webpack({ mode: 'production', target: 'node', context: process.cwd(), entry: './main.js', output: { path: process.cwd() + '/out', filename: 'bundle.cjs' }, module: { rules } }, (error, stats) => {
  if (error) throw error;
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
});
`;
const ESBUILD = `
import { build } from 'esbuild';
import cedarmill from 'cedarmill/esbuild';
const [platform, outfile, entry] = process.argv.slice(2);
await build({ entryPoints: [entry ?? 'main.js'], bundle: true, platform, format: 'esm', outfile, plugins: [cedarmill()], conditions: ['workerd', 'worker', 'browser'] });
`;
const FARM = `
import { build } from '@farmfe/core';
import cedarmill from 'cedarmill/farm';
await build({ configFile: false, root: process.cwd(), compilation: { input: { main: './main.js' }, output: { path: 'out', targetEnv: 'node', format: 'esm' }, persistentCache: false }, plugins: [cedarmill()] });
process.exit(0);
`;
const BUN = `
import cedarmill from 'cedarmill/bun';
const { success, logs } = await Bun.build({ entrypoints: ['main.js'], outdir: 'out', target: 'node', naming: 'bundle.mjs', plugins: [cedarmill()] });
if (!success) throw new Error(String(logs));
`;

/** Wrong policies: the build fails, and says where. */
const WRONG = {
  ...APP,
  'policies.cedar': `${POLICIES}\npermit (principal, action, resource)\n  when { resource.ownr == principal };\n`,
};
const WRONG_PLACE = /policies\.cedar:7:10: .*attribute `ownr`[\s\S]*7 \|\s+when \{ resource\.ownr == principal \};/;
const failing = (build: string) => `
import { spawnSync } from 'node:child_process';
const { status, stdout, stderr } = spawnSync(process.execPath, ${build}, { encoding: 'utf8' });
if (status === 0) throw new Error('it was built');
console.log((stdout + stderr).replace(/\\u001b\\[[0-9;]*m/g, ''));
`;

const app = (name: string, files: Readonly<Record<string, string>>, build: Step, output: string): Cell => ({
  name: `policies.cedar: ${name}`,
  group: 'Policies at build time',
  shows: '1,000 answers of an imported `.cedar` file are those of `compile`',
  files: { ...APP, ...files },
  steps: [expectStep, build, run(output)],
});

export const policyFileCells: readonly Cell[] = [
  app(
    'Vite',
    { 'vite.config.js': VITE },
    { program: 'vite/bin/vite.js', args: ['build', '--ssr', 'main.js', '--outDir', 'out'] },
    'out/main.js',
  ),
  app(
    'Rollup',
    { 'rollup.config.js': ROLLUP },
    { program: 'rollup/dist/bin/rollup', args: ['-c', '--silent'] },
    'out/bundle.mjs',
  ),
  app('Rolldown', { 'build.mjs': ROLLDOWN }, node('build.mjs'), 'out/bundle.mjs'),
  app('webpack', { 'build.mjs': packs('webpack', 'webpack') }, node('build.mjs'), 'out/bundle.cjs'),
  app('webpack, loader', { 'build.cjs': LOADER }, node('build.cjs'), 'out/bundle.cjs'),
  app('Rspack', { 'build.mjs': packs('@rspack/core', 'rspack') }, node('build.mjs'), 'out/bundle.cjs'),
  app('esbuild', { 'build.mjs': ESBUILD }, node('build.mjs', 'node', 'out/bundle.mjs'), 'out/bundle.mjs'),
  app('Bun', { 'build.mjs': BUN }, { program: '.bin/bun', args: ['run', 'build.mjs'] }, 'out/bundle.mjs'),
  ...['node', 'node-22', 'node-26'].map(
    (program): Cell => ({
      ...app(`Node, ${program === 'node' ? 'hooks in their thread' : program.replace('-', ' ')}`, {}, expectStep, ''),
      steps: [expectStep, { program, args: ['--import', 'cedarmill/register', 'main.js'], expect: OK }],
    }),
  ),
  {
    ...app('cedarmill build', { 'all.js': COMPARE('./authz.js') }, expectStep, ''),
    shows: '1,000 answers of a built module, of a standalone one and of CommonJS; `--check`',
    steps: [
      expectStep,
      node(COMMAND, 'build', '-p', 'policies.cedar', '-s', 'policies.cedarschema', '-o', 'authz.js'),
      run('main.js'),
      node(COMMAND, 'build', '-p', 'policies.cedar', '-s', 'policies.cedarschema', '-o', 'authz.js', '--check'),
      node(COMMAND, 'build', '-p', 'policies.cedar', '-s', 'policies.cedarschema', '-o', 'authz.js', '--standalone'),
      node(
        '-e',
        "const { default: authz } = await import('./authz.js'); const { answers, entities } = await import('./answers.js'); const { expected } = await import('./expected.js'); if (answers(authz, entities) !== expected) throw new Error('other answers'); if (/^import\\b/m.test(require('node:fs').readFileSync('authz.js', 'utf8'))) throw new Error('it imports');".replace(
          'require(',
          'process.getBuiltinModule(',
        ),
      ),
      node(COMMAND, 'build', '-p', 'policies.cedar', '-s', 'policies.cedarschema', '-o', 'authz.cjs'),
      node(
        '-e',
        "const { default: authz, schema } = require('./authz.cjs'); if (schema === undefined || typeof authz.isAllowed !== 'function') throw new Error('no engine')",
      ),
    ],
  },
  {
    name: 'policies.cedar: Jest',
    group: 'Policies at build time',
    shows: '1,000 answers, through the transform',
    files: {
      ...APP,
      'package.json': manifest(),
      'jest.config.json': JSON.stringify({
        testMatch: ['**/use.test.js'],
        transform: {
          '\\.cedar$': 'cedarmill/jest',
          '\\.js$': ['babel-jest', { presets: [['@babel/preset-env', { targets: { node: 'current' } }]] }],
        },
        moduleFileExtensions: ['js', 'json', 'cedar'],
      }),
      'use.test.js': `import { useAll } from './all.js';\ntest('answers', () => expect(useAll()).toBe('cedarmill: ok'));\n`,
      'expect.mjs': EXPECT.replace("'./answers.js'", "'./answers.mjs'"),
      'answers.mjs': ANSWERS,
    },
    steps: [expectStep, { program: 'jest/bin/jest.js', args: ['--ci'] }],
  },
  {
    name: 'policies.cedar: workerd',
    group: 'Policies at build time',
    shows: '1,000 answers in a Worker',
    files: {
      ...APP,
      'build.mjs': ESBUILD,
      'worker.js': `import { useAll } from './all.js';\nconst worker = { test() { console.log(useAll()); } };\nexport { worker as default };\n`,
      'config.capnp': `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [(name = "worker", esModule = embed "out/worker.js")],
  compatibilityDate = "2025-01-01",
))]);
`,
    },
    steps: [
      expectStep,
      node('build.mjs', 'browser', 'out/worker.js', 'worker.js'),
      { program: '.bin/workerd', args: ['test', 'config.capnp', '--verbose'], expect: OK },
    ],
  },
  {
    name: 'policies.cedar: wrong policies',
    group: 'Policies at build time',
    shows: 'Vite, webpack, esbuild and Node fail with file, line, column and code frame',
    files: {
      ...WRONG,
      'expected.js': 'export const expected = "";\n',
      'vite.config.js': VITE,
      'webpack.mjs': packs('webpack', 'webpack'),
      'esbuild.mjs': ESBUILD,
      'fail-vite.mjs': failing(
        `['../../node_modules/vite/bin/vite.js', 'build', '--ssr', 'main.js', '--outDir', 'out']`,
      ),
      'fail-webpack.mjs': failing(`['webpack.mjs']`),
      'fail-esbuild.mjs': failing(`['esbuild.mjs', 'node', 'out/bundle.mjs']`),
      'fail-node.mjs': failing(`['--import', 'cedarmill/register', 'main.js']`),
    },
    steps: [
      ...['vite', 'webpack', 'esbuild'].map(
        (tool): Step => ({ program: 'node', args: [`fail-${tool}.mjs`], expect: WRONG_PLACE }),
      ),
      { program: 'node', args: ['fail-node.mjs'], expect: /policies\.cedar:7:10: / },
    ],
  },
  app('Farm', { 'build.mjs': FARM }, node('build.mjs'), 'out/main.js'),
  {
    name: 'policies.cedar: Next.js with Turbopack',
    group: 'Policies at build time',
    shows: '1,000 answers in a server component and a client component, by the loader',
    files: {
      ...APP,
      'package.json': manifest(),
      'expect.mjs': EXPECT.replace("'./answers.js'", "'./answers.mjs'").replace("'expected.js'", "'app/expected.js'"),
      'answers.mjs': ANSWERS,
      'app/answers.js': ANSWERS,
      'app/all.js': COMPARE('../policies.cedar'),
      'next.config.mjs': `const config = {
  turbopack: { root: '/', rules: { '*.cedar': { loaders: ['cedarmill/loader'], as: '*.js' } } },
  outputFileTracingRoot: '/',
  experimental: { cpus: 1 },
};
export { config as default };
`,
      'app/layout.js': `const Layout = ({ children }) => <html lang="en"><body>{children}</body></html>;\nexport { Layout as default };\n`,
      'app/client.js': `'use client';\nimport { useAll } from './all.js';\nexport function Client() {\n  return <p>client {useAll()}</p>;\n}\n`,
      'app/page.js': `import { useAll } from './all.js';\nimport { Client } from './client.js';\nconst Page = () => <main><p>server {useAll()}</p><Client /></main>;\nexport { Page as default };\n`,
      'look.mjs': `
import { readFileSync } from 'node:fs';
const html = readFileSync('.next/server/app/index.html', 'utf8').replaceAll('<!-- -->', '');
for (const part of ['server', 'client']) if (!html.includes(part + ' cedarmill: ok')) throw new Error(part + ': ' + html);
console.log('cedarmill: ok');
`,
    },
    steps: [
      expectStep,
      { program: 'next/dist/bin/next', args: ['build', '--turbopack'], env: { NEXT_TELEMETRY_DISABLED: '1' } },
      run('look.mjs'),
    ],
  },
];
