/**
 * Main — `npm run bench`: times every scenario, or those that are named.
 *
 *     npm run bench                              all, into bench/results/
 *     npm run bench -- gdrive links update       some
 *     npm run bench -- gdrive --size 50          at one size
 *     npm run bench -- gdrive --fast             without the rivals, only beside the function written by hand
 *     npm run bench -- --quick                   small sizes and short rounds: shows only that all is well
 *     npm run bench -- --json FILE               where to write the rows
 *     npm run bench -- --targets                 what the project is held to, met or missed
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machine } from './harness.ts';
import { MEASURES } from './measures.ts';
import { writePage } from './page.ts';
import { nativeRivals } from './rivals/native.ts';
import { printRow, type Row } from './row.ts';
import { type Field, SCENARIOS } from './scenarios.ts';
import { writeTable } from './table.ts';
import { printTargets } from './targets.ts';
import { type Task, timedApart } from './timed.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string' },
    fast: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    targets: { type: 'boolean', default: false },
  },
});

const RESULTS = new URL('results/', import.meta.url).pathname;

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

const names = [...Object.keys(SCENARIOS), ...Object.keys(MEASURES)];
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`no such scenario: ${unknown.join(', ')}; there are ${names.join(', ')}`);
const chosen = names.filter((name) => positionals.length === 0 || positionals.includes(name));
const sized = values.size !== undefined || values.fast;
if (sized && positionals.some((name) => name in MEASURES)) throw new Error('--size and --fast are for decisions only');

console.log(machine());
const begin = performance.now();
// A quick run builds nothing: that takes minutes.
const natives = values.fast ? [] : nativeRivals({ build: !values.quick });
const rows: Row[] = [];
for (const name of chosen) {
  if (name in SCENARIOS)
    for (const [size, field] of sizesOf(name))
      rows.push(...(await timedApart({ name, size, field, harness: HARNESS, natives })));
  else if (!sized) rows.push(...(await measured(name)));
}
console.log(`\n${((performance.now() - begin) / 60_000).toFixed(1)} minutes`);

const result = { machine: machine(), rows };
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify(rows, undefined, 1)}\n`);
  writePage(values.json.replace(/(\.json)?$/, '.html'), result);
}
if (positionals.length === 0 && !sized && !values.quick) {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(`${RESULTS}last.json`, `${JSON.stringify(result, undefined, 1)}\n`);
  writePage(`${RESULTS}last.html`, result);
  writeTable(result);
}
if (values.targets) printTargets(rows);
