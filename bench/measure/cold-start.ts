/**
 * Cold start — fresh processes: from before the imports of an application with ten policies to its first decision; and what Node itself costs.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { range } from '../scenario/generator.ts';
import { type Measure, measured, nsOf } from './measure.ts';
import { builtPackage } from './start/built.ts';

const MAIN = fileURLToPath(new URL('start/main.js', import.meta.url));
const POLICIES = 10;

/** An application, and what its process is told. */
interface Start {
  readonly engine: string;
  readonly mode: string;
  readonly args: readonly string[];
}

export const coldStart: Measure = {
  about: 'a fresh process, from before the imports to the first decision',
  rows: async (effort) => {
    const built = await builtPackage();
    try {
      const { files, bundled, standalone } = built;
      const starts: Start[] = [
        { engine: 'node', mode: 'import an empty module', args: ['nothing'] },
        { engine: 'hand-written', mode: 'import, decide', args: ['hand'] },
        { engine: 'cedarmill', mode: 'import, compile, decide', args: ['compiler', files.compiler] },
        { engine: 'cedarmill', mode: 'import, compile, decide, bundled', args: ['compiler', bundled.compiler] },
        {
          engine: 'cedarmill',
          mode: 'module compiled ahead of time',
          args: ['module', files.runtime, files.module],
        },
        {
          engine: 'cedarmill',
          mode: 'module compiled ahead of time, bundled',
          args: ['module', bundled.runtime, bundled.module],
        },
        { engine: 'cedarmill', mode: 'built module, standalone', args: ['built', '', standalone] },
        { engine: 'cedar-wasm', mode: 'import, preparse, decide', args: ['cedar-wasm'] },
      ];
      return timed(starts, effort === 'quick' ? 1 : 31);
    } finally {
      built.remove();
    }
  },
};

/** One process of each in turn. */
function timed(starts: readonly Start[], rounds: number) {
  const samples = starts.map((): number[] => []);
  for (const _ of range(rounds)) starts.forEach(({ args }, i) => void samples[i]!.push(started(args)));
  const processes = range(rounds).map(() => nsOf(() => execFileSync(process.execPath, ['-e', ''])));
  const row = { scenario: 'cold-start', size: POLICIES };
  return [
    measured({ ...row, engine: 'node', mode: 'a process that does nothing' }, processes),
    ...starts.map(({ engine, mode }, i) => measured({ ...row, engine, mode }, samples[i]!)),
  ];
}

/** Nanoseconds to the first decision. */
function started(args: readonly string[]): number {
  const printed = execFileSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
  const { ms, allowed } = JSON.parse(printed) as { readonly ms: number; readonly allowed: boolean };
  if (!allowed) throw new Error(`the application ${args[0]} decides wrongly`);
  return ms * 1e6;
}
