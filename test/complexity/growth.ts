/**
 * Growth — how the time of a piece of work grows with its input, measured so that a busy machine does not change the answer.
 *
 * Technique: the processor time of this process (not the time of the clock), of a batch that is long enough to be measured, the least of several runs; for
 * an input and one eight times as large. Work in n log n grows about ninefold, work in n² sixty-four-fold; the bound is between them.
 */

/** How many times the smaller input the larger one is. */
export const FACTOR = 8;

/** n^1.5 grows 22-fold. */
export const MOST = 24;

/** For a single decision: engines make machine code of small programs and not of large ones. n² grows 64-fold. */
export const MOST_OF_DECISION = 48;

/** Shorter batches are not measured. */
const LEAST_MS = 2;

export interface Growth {
  /** How many times longer the larger input takes; 1 if that takes too little to be measured. */
  readonly ratio: number;
  readonly smallMs: number;
  readonly largeMs: number;
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timeOf(run: () => void, times: number): number {
  const start = processorTime();
  for (let i = 0; i < times; i++) run();
  return processorTime() - start;
}

function leastOf(run: () => void, times: number, runs: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) least = Math.min(least, timeOf(run, times));
  return least;
}

/** The smaller input's batch is made long enough; the larger one's has an eighth of the runs, or one. */
function measure(small: () => void, large: () => void): Growth {
  small();
  let times = 1;
  while (times < 4096 && timeOf(small, times) < LEAST_MS) times *= 2;
  const largeTimes = Math.max(1, Math.floor(times / FACTOR));
  const smallMs = leastOf(small, times, 2) / times;
  const largeMs = leastOf(large, largeTimes, smallMs > 10 ? 1 : 2) / largeTimes;
  return { ratio: largeMs * largeTimes < LEAST_MS ? 1 : largeMs / Math.max(smallMs, 0.001), smallMs, largeMs };
}

/** Measures again where it seems to grow too fast: what is fast enough once is fast enough. */
export function growthOf(small: () => void, large: () => void): Growth {
  let best = measure(small, large);
  for (let again = 0; again < 3 && best.ratio > MOST; again++) {
    const next = measure(small, large);
    if (next.ratio < best.ratio) best = next;
  }
  return best;
}
