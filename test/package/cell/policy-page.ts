/**
 * Policy page cell — what each bundler makes of an application for browsers, in Chromium under a Content Security Policy that forbids generating code.
 */
import type { Cell } from '../cell.ts';
import { BROWSE } from './browser.ts';
import { APP, expectStep, node } from './policy-app.ts';

const BUNDLERS = ['Vite', 'Rollup', 'Rolldown', 'webpack', 'Rspack', 'esbuild', 'Farm', 'Bun'];

/** Each writes a line of its own into the page. */
const entry = (bundler: string) => `
import { useAll } from './all.js';
let said;
try {
  said = useAll();
} catch (error) {
  said = String(error.stack);
}
const line = document.createElement('p');
line.textContent = '${bundler} ' + said;
document.body.append(line);
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
// Farm's minifier (1.7) prints template literals without the escapes of their backticks.
await farm({ configFile: false, root: process.cwd(), compilation: { input: { main: input('Farm') }, output: { path: 'out/Farm', targetEnv: 'browser', format: 'esm' }, persistentCache: false, minify: false }, plugins: [onFarm()] });
const [main] = readdirSync('out/Farm').filter((name) => /^main.*\\.js$/.test(name));
if (main !== 'main.js') renameSync('out/Farm/' + main, file('Farm'));
process.exit(0);
`;

const BUN = `
import cedarmill from 'cedarmill/bun';
const { success, logs } = await Bun.build({ entrypoints: ['page-Bun.js'], outdir: 'out/Bun', target: 'browser', minify: true, naming: 'main.js', plugins: [cedarmill()] });
if (!success) throw new Error(String(logs));
`;

const ALL_SHOWN = new RegExp(BUNDLERS.map((bundler) => `(?=[\\s\\S]*<p>${bundler} cedarmill: ok</p>)`).join(''));

export const policyPageCells: readonly Cell[] = [
  {
    name: 'policies.cedar: pages without unsafe-eval',
    group: 'Policies at build time',
    shows: `1,000 answers each in Chromium under a Content Security Policy: ${BUNDLERS.join(', ')}`,
    files: {
      ...APP,
      ...Object.fromEntries(BUNDLERS.map((bundler) => [`page-${bundler}.js`, entry(bundler)])),
      'build.mjs': BUILD,
      'bun.mjs': BUN,
      'out/index.html': PAGE,
      'browse.mjs': BROWSE,
    },
    steps: [
      expectStep,
      node('build.mjs'),
      { program: '.bin/bun', args: ['run', 'bun.mjs'] },
      {
        program: 'node',
        args: ['browse.mjs', 'folder', 'out', "default-src 'none'; script-src 'self'"],
        expect: ALL_SHOWN,
      },
    ],
  },
];
