/**
 * Harness — times rivals side by side: rounds interleaved, order reversed every other round, results kept alive.
 *
 * benny runs one case after another, each in one stretch; here it is given one case a round, so that all rivals see the same machine. It warms
 * up, calibrates and counts; the median over the rounds is ours.
 */
import { cpus } from 'node:os';
import { add, suite } from 'benny';
import type { Loop, Sink } from './monomorphic.ts';
import { type Summary, summary } from './summary.ts';

/** One way to decide. */
export interface Rival {
  readonly engine: string;
  readonly mode: string;
  readonly run: Loop;
}

export interface Timing extends Summary {
  readonly engine: string;
  readonly mode: string;
}

export interface HarnessOptions {
  /** How many there are. */
  readonly requests: number;
  readonly rounds: number;
  /** Milliseconds of one case in one round. */
  readonly roundMs: number;
  /** Milliseconds of warm-up for each rival; V8 needs up to 700 to reach its top tier. */
  readonly warmUpMs: number;
}

const sink: Sink = { last: undefined };

/** Requests at a time while it is measured how many fit into a round, for V8 to optimize the loop around them. */
const AT_A_TIME = 64;

export async function time(rivals: readonly Rival[], options: HarnessOptions): Promise<Timing[]> {
  const batches = new Map(rivals.map((rival) => [rival, warmUp(rival, options)]));
  const samples = new Map<Rival, number[]>(rivals.map((rival) => [rival, []]));
  for (let round = 0; round < options.rounds; round++) {
    const order = round % 2 === 0 ? rivals : [...rivals].reverse();
    for (const rival of order) samples.get(rival)!.push(await once(rival, round, batches.get(rival)!, options));
  }
  return rivals.map((rival) => ({ engine: rival.engine, mode: rival.mode, ...summary(samples.get(rival)!) }));
}

/** How many requests fit into one round: all of them, or fewer for the slow. */
function warmUp({ run }: Rival, { requests, warmUpMs, roundMs }: HarnessOptions): number {
  const begin = performance.now();
  let decided = 0;
  let atATime = 1;
  while (performance.now() < begin + warmUpMs) {
    run(decided, atATime, sink);
    decided += atATime;
    // The slow are not asked for more than a round has room for.
    if (decided / (performance.now() - begin) > AT_A_TIME) atATime = AT_A_TIME;
  }
  const inOneRound = Math.ceil((decided / (performance.now() - begin)) * roundMs);
  return Math.min(requests, inOneRound);
}

/** Nanoseconds of one decision, over a batch of requests in turn; each round begins where the one before it ended. */
async function once(
  { engine, mode, run }: Rival,
  round: number,
  batch: number,
  options: HarnessOptions,
): Promise<number> {
  const { roundMs } = options;
  const first = round * batch;
  const all = () => run(first, batch, sink);
  const limits = { minSamples: 1, minTime: roundMs / 2000, maxTime: roundMs / 1000, initCount: 1 };
  const { results } = await quietly(() => suite('', add(`${engine} ${mode}`, all, limits)));
  return (results[0]!.details.mean * 1e9) / batch;
}

/** benny prints every suite; thousands of lines would hide the figures. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { log } = console;
  console.log = () => {};
  try {
    return await work();
  } finally {
    console.log = log;
  }
}

export function machine(): string {
  return `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}, V8 ${process.versions.v8}`;
}
