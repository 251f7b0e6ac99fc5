/**
 * Policy page cell — what each bundler makes of an application for browsers, where code may not be generated: in Chromium under a Content Security
 * Policy, and in workerd, which forbids it always.
 */
import type { Cell } from '../cell.ts';
import { BROWSE } from './browser.ts';
import { APP, expectStep, node } from './policy-app.ts';

const BUNDLERS = ['Vite', 'Rollup', 'Rolldown', 'webpack', 'Rspack', 'esbuild', 'Farm', 'Bun'];

/** Each writes a line of its own into the page, or keeps it for the Worker. */
const entry = (bundler: string) => `
import { useAll } from './all.js';
let said;
try {
  said = useAll();
} catch (error) {
  said = String(error.stack);
}
const line = '${bundler} ' + said;
if (globalThis.document === undefined) {
  globalThis.lines ??= [];
  globalThis.lines.push(line);
} else {
  const shown = document.createElement('p');
  shown.textContent = line;
  document.body.append(shown);
}
`;

/** One Worker with the output of each bundler as a module. */
const WORKER = `${BUNDLERS.map((bundler) => `import './${bundler}/main.js';`).join('\n')}
const worker = { test() { console.log(globalThis.lines.join('\\n')); } };
export { worker as default };
`;
const WORKERD = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [
    (name = "worker", esModule = embed "worker.js"),
${BUNDLERS.map((bundler) => `    (name = "${bundler}/main.js", esModule = embed "${bundler === 'Farm' ? 'worker' : 'out'}/${bundler}/main.js"),`).join('\n')}
  ],
  compatibilityDate = "2025-01-01",
))]);
`;

const scripts = BUNDLERS.map((bundler) => `<script type="module" src="/${bundler}/main.js"></script>`).join('');
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>cell</title></head><body>${scripts}</body></html>
`;

/** As for production. */
const BUILD = `
import { readdirSync, renameSync } from 'node:fs';
import { build as esbuild } from 'esbuild';
import { rolldown } from 'rolldown';
import { rollup } from 'rollup';
import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import { build as vite } from 'vite';
import webpack from 'webpack';
import rspackCore from '@rspack/core';
import { build as farm } from '@farmfe/core';
import onEsbuild from 'cedarmill/esbuild';
import onFarm from 'cedarmill/farm';
import onRolldown from 'cedarmill/rolldown';
import onRollup from 'cedarmill/rollup';
import onRspack from 'cedarmill/rspack';
import onVite from 'cedarmill/vite';
import onWebpack from 'cedarmill/webpack';

const input = (name) => './page-' + name + '.js';
const file = (name) => 'out/' + name + '/main.js';

await vite({
  configFile: false, logLevel: 'warn', publicDir: false, plugins: [onVite()],
  build: { outDir: 'out/Vite', rollupOptions: { input: input('Vite'), output: { entryFileNames: 'main.js' } } },
});
const rolled = await rollup({ input: input('Rollup'), plugins: [onRollup(), resolve({ browser: true }), commonjs()] });
await rolled.write({ file: file('Rollup'), format: 'es' });
const rust = await rolldown({ input: input('Rolldown'), platform: 'browser', plugins: [onRolldown()] });
await rust.write({ file: file('Rolldown'), format: 'es' });

const packed = (pack, plugin, name) =>
  new Promise((done, fail) => {
    const compiler = pack({ mode: 'production', context: process.cwd(), entry: input(name), output: { path: process.cwd() + '/out/' + name, filename: 'main.js' }, performance: false, plugins: [plugin] });
    compiler.run((error, stats) => {
      if (error || stats.hasErrors()) fail(error ?? new Error(stats.toString('errors-only')));
      else compiler.close(done);
    });
  });
await packed(webpack, onWebpack(), 'webpack');
await packed(rspackCore.rspack, onRspack(), 'Rspack');
await esbuild({ entryPoints: [input('esbuild')], bundle: true, minify: true, platform: 'browser', format: 'esm', outfile: file('esbuild'), plugins: [onEsbuild()] });
const farmed = (path, targetEnv, options = {}) =>
  farm({ configFile: false, root: process.cwd(), compilation: { input: { main: input('Farm') }, output: { path, targetEnv, format: 'esm' }, persistentCache: false, ...options }, plugins: [onFarm()] });
await farmed('out/Farm', 'browser');
// What Farm makes for browsers asks for \`document\`, so a Worker takes a library; libraries of several files import names that are not theirs (1.7).
await farmed('worker/Farm', 'library-browser', { partialBundling: { enforceResources: [{ name: 'main', test: ['.*'] }] } });
const [main] = readdirSync('out/Farm').filter((name) => /^main.*\\.js$/.test(name));
if (main !== 'main.js') renameSync('out/Farm/' + main, file('Farm'));
process.exit(0);
`;

const BUN = `
import cedarmill from 'cedarmill/bun';
const { success, logs } = await Bun.build({ entrypoints: ['page-Bun.js'], outdir: 'out/Bun', target: 'browser', minify: true, naming: 'main.js', plugins: [cedarmill()] });
if (!success) throw new Error(String(logs));
`;

const all = (line: (bundler: string) => string) =>
  new RegExp(BUNDLERS.map((bundler) => `(?=[\\s\\S]*${line(bundler)})`).join(''));

export const policyPageCells: readonly Cell[] = [
  {
    name: 'policies.cedar: pages without unsafe-eval',
    group: 'Policies at build time',
    shows: `1,000 answers each in Chromium under a Content Security Policy, and in workerd: ${BUNDLERS.join(', ')}`,
    files: {
      ...APP,
      ...Object.fromEntries(BUNDLERS.map((bundler) => [`page-${bundler}.js`, entry(bundler)])),
      'build.mjs': BUILD,
      'bun.mjs': BUN,
      'out/index.html': PAGE,
      'browse.mjs': BROWSE,
      'worker.js': WORKER,
      'config.capnp': WORKERD,
    },
    steps: [
      expectStep,
      node('build.mjs'),
      { program: '.bin/bun', args: ['run', 'bun.mjs'] },
      {
        program: 'node',
        args: ['browse.mjs', 'folder', 'out', "default-src 'none'; script-src 'self'"],
        expect: all((bundler) => `<p>${bundler} cedarmill: ok</p>`),
      },
      {
        program: '.bin/workerd',
        args: ['test', 'config.capnp', '--verbose'],
        expect: all((bundler) => `\\n${bundler} cedarmill: ok\\n`),
      },
    ],
  },
];
