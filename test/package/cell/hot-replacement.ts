/**
 * Hot replacement cells — development servers that run: another policy, another schema and a mistake under the same engine, in Vite, webpack, Rspack, and in
 * Turbopack on both sides of an application of Next.js.
 */
import { type Cell, manifest, OK } from '../cell.ts';
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

const ASKED = `const request = { principal: 'User::"9"', action: 'view', resource: 'Doc::"1"', context: { mfa: false } };
/** Kept from one version of the module to the next. */
export const app = (globalThis.app ??= { engine: authz, store: EntityStore.from(entities, { schema }), runs: 0, told: 0 });
if (app.runs++ === 0) authz.onChange(() => app.told++);
const purge = () => {
  try {
    return authz.isAllowed({ ...request, action: 'purge', context: {} }, EntityStore.from(entities, { schema })) === false;
  } catch {
    return false;
  }
};
/** Whether the engine that was there first allows the request, with the store that was there first; and what is known of both. */
export const state = () => ({ allowed: app.engine.isAllowed(request, app.store), kept: app.engine === authz, purge: purge(), told: app.told, since });
`;

/** The route that is asked, and the page that tells the test twenty times a second. */
const NEXT = {
  'package.json': manifest(),
  'next.config.mjs': `const config = {
  turbopack: { root: '/', rules: { '*.cedar': { loaders: ['cedarmill/loader'], as: '*.js' } } },
  outputFileTracingRoot: '/',
  experimental: { cpus: 1 },
};
export { config as default };
`,
  'app/state.js': `import authz, { schema } from '../policies.cedar';
import { EntityStore } from 'cedarmill/runtime';
import { entities } from '../answers.js';
const since = (globalThis.since ??= Date.now());
${ASKED}`,
  'app/state/route.js': `import { state } from '../state.js';\nexport const dynamic = 'force-dynamic';\nexport const GET = () => Response.json(state());\n`,
  'app/client.js': `'use client';
import { useEffect } from 'react';
import { state } from './state.js';
export function Client({ url }) {
  useEffect(() => {
    const tell = () => fetch(url, { method: 'POST', mode: 'no-cors', body: JSON.stringify(state()) });
    const timer = setInterval(tell, 50);
    return () => clearInterval(timer);
  }, [url]);
  return <p>client</p>;
}
`,
  'app/layout.js': `const Layout = ({ children }) => <html lang="en"><body>{children}</body></html>;\nexport { Layout as default };\n`,
  'app/page.js': `import { Client } from './client.js';\nconst Page = () => <Client url={process.env.TOLD} />;\nexport const dynamic = 'force-dynamic';\nexport { Page as default };\n`,
};

const NEXT_DEV = `
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const listening = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
let told;
const listener = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  told = JSON.parse(text);
  response.end();
});
const free = createServer();
const port = await listening(free);
await new Promise((resolve) => free.close(resolve));
const TOLD = 'http://127.0.0.1:' + (await listening(listener)) + '/';
const env = { ...process.env, TOLD, NEXT_TELEMETRY_DISABLED: '1' };
const args = ['../../node_modules/next/dist/bin/next', 'dev', '--turbopack', '--hostname', '127.0.0.1', '--port', String(port)];
const next = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
let printed = '';
for (const stream of [next.stdout, next.stderr]) stream.on('data', (data) => (printed += data));
const until = async (holds, what) => {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('not ' + what + ': ' + JSON.stringify(told) + printed.slice(-2000));
};
const url = 'http://127.0.0.1:' + port + '/';
/** What the route says; its status where it fails. */
const served = async () => {
  const response = await fetch(url + 'state');
  return response.ok ? response.json() : { status: response.status };
};
const profile = mkdtempSync(join(tmpdir(), 'cedarmill-chromium-'));
let chromium;
try {
  await until(() => printed.includes('Ready'), 'ready');
  const first = await served();
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--remote-debugging-port=0', '--user-data-dir=' + profile];
  chromium = spawn(process.env.CHROMIUM ?? 'chromium', [...flags, url], { stdio: 'ignore' });
  await until(() => told !== undefined, 'shown');
  const opened = told;
  let saved;
  /** Turbopack at times misses a change that comes while it builds: it is saved again, as a person would, and nothing happens where it was seen. */
  const save = (name, text) => {
    saved = { name, text, at: Date.now() };
    writeFileSync(name, text);
  };
  let server;
  /** Each side has the engine, the store and the memory that it had at first. */
  const both = (wanted) =>
    until(async () => {
      if (saved !== undefined && Date.now() - saved.at > 10_000) save(saved.name, saved.text);
      server = await served();
      const has = (state, since) => state.kept && state.since === since && Object.entries(wanted).every(([name, value]) => state[name] === value);
      return has(server, first.since) && has(told, opened.since);
    }, JSON.stringify(wanted) + ', but ' + JSON.stringify(server) + ' on the server, and on the page');
  const policies = readFileSync('policies.cedar', 'utf8');
  await both({ allowed: false, told: 0 });
  save('policies.cedar', policies + 'permit (principal, action, resource);');
  await both({ allowed: true, told: 1 });
  save('policies.cedar', policies + 'permit (principal, action, resource) when { resource.nope };');
  await until(async () => (await served()).status === 500 && /policies\\.cedar:5:45: [^]*nope/.test(printed), 'refused');
  if (!told.allowed || told.told !== 1) throw new Error('policies that do not fit got into the page');
  save('policies.cedar', policies);
  await both({ allowed: false, told: 2, purge: false });
  save('policies.cedarschema', readFileSync('policies.cedarschema', 'utf8') + 'action purge appliesTo { principal: User, resource: Doc };');
  await both({ allowed: false, told: 3, purge: true });
  console.log('cedarmill: ok');
} finally {
  for (const child of [chromium, next]) {
    const gone = new Promise((resolve) => child?.on('exit', resolve));
    if (child?.kill()) await gone;
  }
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
process.exit(0);
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
  {
    name: 'policies.cedar: Turbopack, hot replacement',
    group: 'Policies at build time',
    shows:
      'changed policies and a changed schema get into the same engine of a route of Next.js and of its page in Chromium, mistakes do not',
    files: { ...APP, ...NEXT, 'dev.mjs': NEXT_DEV },
    steps: [{ program: 'node', args: ['dev.mjs'], expect: OK }],
  },
];
