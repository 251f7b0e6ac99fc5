/**
 * Runtime cells — Bun, Deno and workerd.
 */
import { type Cell, manifest, OK } from '../cell.ts';
import { BOTH_PROGRAM, CJS_PROGRAM, EDGE_MODULE, ESM_PROGRAM, POLICIES } from '../program.ts';
import { COMMAND } from './node.ts';

const PROGRAMS = { 'import.mjs': ESM_PROGRAM, 'require.cjs': CJS_PROGRAM, 'both.mjs': BOTH_PROGRAM };

/** Deno looks for packages in the project's own folder only. */
const LINK = `import { symlinkSync } from 'node:fs';\nsymlinkSync('../../node_modules', 'node_modules');\n`;

const WORKERD = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [(name = "worker", esModule = embed "out/worker.js")],
  compatibilityDate = "2025-01-01",
))]);
`;

export const runtimeCells: readonly Cell[] = [
  {
    name: 'Bun',
    group: 'Runtime',
    shows: '`import`, `require`, and both with one copy of every class',
    files: { 'package.json': manifest(), ...PROGRAMS },
    steps: Object.keys(PROGRAMS).map((file) => ({ program: '.bin/bun', args: ['run', file], expect: OK })),
  },
  {
    name: 'Deno',
    group: 'Runtime',
    shows: '`import`, `require`, and both with one copy of every class',
    files: { 'package.json': manifest(), 'link.mjs': LINK, ...PROGRAMS },
    steps: [
      { program: 'node', args: ['link.mjs'] },
      ...Object.keys(PROGRAMS).map((file) => ({
        program: '.bin/deno',
        args: ['run', '--no-prompt', '--no-remote', '--allow-read', '--node-modules-dir=manual', file],
        expect: OK,
      })),
    ],
  },
  {
    name: 'workerd',
    group: 'Browser and edge',
    shows: 'a compiled module, the model and the drop-in decide; `compile` says that code may not be generated',
    files: {
      'package.json': manifest('module'),
      'policies.cedar': POLICIES,
      'all.js': EDGE_MODULE,
      'worker.js': `import { useAll } from './all.js';\nexport default { test() { console.log(useAll(true)); } };\n`,
      'config.capnp': WORKERD,
    },
    steps: [
      { program: 'node', args: [COMMAND, 'compile', '-p', 'policies.cedar', '-o', 'policies.mjs'] },
      {
        program: '.bin/esbuild',
        args: [
          'worker.js',
          '--bundle',
          '--format=esm',
          '--conditions=workerd,worker,browser',
          '--outfile=out/worker.js',
        ],
      },
      { program: '.bin/workerd', args: ['test', 'config.capnp', '--verbose'], expect: /cedarmill: ok/ },
    ],
  },
];
