/**
 * Memory — bytes of an entity, a link and a policy, each in a fresh process: the data alone, and with an engine that has been asked about them.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Kind } from './hold/holders.ts';
import { type Effort, type Measure, measured } from './measure.ts';

const MAIN = fileURLToPath(new URL('hold/main.ts', import.meta.url));

interface Holding {
  readonly kind: Kind;
  readonly what: string;
  readonly count: Readonly<Record<Effort, number>>;
}

const HOLDINGS: readonly Holding[] = [
  { kind: 'entities', what: 'an entity with 10 ancestors', count: { full: 1_000_000, quick: 10_000 } },
  { kind: 'links', what: 'a link', count: { full: 1_000_000, quick: 10_000 } },
  { kind: 'policies', what: 'a policy', count: { full: 20_000, quick: 500 } },
];

export const memory: Measure = {
  about: 'in fresh processes, after the garbage is gone',
  rows: (effort) =>
    HOLDINGS.flatMap(({ kind, what, count }) => {
      const size = count[effort];
      const { alone, withEngine } = bytes(kind, size);
      const row = { scenario: 'memory', size, engine: 'cedarmill' };
      return [
        measured({ ...row, mode: `${what}, alone` }, [alone], 'bytes'),
        measured({ ...row, mode: `${what}, and in an engine` }, [withEngine], 'bytes'),
      ];
    }),
};

function bytes(kind: Kind, count: number): { readonly alone: number; readonly withEngine: number } {
  const args = ['--expose-gc', '--max-old-space-size=8192', '--import', 'tsx', MAIN, kind, String(count)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}
