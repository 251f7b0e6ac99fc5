/**
 * Hot replacement cells — development servers that run: another policy, another schema and a mistake under the same engine, in Vite, webpack and Rspack.
 */
import { type Cell, OK } from '../cell.ts';
import { APP } from './policy-app.ts';

/** Vite's development server: another policy, another schema and a mistake under the same engine. */
const DEV = `
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, createServerModuleRunner } from 'vite';
import cedarmill from 'cedarmill/vite';
const server = await createServer({ configFile: false, plugins: [cedarmill()], logLevel: 'silent', server: { middlewareMode: true, ws: false }, appType: 'custom' });
const runner = createServerModuleRunner(server.environments.ssr, { hmr: { logger: false } });
const { default: engine, useAll } = await runner.import('/use.js');
const request = { principal: 'User::"9"', action: 'view', resource: 'Doc::"1"', context: { mfa: false } };
const until = async (holds, what) => {
  for (let i = 0; i < 400; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('not ' + what);
};
let told = 0;
engine.onChange(() => told++);
const store = useAll();
if (engine.isAllowed(request, store)) throw new Error('allowed');
const policies = readFileSync('policies.cedar', 'utf8');
writeFileSync('policies.cedar', policies + 'permit (principal, action, resource);');
await until(() => engine.isAllowed(request, store), 'replaced');
if (told !== 1) throw new Error('told ' + told);
writeFileSync('policies.cedar', policies + 'permit (principal, action, resource) when { resource.nope };');
await new Promise((resolve) => setTimeout(resolve, 300));
if (!engine.isAllowed(request, store)) throw new Error('policies that do not fit got into the engine');
writeFileSync('policies.cedar', policies);
await until(() => !engine.isAllowed(request, store), 'mended');
const types = () => readFileSync('policies.d.cedar.ts', 'utf8');
writeFileSync('policies.cedarschema', readFileSync('policies.cedarschema', 'utf8') + 'action purge appliesTo { principal: User, resource: Doc };');
await until(() => types().includes('readonly purge'), 'typed by the new schema');
await until(() => { try { return engine.isAllowed({ ...request, action: 'purge', context: {} }, store) === false; } catch { return false; } }, 'deciding by the new schema');
console.log('cedarmill: ok');
process.exit(0);
`;

/** `node dev.mjs`: a compiler that watches, and the program that it makes, in one process. */
const packDev = (tool: string, cedar: string) => `
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import pack from '${tool}';
${cedar}
const { rspack = pack } = pack;
const compiler = rspack({
  mode: 'development', target: 'async-node', context: process.cwd(), entry: { main: './use.js' }, devtool: false, ...rules,
  output: { path: process.cwd() + '/out', filename: '[name].cjs' },
  plugins: [...plugins, new pack.HotModuleReplacementPlugin()],
});
let last;
const watching = compiler.watch({ aggregateTimeout: 20 }, (error, built) => {
  if (error) throw error;
  last = { failed: built.hasErrors(), text: built.toString('errors-warnings') };
});
const until = async (holds, what) => {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('not ' + what + ': ' + last?.text);
};
const built = () => last?.failed === false;
await until(built, 'built');
createRequire(import.meta.url)('./out/main.cjs');
const { app } = globalThis;
const { engine } = app;
const store = app.makeStore();
const size = store.size;
let told = 0;
engine.onChange(() => told++);
const request = { principal: 'User::"9"', action: 'view', resource: 'Doc::"1"', context: { mfa: false } };
const allows = async () => {
  if (built()) await app.update();
  return engine.isAllowed(request, store);
};
const refuses = async (place) => {
  await until(() => last.failed, 'refused');
  if (!place.test(last.text)) throw new Error('no place: ' + last.text);
  await app.update();
  if (!engine.isAllowed(request, store)) throw new Error('the last good policies are gone');
};
const policies = readFileSync('policies.cedar', 'utf8');
const schema = readFileSync('policies.cedarschema', 'utf8');
if (await allows()) throw new Error('allowed');
writeFileSync('policies.cedar', policies + 'permit (principal, action, resource);');
await until(allows, 'replaced');
if (told !== 1) throw new Error('told ' + told);
writeFileSync('policies.cedar', policies + 'permit (principal, action, resource) when { resource.nope };');
await refuses(/policies\\.cedar:5:45: [\\s\\S]*nope/);
writeFileSync('policies.cedar', policies);
await until(async () => !(await allows()), 'mended');
if (told !== 2) throw new Error('told ' + told);
writeFileSync('policies.cedar', policies + 'permit (principal, action, resource);');
await until(allows, 'replaced again');
writeFileSync('policies.cedarschema', schema.replace('level: Long', 'level: Strong'));
await refuses(/policies\\.cedarschema:\\d+:\\d+: [\\s\\S]*Strong/);
writeFileSync('policies.cedarschema', schema + 'action purge appliesTo { principal: User, resource: Doc };');
const purge = { ...request, action: 'purge', context: {} };
const purges = async () => {
  if (built()) await app.update();
  try {
    return engine.isAllowed(purge, app.makeStore(engine));
  } catch {
    return false;
  }
};
await until(purges, 'deciding by the new schema');
if (!readFileSync('policies.d.cedar.ts', 'utf8').includes('readonly purge')) throw new Error('not typed by the new schema');
if (app.runs !== 1 || globalThis.app !== app || store.size !== size) throw new Error('the program was loaded again');
await new Promise((resolve) => watching.close(resolve));
console.log('cedarmill: ok');
process.exit(0);
`;

/** The program: it asks for updates when it is told to, as the client of a development server does. */
const HOT_PROGRAM = `
import authz, { schema } from './policies.cedar';
import { EntityStore } from 'cedarmill/runtime';
import { entities } from './answers.js';
globalThis.app = {
  runs: (globalThis.app?.runs ?? 0) + 1,
  engine: authz,
  makeStore: () => EntityStore.from(entities, { schema }),
  update: () => import.meta.webpackHot.check(true),
};
`;

const packCell = (name: string, tool: string, cedar: string): Cell => ({
  name: `policies.cedar: ${name}, hot replacement`,
  group: 'Policies at build time',
  shows:
    'a compiler that watches puts changed policies into the same engine, reports mistakes, and keeps the last good ones',
  files: { ...APP, 'use.js': HOT_PROGRAM, 'dev.mjs': packDev(tool, cedar) },
  steps: [{ program: 'node', args: ['dev.mjs'], expect: OK }],
});
const plugged = (plugin: string) => `
import cedarmill from 'cedarmill/${plugin}';
const rules = {};
const plugins = [cedarmill()];
`;
const LOADED = `
const rules = { module: { rules: [{ test: /\\.cedar$/, loader: 'cedarmill/loader', type: 'javascript/auto' }] } };
const plugins = [];
`;

export const hotReplacementCells: readonly Cell[] = [
  {
    name: 'policies.cedar: Vite, hot replacement',
    group: 'Policies at build time',
    shows: 'changed policies and a changed schema get into the same engine, mistakes do not; types follow',
    files: {
      ...APP,
      'use.js': `import authz, { schema } from './policies.cedar';\nimport { EntityStore } from 'cedarmill/runtime';\nimport { entities } from './answers.js';\nexport { authz as default };\nexport const useAll = () => EntityStore.from(entities, { schema });\n`,
      'dev.mjs': DEV,
    },
    steps: [{ program: 'node', args: ['dev.mjs'], expect: OK }],
  },
  packCell('webpack', 'webpack', plugged('webpack')),
  packCell('webpack with the loader', 'webpack', LOADED),
  packCell('Rspack', '@rspack/core', plugged('rspack')),
];
