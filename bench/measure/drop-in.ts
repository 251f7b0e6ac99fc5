/**
 * Drop-in — the calls of an application that uses `@cedar-policy/cedar-wasm`, answered by that package and by ours: a process each, the same calls.
 *
 * `unchanged` lists come again in call after call; of `changed` ones, the document that is asked about and the user are others in each call.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Row } from '../row.ts';
import type { CallTimes } from './drop-in/calls.ts';
import { type Effort, type Measure, measured } from './measure.ts';

const MAIN = fileURLToPath(new URL('drop-in/main.ts', import.meta.url));
const PACKAGES = ['cedarmill', 'cedar-wasm'] as const;

export const dropIn: Measure = {
  about: 'one call of the drop-in and of the official package, entities in the call',
  rows: (effort) => {
    const [ours, official] = PACKAGES.map((name) => run(name, effort));
    requireAlike(ours!, official!);
    return ours!.flatMap((times, i) => [rowOf('cedarmill', times), rowOf('cedar-wasm', official![i]!)]);
  },
};

function run(name: string, effort: Effort): readonly CallTimes[] {
  const printed = execFileSync(process.execPath, ['--import', 'tsx', MAIN, name, effort], { encoding: 'utf8' });
  return JSON.parse(printed) as readonly CallTimes[];
}

function rowOf(engine: string, { mode, size, samples }: CallTimes): Row {
  return measured({ scenario: 'drop-in', size, engine, mode }, samples);
}

/** The packages give the same answers to all calls. */
function requireAlike(ours: readonly CallTimes[], official: readonly CallTimes[]): void {
  ours.forEach(({ mode, size, answers }, i) => {
    if (answers !== official[i]!.answers) throw new Error(`the packages differ: ${mode}, ${size} entities`);
  });
}
