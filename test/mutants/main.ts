/**
 * Main — `npm run mutants`: puts in one seeded bug at a time and ends with status 1 if differential testing misses one. README.md lists the options.
 */
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { program } from 'commander';
import { bundle, ROOT } from '../drt/bundle.ts';
import { DEPTHS } from '../exceptions/instrument.ts';
import { type Mutant, readMutants } from './patch.ts';
import type { Verdict } from './trial.ts';

program
  .name('npm run mutants --')
  .description('Puts in one seeded bug at a time, and fuzzes for it.')
  .option('--only <text>', 'those whose name has it')
  .option('--some <number>', 'fifteen, others for every number')
  .option('--time <seconds>', 'for each', '60')
  .option('--seed <number>', 'of the fuzz', '1')
  .option('--workers <number>', 'bugs at a time; as many as there are cores, unless it is given')
  .option('--report', 'writes docs/mutants.md')
  .parse();

interface Values {
  readonly only?: string;
  readonly some?: string;
  readonly time: string;
  readonly seed: string;
  readonly workers?: string;
  readonly report?: true;
}

const values = program.opts<Values>();

const workers = Number(values.workers ?? availableParallelism());

const SOME = 15;

function chosen(): readonly Mutant[] {
  const all = readMutants();
  const { only, some } = values;
  if (only !== undefined) return all.filter(({ name }) => name.includes(only));
  if (some === undefined) return all;
  // A step that has no divisor in common with their number mixes the classes and leaves none out for ever.
  let step = 7;
  while (divisor(step, all.length) > 1) step++;
  const start = (Number(some) % all.length) * SOME;
  return Array.from({ length: Math.min(SOME, all.length) }, (_, i) => all[((start + i) * step) % all.length]!);
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

interface Outcome {
  readonly mutant: Mutant;
  readonly seconds: number;
  /** `undefined` if the bug survived. */
  readonly verdict: Verdict | undefined;
}

async function fuzzed(mutant: Mutant, officialModule: string): Promise<Outcome> {
  const folder = mutant.name.split('/')[0]!;
  const instrumentation = folder === 'lifecycle' ? DEPTHS : undefined;
  const module = await bundle('test/mutants/trial.ts', mutant, mutant.name.replace('/', '-'), instrumentation);
  const start = performance.now();
  // V8 options as in test/drt/run.ts; with less memory, a bug for which a loop has no end is told sooner.
  const execArgv = ['--sparkplug', '--interrupt-budget=1000000', '--max-old-space-size=1024'];
  const child = fork(module, [values.seed, officialModule, folder], {
    execArgv,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const verdict = await new Promise<Verdict | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), Number(values.time) * 1000);
    child.on('message', (message) => {
      clearTimeout(timer);
      resolve(message as Verdict);
    });
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve({ target: 'start', oracle: `the process ended with status ${code}`, comparisons: 0 });
    });
  });
  child.kill('SIGKILL');
  return { mutant, verdict, seconds: (performance.now() - start) / 1000 };
}

function show({ mutant, seconds, verdict }: Outcome): void {
  const how =
    verdict === undefined
      ? 'SURVIVED'
      : `found by ${verdict.target} (${verdict.oracle}) after ${verdict.comparisons} comparisons`;
  console.log(`${seconds.toFixed(1).padStart(5)} s  ${mutant.name.padEnd(36)} ${how}`);
}

const REPORT = `${ROOT}docs/mutants.md`;

/** The table of a whole run, slowest first. */
function writeReport(all: readonly Outcome[]): void {
  const rows = [...all]
    .sort((a, b) => b.seconds - a.seconds)
    .map(({ mutant: { name, title }, seconds, verdict }) => {
      const by =
        verdict === undefined ? '**survived**' : `\`${verdict.target}\`, ${verdict.oracle.replace(/ \{.*\}/, '')}`;
      return `| ${name} | ${title.replaceAll('|', '\\|')} | ${by} | ${seconds.toFixed(1)} | ${verdict?.comparisons ?? ''} |`;
    });
  const found = all.filter(({ verdict }) => verdict !== undefined).length;
  const text = `# Seeded bugs and what found them

Written by \`npm run mutants -- --report\` (seed ${values.seed}, ${workers} at a time, Node ${process.versions.node}, ${availableParallelism()} cores):
${found} of ${all.length} found within ${values.time} seconds each. Comparisons are those made until then by all targets; other work on the machine
makes the seconds longer, never the comparisons more telling.

| bug | what is wrong | found by | seconds | comparisons |
| --- | --- | --- | ---: | ---: |
${rows.join('\n')}
`;
  writeFileSync(REPORT, text);
}

const mutants = chosen();
const queue = [...mutants];
const outcomes: Outcome[] = [];
const officialModule = await bundle('test/drt/official-child.ts', undefined, 'official');

async function worker(): Promise<void> {
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const outcome = await fuzzed(mutant, officialModule);
    outcomes.push(outcome);
    show(outcome);
  }
}

await Promise.all(Array.from({ length: workers }, worker));
if (values.report) writeReport(outcomes);
const survivors = outcomes.filter(({ verdict }) => verdict === undefined);
const slowest = Math.max(0, ...outcomes.filter(({ verdict }) => verdict !== undefined).map(({ seconds }) => seconds));
console.log(
  `${outcomes.length - survivors.length} of ${outcomes.length} seeded bugs found, the slowest in ${slowest.toFixed(1)} s`,
);
for (const { mutant } of survivors) console.log(`survived: ${mutant.name}: ${mutant.title}`);
process.exitCode = survivors.length > 0 || outcomes.length === 0 ? 1 : 0;
