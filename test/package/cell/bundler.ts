/**
 * Bundler cells — what each makes of the package with its defaults, run in Node or in a browser.
 */
import { type Cell, json, manifest, OK, type Step } from '../cell.ts';
import { ESM_MODULE, ESM_PROGRAM } from '../program.ts';
import { BROWSE, PAGE, SHOW_ALL, SHOWN } from './browser.ts';

/** `import` and `require` of one bundle reach one copy. */
const BOTH = `
import { EntityStore, PolicySyntaxError } from 'cedarmill';
const other = require('cedarmill');
if (other.EntityStore !== EntityStore || other.PolicySyntaxError !== PolicySyntaxError) throw new Error('two copies');
console.log('cedarmill: ok');
`;

/** Only the main entry is used, so what the drop-in adds must not be there. */
const SMALL = `
import { EntityStore, load } from 'cedarmill';
console.log(typeof load === 'function' && EntityStore.from([]) ? 'cedarmill: ok' : 'wrong');
`;

const run = (file: string): Step => ({ program: 'node', args: [file], expect: OK });
const LIBRARY = { 'package.json': manifest('module'), 'main.js': ESM_PROGRAM };

const esbuildCells: readonly Cell[] = [
  bundled('esbuild: for Node', 'esbuild', esbuild('main.js', '--platform=node', '--format=esm'), LIBRARY),
  bundled('esbuild: for browsers', 'esbuild', esbuild('main.js', '--format=iife'), LIBRARY),
  {
    ...bundled('esbuild: import and require', 'esbuild', esbuild('both.js', '--format=iife'), {
      'package.json': manifest('module'),
      'both.js': BOTH,
    }),
    shows: 'one copy in one bundle',
  },
  {
    ...bundled('esbuild: what is not used', 'esbuild', esbuild('small.js', '--format=esm', '--minify'), {
      'package.json': manifest('module'),
      'small.js': SMALL,
      'size.js': `import { statSync } from 'node:fs';
const { size } = statSync('out/bundle.mjs');
if (size > 205_000) throw new Error('a bundle without the compiler has ' + size + ' bytes');
`,
    }),
    shows: 'a bundle of `load` and `EntityStore` holds no compiler',
    steps: [
      esbuild('small.js', '--format=esm', '--minify'),
      run('out/bundle.mjs'),
      { program: 'node', args: ['size.js'] },
    ],
  },
];

function esbuild(entry: string, ...args: string[]): Step {
  return { program: '.bin/esbuild', args: [entry, '--bundle', '--outfile=out/bundle.mjs', ...args] };
}

const ROLLUP = `
import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
const options = {
  input: 'main.js',
  output: { file: 'out/bundle.mjs', format: 'es' },
  plugins: [resolve(), commonjs()],
  onwarn(warning) {
    throw new Error(warning.message);
  },
};
export { options as default };
`;

const rollupCells: readonly Cell[] = [
  bundled(
    'Rollup',
    'Rollup',
    { program: 'rollup/dist/bin/rollup', args: ['-c'] },
    { ...LIBRARY, 'rollup.config.js': ROLLUP },
  ),
];

const webpack = (target: string, entry = './main.js') => ({
  'webpack.mjs': `
import webpack from 'webpack';
const options = {
  mode: 'production',
  optimization: { minimize: ${target === 'web' && entry === './main.js'} },
  target: ${JSON.stringify(target)},
  context: process.cwd(),
  entry: ${JSON.stringify(entry)},
  output: { path: process.cwd() + '/out', filename: 'bundle.cjs' },
};
webpack(options, (error, stats) => {
  if (error) throw error;
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
});
`,
});
const WEBPACK: Step = { program: 'node', args: ['webpack.mjs'] };

const webpackCells: readonly Cell[] = [
  bundled('webpack: for Node', 'webpack', WEBPACK, { ...LIBRARY, ...webpack('node') }, 'out/bundle.cjs'),
  bundled('webpack: for browsers', 'webpack', WEBPACK, { ...LIBRARY, ...webpack('web') }, 'out/bundle.cjs'),
  {
    ...bundled(
      'webpack: import and require',
      'webpack',
      WEBPACK,
      { 'package.json': manifest(), 'both.js': BOTH, ...webpack('web', './both.js') },
      'out/bundle.cjs',
    ),
    shows: 'one copy in one bundle',
  },
];

function bundled(
  name: string,
  tool: string,
  build: Step,
  files: Readonly<Record<string, string>>,
  output = 'out/bundle.mjs',
): Cell {
  return {
    name,
    group: 'Bundler',
    shows: `every entry, bundled by ${tool} and run`,
    files,
    steps: [build, run(output)],
  };
}

const VITE_APP = {
  'package.json': manifest('module'),
  'index.html': PAGE,
  'all.js': ESM_MODULE,
  'main.js': SHOW_ALL,
  'browse.mjs': BROWSE,
};
const VITE_SSR = {
  'package.json': manifest('module'),
  'main.js': ESM_PROGRAM,
  'dev.mjs': `
import { createServer } from 'vite';
const server = await createServer({ server: { middlewareMode: true, ws: false }, appType: 'custom', logLevel: 'warn' });
await server.ssrLoadModule('/main.js');
await server.close();
process.exit(0);
`,
};

const viteCells: readonly Cell[] = [
  {
    name: 'Vite: build',
    group: 'Bundler',
    shows: 'every entry in a page, opened by Chromium',
    files: VITE_APP,
    steps: [
      { program: 'vite/bin/vite.js', args: ['build', '--logLevel', 'warn'] },
      { program: 'node', args: ['browse.mjs', 'folder', 'dist'], expect: SHOWN },
    ],
  },
  {
    name: 'Vite: dev server',
    group: 'Bundler',
    shows: 'every entry in a page, opened by Chromium',
    files: {
      ...VITE_APP,
      'dev.mjs': `
import { createServer } from 'vite';
import { browse } from './browse.mjs';
const server = await createServer({ server: { port: 0, host: '127.0.0.1' }, logLevel: 'warn' });
await server.listen();
console.log(await browse(server.resolvedUrls.local[0]));
await server.close();
process.exit(0);
`,
    },
    steps: [{ program: 'node', args: ['dev.mjs'], expect: SHOWN }],
  },
  {
    name: 'Vite: SSR, dev',
    group: 'Bundler',
    shows: 'every entry, loaded by `ssrLoadModule`',
    files: VITE_SSR,
    steps: [{ program: 'node', args: ['dev.mjs'], expect: OK }],
  },
  {
    name: 'Vite: SSR, build',
    group: 'Bundler',
    shows: 'the package left outside of the bundle, and taken into it',
    files: { ...VITE_SSR, 'inside.config.js': 'export default { ssr: { noExternal: true } };\n' },
    steps: [
      { program: 'vite/bin/vite.js', args: ['build', '--ssr', 'main.js', '--outDir', 'outside', '--logLevel', 'warn'] },
      run('outside/main.js'),
      {
        program: 'vite/bin/vite.js',
        args: ['build', '--ssr', 'main.js', '--outDir', 'inside', '-c', 'inside.config.js', '--logLevel', 'warn'],
      },
      run('inside/main.js'),
    ],
  },
];

const NEXT = {
  'package.json': json({ name: 'project', version: '1.0.0', private: true }),
  // Tools are linked into this folder from elsewhere, so the root of both must be told; projects need no configuration.
  'next.config.mjs': `export default { turbopack: { root: '/' }, outputFileTracingRoot: '/', experimental: { cpus: 1 } };\n`,
  'app/layout.js':
    'export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n',
  'app/all.js': ESM_MODULE,
  'app/client.js': `'use client';\nimport { useAll } from './all.js';\nexport function Client() {\n  return <p>client {useAll()}</p>;\n}\n`,
  'app/page.js': `import { useAll } from './all.js';\nimport { Client } from './client.js';\nexport default function Page() {\n  return <main><p>server {useAll()}</p><Client /></main>;\n}\n`,
  'look.mjs': `
import { readFileSync } from 'node:fs';
const html = readFileSync('.next/server/app/index.html', 'utf8').replaceAll('<!-- -->', '');
for (const part of ['server', 'client']) if (!html.includes(part + ' cedarmill: ok')) throw new Error(part + ': ' + html);
console.log('cedarmill: ok');
`,
};

const nextCells: readonly Cell[] = [
  ['Next.js: Turbopack', '--turbopack'],
  ['Next.js: webpack', '--webpack'],
].map(([name, bundler]) => ({
  name: name!,
  group: 'Bundler',
  shows: 'every entry in a server component and a client component',
  files: NEXT,
  steps: [
    { program: 'next/dist/bin/next', args: ['build', bundler!], env: { NEXT_TELEMETRY_DISABLED: '1' } },
    run('look.mjs'),
  ],
}));

export const bundlerCells: readonly Cell[] = [
  ...esbuildCells,
  ...rollupCells,
  ...webpackCells,
  ...viteCells,
  ...nextCells,
];
