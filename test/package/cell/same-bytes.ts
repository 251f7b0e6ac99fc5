/**
 * Same bytes cell — the module of a policy file as each bundler gets it, beside the one that the command line writes.
 */
import { type Cell, OK } from '../cell.ts';
import { COMMAND } from './node.ts';
import { APP, node } from './policy-app.ts';

/** Looks at the module right after the plugin made it, by a plugin or loader that comes next, or by what the plugin answers. */
const SAME = `
import { readFileSync } from 'node:fs';
import { build as esbuild } from 'esbuild';
import { rolldown } from 'rolldown';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import webpack from 'webpack';
import rspackCore from '@rspack/core';
import { build as farm } from '@farmfe/core';
import onEsbuild from 'cedarmill/esbuild';
import onFarm from 'cedarmill/farm';
import jest from 'cedarmill/jest';
import onRolldown from 'cedarmill/rolldown';
import onRollup from 'cedarmill/rollup';
import onRspack from 'cedarmill/rspack';
import onVite from 'cedarmill/vite';
import onWebpack from 'cedarmill/webpack';

// A link to the map is for who reads the file: the map itself is a file, a part of the module, or given beside it.
const withoutLink = (text) => text.replace(/\\n+\\/\\/# sourceMappingURL=.*\\n?$/, '\\n');
const expected = withoutLink(readFileSync('authz.js', 'utf8'));
const seen = {};
const see = (name, text) => {
  seen[name] = withoutLink(text);
};
globalThis.see = see;

const next = (name) => ({
  name: 'see',
  transform(code, id) {
    if (id.includes('policies.cedar')) see(name, typeof code === 'string' ? code : code.content);
    return null;
  },
});
const external = [/^cedarmill/];
await (await rollup({ input: 'use.js', external, plugins: [onRollup(), next('Rollup')] })).close();
const rolled = await rolldown({ input: 'use.js', external, plugins: [onRolldown(), next('Rolldown')] });
await rolled.generate();
await rolled.close();
await vite({ configFile: false, logLevel: 'silent', plugins: [onVite(), { ...next('Vite'), enforce: 'pre' }], build: { write: false, ssr: 'use.js' } });

const packed = (pack, plugin, name) =>
  new Promise((resolve, reject) => {
    const rules = [{ test: /\\.cedar$/, loader: process.cwd() + '/see-loader.cjs', options: { name } }];
    const compiler = pack({ mode: 'production', target: 'node', context: process.cwd(), entry: './use.js', output: { path: process.cwd() + '/out-' + name }, module: { rules }, plugins: [plugin] });
    compiler.run((error, stats) => {
      if (error || stats.hasErrors()) reject(error ?? new Error(stats.toString('errors-only')));
      else compiler.close(resolve);
    });
  });
await packed(webpack, onWebpack(), 'webpack');
await packed(rspackCore.rspack, onRspack(), 'Rspack');

/** Nothing comes after the plugin here, so what it answers is looked at. */
const wrapped = (name, plugin) => ({
  ...plugin,
  setup: (build) =>
    plugin.setup(
      new Proxy(build, {
        get: (target, key) =>
          key !== 'onLoad'
            ? target[key]
            : (options, load) =>
                target.onLoad(options, async (args) => {
                  const answer = await load(args);
                  if (answer != null && args.path.endsWith('policies.cedar')) see(name, String(answer.contents));
                  return answer;
                }),
      }),
    ),
});
await esbuild({ entryPoints: ['use.js'], bundle: true, write: false, format: 'esm', external: ['cedarmill'], plugins: [wrapped('esbuild', onEsbuild())] });
see('Jest', jest.process(readFileSync('policies.cedar', 'utf8'), process.cwd() + '/policies.cedar', { config: { rootDir: process.cwd() }, supportsStaticESM: true }).code);
await farm({
  configFile: false, root: process.cwd(), server: { hmr: false },
  compilation: { input: { main: './use.js' }, output: { path: 'out-farm', targetEnv: 'node', format: 'esm' }, persistentCache: false, minify: false },
  plugins: [onFarm(), { name: 'see', priority: 0, transform: { filters: { resolvedPaths: ['policies.cedar'] }, executor: async ({ content }) => { see('Farm', content); return { content }; } } }],
});

const names = ['Rollup', 'Rolldown', 'Vite', 'webpack', 'Rspack', 'esbuild', 'Jest', 'Farm'];
for (const name of names) {
  if (seen[name] === undefined) throw new Error(name + ' has not asked for the module');
  if (seen[name] !== expected) throw new Error(name + ' has other bytes: ' + seen[name].length + ', not ' + expected.length);
}
console.log('cedarmill: ok');
process.exit(0);
`;

const SEE_LOADER = `
module.exports = function (text, map) {
  globalThis.see(this.getOptions().name, text);
  this.callback(null, text, map);
};
`;

const BUN = `
import { readFileSync, writeFileSync } from 'node:fs';
import cedarmill from 'cedarmill/bun';
const plugin = cedarmill();
let seen;
const wrapped = {
  name: plugin.name,
  setup: (build) => plugin.setup({ onLoad: (options, load) => build.onLoad(options, (args) => { const answer = load(args); seen = answer.contents; return answer; }) }),
};
const { success, logs } = await Bun.build({ entrypoints: ['use.js'], target: 'node', plugins: [wrapped] });
if (!success) throw new Error(String(logs));
if (seen !== readFileSync('authz.js', 'utf8').replace(/\\n+\\/\\/# sourceMappingURL=.*\\n?$/, '\\n')) throw new Error('Bun has other bytes');
console.log('cedarmill: ok');
`;

export const sameBytesCells: readonly Cell[] = [
  {
    name: 'policies.cedar: the same bytes',
    group: 'Policies at build time',
    shows:
      'Vite, Rollup, Rolldown, webpack, Rspack, esbuild, Farm, Bun and Jest get the module that `cedarmill build` writes',
    files: {
      ...APP,
      'use.js': `import authz from './policies.cedar';\nexport { authz as default };\n`,
      'same.mjs': SAME,
      'see-loader.cjs': SEE_LOADER,
      'bun.mjs': BUN,
    },
    steps: [
      node(COMMAND, 'build', '-p', 'policies.cedar', '-s', 'policies.cedarschema', '-o', 'authz.js'),
      { program: 'node', args: ['same.mjs'], expect: OK },
      { program: '.bin/bun', args: ['run', 'bun.mjs'], expect: OK },
    ],
  },
];
