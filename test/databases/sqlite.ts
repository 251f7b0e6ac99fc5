/**
 * SQLite — list filters on tables drawn at random, row by row against the model, for as long as it takes: planned, prepared, in memory, and what engines say.
 *
 *     npx tsx test/databases/sqlite.ts --triples 2000000 --seed 1
 *
 * Two processes with seeds far apart use two cores.
 */
import { parseArgs } from 'node:util';
import { arbitraryCase } from '../arbitrary/case.ts';
import { Random } from '../arbitrary/random.ts';
import { checkFilters, FilterTally } from '../drt/target/filter.ts';

const { values: given } = parseArgs({
  options: { triples: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const [triples, first] = [Number(given.triples), Number(given.seed)];
if (!(triples > 0) || !Number.isSafeInteger(first)) throw new Error('--triples and --seed are numbers');

/** Milliseconds between two lines. */
const REPORT_EVERY = 30_000;

const tally = new FilterTally();
const begin = performance.now();
let findings = 0;

function report(seed: number): void {
  const { kinds, refusals: _, ...counts } = tally;
  const rate = Math.round(tally.triples / ((performance.now() - begin) / 1000));
  console.log(
    `sqlite: ${JSON.stringify({ ...counts, ...Object.fromEntries(kinds) })}, ${rate} a second, ${findings} differences, at seed ${seed}`,
  );
}

let seed = first;
let reported = begin;
for (; tally.triples < triples && findings < 5; seed++) {
  const size = { policies: 4, requests: 12, fuel: 2 };
  const finding = checkFilters(arbitraryCase(new Random(seed), 'typed', size), seed, tally);
  if (finding !== undefined) {
    findings++;
    console.log(
      `seed ${seed}: ${JSON.stringify(finding, (_, value) => (typeof value === 'bigint' ? `${value}` : value))}`,
    );
  }
  if (performance.now() - reported < REPORT_EVERY) continue;
  reported = performance.now();
  report(seed);
}
report(seed);
process.exitCode = findings === 0 && tally.selective > 0 && tally.prepared > tally.planned ? 0 : 1;
