/**
 * Run — starts the threads, adds up what they report, shows progress, writes down what they find.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { DEPTHS } from '../exceptions/instrument.ts';
import { bundle, ROOT } from './bundle.ts';
import { Coverage, type CoverageData } from './coverage.ts';
import type { TargetName } from './fuzz.ts';
import { Pairs } from './lifecycle/pairs.ts';
import type { PrintedFinding } from './printed.ts';
import type { Report, WorkerTask } from './worker.ts';

export interface RunOptions {
  readonly seed: number;
  readonly workers: number;
  readonly targets: readonly TargetName[];
  /** The run stops at this number of comparisons or of seconds, whichever comes first. */
  readonly count: number;
  readonly seconds: number;
  /** Told of how far the run is, once a minute. */
  readonly onProgress?: ((run: Run) => void) | undefined;
}

export interface Run {
  readonly seed: number;
  readonly workers: number;
  readonly total: number;
  readonly seconds: number;
  readonly comparisons: ReadonlyMap<string, number>;
  readonly coverage: CoverageData;
  readonly missing: readonly string[];
  readonly pairs: Pairs;
  readonly shapes: number;
  readonly restarts: number;
  readonly found: readonly PrintedFinding[];
}

/** The files of a finding that are shown at once. */
const SHOWN = ['policies.cedar', 'requests.json', 'sequence.test.ts.txt'];

/** Stops early: there is enough to look at. */
const MOST_FOUND = 5;

// Emitted code lives for a few requests: compiling it twice costs more than it saves.
setFlagsFromString('--sparkplug');
setFlagsFromString('--interrupt-budget=1000000');

export async function runWorkers(options: RunOptions): Promise<Run> {
  const officialModule = await bundle('test/drt/official-child.ts');
  const modules = await workerModules(options);
  const tally = new Tally(options);
  const threads = Array.from({ length: options.workers }, (_, stream) => {
    const task: WorkerTask = { seed: options.seed, stream, targets: options.targets, officialModule };
    return new Worker(modules[stream % modules.length]!, {
      workerData: task,
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
  });
  const deaths = threads.map(
    (thread, i) =>
      new Promise<void>((resolve, reject) => {
        thread.on('message', (report: Report) => {
          tally.add(i, report);
          if (tally.done) for (const each of threads) each.postMessage('stop');
        });
        thread.on('error', reject);
        thread.on('exit', () => resolve());
      }),
  );
  await Promise.all(deaths);
  return tally.run();
}

/** Sequences alone run by turns on the library as it is, and where each call may be the last one (test/exceptions/depth.ts). */
async function workerModules({ targets }: RunOptions): Promise<readonly string[]> {
  const entry = 'test/drt/worker.ts';
  if (targets.some((target) => target !== 'lifecycle')) return [await bundle(entry)];
  return [await bundle(entry, undefined, 'whole', DEPTHS), await bundle(entry)];
}

class Tally {
  readonly #options: RunOptions;
  readonly #reports: (Report | undefined)[];
  readonly #found: PrintedFinding[] = [];
  readonly #start = performance.now();
  #shown = 0;
  #told = performance.now();

  constructor(options: RunOptions) {
    this.#options = options;
    this.#reports = new Array<undefined>(options.workers).fill(undefined);
  }

  get #total(): number {
    return this.#sum(({ comparisons }) => [...comparisons.values()].reduce((a, b) => a + b, 0));
  }

  get #seconds(): number {
    return (performance.now() - this.#start) / 1000;
  }

  get done(): boolean {
    return (
      this.#total >= this.#options.count || this.#seconds >= this.#options.seconds || this.#found.length >= MOST_FOUND
    );
  }

  add(i: number, report: Report): void {
    this.#reports[i] = report;
    for (const found of report.found) this.#note(found);
    if (performance.now() - this.#told > 60_000) {
      this.#told = performance.now();
      this.#options.onProgress?.(this.run());
    }
    if (performance.now() - this.#shown < 2000) return;
    this.#shown = performance.now();
    const rate = Math.round(this.#total / this.#seconds);
    const shapes = Math.max(...this.#reports.map((each) => each?.shapes ?? 0));
    console.log(
      `${Math.round(this.#seconds)} s: ${this.#total} comparisons, ${rate}/s, ${shapes} shapes, ${this.#found.length} differences, ${this.#coverage().missing().length} outcomes or constructs not met`,
    );
  }

  run(): Run {
    const coverage = this.#coverage();
    return {
      seed: this.#options.seed,
      workers: this.#options.workers,
      total: this.#total,
      seconds: this.#seconds,
      comparisons: this.#comparisons(),
      coverage: coverage.data(),
      missing: coverage.missing(),
      pairs: this.#pairs(),
      shapes: Math.max(...this.#reports.map((each) => each?.shapes ?? 0)),
      restarts: this.#sum(({ restarts }) => restarts),
      found: this.#found,
    };
  }

  #sum(of: (report: Report) => number): number {
    return this.#reports.reduce((sum, report) => sum + (report === undefined ? 0 : of(report)), 0);
  }

  #comparisons(): Map<string, number> {
    const sums = new Map<string, number>();
    for (const report of this.#reports)
      for (const [name, n] of report?.comparisons ?? []) sums.set(name, (sums.get(name) ?? 0) + n);
    return sums;
  }

  #coverage(): Coverage {
    const coverage = new Coverage();
    for (const report of this.#reports) if (report !== undefined) coverage.merge(report.coverage);
    return coverage;
  }

  #pairs(): Pairs {
    const pairs = new Pairs();
    for (const report of this.#reports) if (report !== undefined) pairs.merge(report.pairs);
    return pairs;
  }

  /** One folder for each finding: what differs, the case, and how to see it again. */
  #note(found: PrintedFinding): void {
    this.#found.push(found);
    const folder = `${ROOT}test/drt/found/${found.replay.replaceAll(':', '-')}`;
    mkdirSync(folder, { recursive: true });
    const text = `${found.text}\n\nnpm run drt -- --replay ${found.replay}\n`;
    for (const [name, content] of Object.entries({ ...found.files, 'finding.txt': text }))
      writeFileSync(`${folder}/${name}`, content);
    console.log(
      `\n${text}\n${SHOWN.map((name) => found.files[name] ?? '').join('\n')}\nin ${folder.slice(ROOT.length)}\n`,
    );
  }
}
