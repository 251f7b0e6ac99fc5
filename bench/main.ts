/**
 * Main — `npm run bench`: times every scenario, or those that are named.
 *
 *     npm run bench                              all, into bench/results/
 *     npm run bench -- gdrive links              some
 *     npm run bench -- gdrive --size 50          at one size
 *     npm run bench -- --quick                   small sizes and short rounds: shows only that all is well
 *     npm run bench -- --json FILE               where to write the rows
 *     npm run bench -- --targets                 what the project is held to, met or missed
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type HarnessOptions, machine, time } from './harness.ts';
import { judgesOf } from './judges.ts';
import { writePage } from './page.ts';
import { printRow, type Row, rowsOf } from './row.ts';
import { type Field, SCENARIOS } from './scenarios.ts';
import { writeTable } from './table.ts';
import { printTargets } from './targets.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    targets: { type: 'boolean', default: false },
  },
});

const RESULTS = new URL('results/', import.meta.url).pathname;

/** V8 takes up to 0.7 s to reach its top tier. */
const HARNESS: Omit<HarnessOptions, 'requests'> = values.quick
  ? { rounds: 5, roundMs: 4, warmUpMs: 50 }
  : { rounds: 31, roundMs: 12, warmUpMs: 700 };

async function timed(name: string, size: number, field: Field): Promise<Row[]> {
  const scenario = SCENARIOS[name]!.make(size);
  const judges = await judgesOf(scenario, field);
  const rows = rowsOf(name, size, await time(judges, { ...HARNESS, requests: scenario.requests.length }));
  const links = scenario.links.length > 0 ? `, ${scenario.links.length} links` : '';
  console.log(`\n${name} ${size}: ${scenario.entities.length} entities${links}, ${scenario.requests.length} requests`);
  for (const row of rows) console.log(printRow(row));
  return rows;
}

const unknown = positionals.filter((name) => !(name in SCENARIOS));
if (unknown.length > 0)
  throw new Error(`no such scenario: ${unknown.join(', ')}; there are ${Object.keys(SCENARIOS).join(', ')}`);

console.log(machine());
const rows: Row[] = [];
for (const [name, { sizes, small }] of Object.entries(SCENARIOS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const chosen = values.quick ? [[small, 'all'] as const] : Object.entries(sizes);
  const sized = chosen.filter(([size]) => values.size === undefined || values.size === String(size));
  for (const [size, field] of sized) rows.push(...(await timed(name, Number(size), field)));
}

const result = { machine: machine(), rows };
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify(rows, undefined, 1)}\n`);
  writePage(values.json.replace(/\.json$/, '.html'), result);
}
if (positionals.length === 0 && values.size === undefined && !values.quick) {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(`${RESULTS}last.json`, `${JSON.stringify(result, undefined, 1)}\n`);
  writePage(`${RESULTS}last.html`, result);
  writeTable(result);
}
if (values.targets) printTargets(rows);
