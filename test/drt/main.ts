/**
 * Main — `npm run drt`: hunts on all cores until a count or a time is reached, and ends with status 1 if judges differ.
 *
 *     npm run drt -- --count 1000000            so many comparisons
 *     npm run drt -- --time 300 --workers 2     so many seconds
 *     npm run drt -- --targets authorize,slices --seed 7
 *     npm run drt -- --replay authorize:1k2-3z:9
 *     npm run drt -- --time 7200 --report       writes docs/drt-report.md and docs/drt-outcomes.svg, every minute and at the end
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { TARGETS, type TargetName } from './hunt.ts';
import { replay } from './replay.ts';
import { writeReport } from './report.ts';
import { type Run, runWorkers } from './run.ts';

const ALL: readonly TargetName[] = [...(Object.keys(TARGETS) as TargetName[]), 'official'];

const { values } = parseArgs({
  options: {
    count: { type: 'string' },
    time: { type: 'string' },
    targets: { type: 'string', default: ALL.join() },
    seed: { type: 'string' },
    workers: { type: 'string' },
    replay: { type: 'string' },
    report: { type: 'boolean', default: false },
  },
});

function targetsOf(text: string): TargetName[] {
  const names = text.split(',') as TargetName[];
  const unknown = names.filter((name) => !ALL.includes(name));
  if (unknown.length > 0) throw new Error(`no such target: ${unknown.join(', ')}; there are ${ALL.join(', ')}`);
  return names;
}

function summary({ total, seconds, workers, found, seed }: Run): string {
  const rate = Math.round(total / seconds);
  return `${total} comparisons in ${Math.round(seconds)} s, ${rate} a second on ${workers} threads, ${found.length} differences; seed ${seed}`;
}

if (values.replay !== undefined) {
  process.exitCode = (await replay(values.replay)) ? 1 : 0;
} else {
  const targets = targetsOf(values.targets);
  const run = await runWorkers({
    // A run that is not told otherwise starts where no other has.
    seed: values.seed === undefined ? Date.now() % 2 ** 32 : Number(values.seed),
    workers: Number(values.workers ?? availableParallelism()),
    targets,
    count:
      values.count === undefined
        ? values.time === undefined
          ? 1_000_000
          : Number.POSITIVE_INFINITY
        : Number(values.count),
    seconds: Number(values.time ?? Number.POSITIVE_INFINITY),
    onProgress: values.report ? writeReport : undefined,
  });
  console.log(summary(run));
  if (values.report) writeReport(run);
  const { missing } = run;
  if (missing.length > 0 && run.total > 100_000 && targets.includes('authorize'))
    console.log(`did not occur: ${missing.join(', ')}`);
  process.exit(run.found.length > 0 ? 1 : 0);
}
