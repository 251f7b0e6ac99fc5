/**
 * Main — `npm run bench`: times every scenario, or those that are named. `npm run bench -- --help` lists the options.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { program } from 'commander';
import { machine } from './harness.ts';
import { MEASURES } from './measures.ts';
import { writePage } from './page.ts';
import { nativeRivals } from './rivals/native.ts';
import { printRow, type Row } from './row.ts';
import { type Field, SCENARIOS } from './scenarios.ts';
import { type Result, updated, writeTable } from './table.ts';
import { printTargets } from './targets.ts';
import { type Task, timedApart } from './timed.ts';

const names = [...Object.keys(SCENARIOS), ...Object.keys(MEASURES)];

program
  .name('npm run bench --')
  .description('Times every scenario into bench/results/ and the README, or those that are named.')
  .argument('[scenarios...]', names.join(', '))
  .option('--size <entities>', 'at one size')
  .option('--fast', 'without the rivals, only beside the function written by hand')
  .option('--quick', 'small sizes and short rounds: shows only that all is well')
  .option('--json <file>', 'where to write the rows, and charts beside them')
  .option('--update', 'rows of the named scenarios replace those of the last full run, and the tables in the README')
  .option('--targets', 'what the project is held to, met or missed')
  .parse();

interface Values {
  readonly size?: string;
  readonly fast?: true;
  readonly quick?: true;
  readonly json?: string;
  readonly update?: true;
  readonly targets?: true;
}

const values = program.opts<Values>();
const positionals = program.args;

const RESULTS = new URL('results/', import.meta.url).pathname;
const LAST = `${RESULTS}last.json`;

/** V8 takes up to 0.7 s to reach its top tier. */
const HARNESS: Task['harness'] = values.quick
  ? { rounds: 5, roundMs: 4, warmUpMs: 50 }
  : { rounds: 31, roundMs: 12, warmUpMs: 700 };

async function measured(name: string): Promise<Row[]> {
  const { about, rows } = MEASURES[name]!;
  console.log(`\n${name}: ${about}`);
  const found = await rows(values.quick ? 'quick' : 'full');
  for (const row of found) console.log(printRow(row));
  return found;
}

function sizesOf(name: string): (readonly [size: number, field: Field])[] {
  const { sizes, small } = SCENARIOS[name]!;
  const all = values.quick ? [[small, 'all'] as const] : Object.entries(sizes);
  const chosen = all.filter(([size]) => values.size === undefined || values.size === String(size));
  return chosen.map(([size, field]) => [Number(size), values.fast ? 'fast' : field]);
}

function keep(result: Result): void {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(LAST, `${JSON.stringify(result, undefined, 1)}\n`);
  writePage(`${RESULTS}last.html`, result);
  writeTable(result);
}

const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) program.error(`no such scenario: ${unknown.join(', ')}; there are ${names.join(', ')}`);
const chosen = names.filter((name) => positionals.length === 0 || positionals.includes(name));
const sized = values.size !== undefined || values.fast === true;
if (sized && positionals.some((name) => name in MEASURES)) program.error('--size and --fast are for decisions only');
const matching = chosen.flatMap((name) => (name in SCENARIOS ? sizesOf(name) : []));
if (values.update && (sized || values.quick)) program.error('--update is for whole scenarios');
if (sized && matching.length === 0) program.error(`none of these scenarios is there at ${values.size}`);

console.log(machine());
const begin = performance.now();
// They are built only where they are timed, and never for a quick run: that takes minutes.
const natives = matching.some(([, field]) => field !== 'fast') ? nativeRivals({ build: !values.quick }) : [];
const rows: Row[] = [];
for (const name of chosen) {
  if (name in SCENARIOS)
    for (const [size, field] of sizesOf(name))
      rows.push(...(await timedApart({ name, size, field, harness: HARNESS, natives })));
  else if (!sized) rows.push(...(await measured(name)));
}
console.log(`\n${((performance.now() - begin) / 60_000).toFixed(1)} minutes`);

const result: Result = { machine: machine(), rows };
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify(rows, undefined, 1)}\n`);
  writePage(values.json.replace(/(\.json)?$/, '.html'), result);
}
if (positionals.length === 0 && !sized && !values.quick) keep(result);
else if (values.update) keep(updated(JSON.parse(readFileSync(LAST, 'utf8')) as Result, result));
if (values.targets) printTargets(rows);
