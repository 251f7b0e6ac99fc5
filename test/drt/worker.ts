/**
 * Worker — one thread of a run: compares without end, asks the official build for a share of the cases, and reports now and then.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { CoverageData } from './coverage.ts';
import { type Found, Fuzz, type TargetName } from './fuzz.ts';
import type { PairsData } from './lifecycle/pairs.ts';
import { Official } from './official.ts';
import { OfficialShare } from './official-share.ts';
import { type PrintedFinding, printed } from './printed.ts';

export interface WorkerTask {
  readonly seed: number;
  readonly stream: number;
  readonly targets: readonly TargetName[];
  /** The module of the official build's child process. */
  readonly officialModule: string;
}

/** Totals since the start of the thread. */
export interface Report {
  readonly comparisons: ReadonlyMap<TargetName, number>;
  readonly coverage: CoverageData;
  /** The pairs of operations that followed one another in the target `lifecycle`. */
  readonly pairs: PairsData;
  readonly shapes: number;
  readonly kept: number;
  readonly restarts: number;
  readonly cpuSeconds: number;
  /** Only those that are new since the last report. */
  readonly found: readonly PrintedFinding[];
}

const REPORT_EVERY = 2000;
/** How many milliseconds to compare before answers of the official build are looked for. */
const SLICE = 40;

async function work({ seed, stream, targets, officialModule }: WorkerTask): Promise<void> {
  const fuzz = new Fuzz(seed, stream, targets);
  const official = targets.includes('official')
    ? new OfficialShare(new Official(officialModule), fuzz, seed ^ stream, { rest: targets.length === 1 ? 0 : 5 })
    : undefined;
  const found: PrintedFinding[] = [];
  const note = (each: Found) => found.push(printed(each));
  let reported = performance.now();
  const report = () => {
    reported = performance.now();
    const { comparisons, shapes, kept } = fuzz;
    const message: Report = {
      comparisons,
      coverage: fuzz.coverage.data(),
      pairs: fuzz.pairs.data(),
      shapes: shapes.size,
      kept,
      restarts: official?.restarts ?? 0,
      cpuSeconds: performance.eventLoopUtilization().active / 1000,
      found: found.splice(0),
    };
    parentPort!.postMessage(message);
  };
  parentPort!.on('message', () => {
    official?.stop();
    report();
    process.exit(0);
  });
  for (;;) {
    const until = performance.now() + SLICE;
    while (performance.now() < until && targets.some((name) => name !== 'official')) {
      const each = fuzz.step();
      if (each !== undefined) note(each);
    }
    for (const each of official?.turn() ?? []) note(each);
    if (performance.now() - reported > REPORT_EVERY || found.length > 0) report();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

await work(workerData as WorkerTask);
