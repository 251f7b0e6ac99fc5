/**
 * Main — `npm run drt`: compares on all cores until a count or a time is reached, and ends with status 1 if oracles differ. `npm run drt -- --help` lists
 * the options.
 */
import { availableParallelism } from 'node:os';
import { program } from 'commander';
import { TARGETS, type TargetName } from './fuzz.ts';
import { replay } from './replay.ts';
import { writeReport } from './report.ts';
import { type Run, runWorkers } from './run.ts';

const ALL: readonly TargetName[] = [...(Object.keys(TARGETS) as TargetName[]), 'lifecycle', 'official'];

program
  .name('npm run drt --')
  .description('Differential random testing on all cores.')
  .option('--count <number>', 'how many comparisons (1,000,000, unless a time is given)')
  .option('--time <seconds>', 'how many seconds')
  .option('--targets <names>', `some of ${ALL.join()}`, ALL.join())
  .option('--seed <number>', 'where to begin; where no other run has, unless it is given')
  .option('--workers <number>', 'as many as there are cores, unless it is given')
  .option('--replay <finding>', 'what a run has found, as it names it: authorize:1k2-3z:9')
  .option('--report', 'writes docs/drt-report.md and docs/drt-outcomes.svg, every minute and at the end')
  .parse();

/** By this number of operations of `lifecycle` each pair of them has occurred in every state. A longer run in which one has not fails. */
const PAIRS_AFTER = 3_000_000;

interface Values {
  readonly count?: string;
  readonly time?: string;
  readonly targets: string;
  readonly seed?: string;
  readonly workers?: string;
  readonly replay?: string;
  readonly report?: true;
}

const values = program.opts<Values>();

function targetsOf(text: string): TargetName[] {
  const names = text.split(',') as TargetName[];
  const unknown = names.filter((name) => !ALL.includes(name));
  if (unknown.length > 0) program.error(`no such target: ${unknown.join(', ')}; there are ${ALL.join(', ')}`);
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
  const pairs = (run.comparisons.get('lifecycle') ?? 0) > PAIRS_AFTER ? run.pairs.missing() : [];
  if (pairs.length > 0) console.log(`operations that did not follow one another: ${pairs.join('; ')}`);
  process.exit(run.found.length + pairs.length > 0 ? 1 : 0);
}
