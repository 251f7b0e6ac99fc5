/**
 * SQLite — list filters on tables drawn at random, row by row against the model, for as long as it takes: planned, prepared, in memory, and what engines
 * say, whole and specialized.
 *
 *     npx tsx test/databases/sqlite.ts --triples 2000000 --seed 1 --out sqlite.json
 *
 * Two processes with seeds far apart use two cores.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { arbitraryListCase } from '../arbitrary/list-case.ts';
import { Random } from '../arbitrary/random.ts';
import { checkFilters, SQLITE_VERSION } from '../drt/target/filter.ts';
import { FilterTally } from '../drt/target/filter-tally.ts';
import { RunReport } from './run-record.ts';

const { values: given } = parseArgs({
  options: {
    triples: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});
const [triples, first] = [Number(given.triples), Number(given.seed)];
if (!(triples > 0) || !Number.isSafeInteger(first)) throw new Error('--triples and --seed are numbers');

/** Every case is compiled. */
const SHARES = { compiled: 100, predicate: 10 };

const tally = new FilterTally();
const report = new RunReport('sqlite', SQLITE_VERSION, first, given.out);
let findings = 0;
let seed = first;
for (; tally.triples < triples && findings < 5; seed++) {
  const finding = checkFilters(arbitraryListCase(new Random(seed)), seed, tally, SHARES);
  if (finding !== undefined) {
    findings++;
    console.log(
      `seed ${seed}: ${JSON.stringify(finding, (_, value) => (typeof value === 'bigint' ? `${value}` : value))}`,
    );
  }
  report.tick(tally, seed + 1, findings);
  await nextTurn(); // What is held weakly stays to the end of a turn
}
report.write(tally, seed, findings);
process.exitCode = findings === 0 && tally.selective > 0 && tally.prepared > tally.planned ? 0 : 1;
