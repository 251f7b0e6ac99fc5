/**
 * Report — docs/lists-report.md: what the long runs of list filters on databases asked, what they met, what they found.
 *
 *     npx tsx test/databases/report.ts sqlite-*.json postgresql-*.json mariadb-*.json
 *
 * Runs of one database are summed; their seeds must be apart.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { degenerateShapes, MET_OFTEN, type ShapeCount } from '../drt/target/filter-shapes.ts';
import type { FeatureCount } from '../drt/target/filter-tally.ts';
import { ROW_FEATURES } from '../drt/target/row-features.ts';
import { PATTERNS, TEXTS } from '../src/filter/patterns.ts';
import { ROWS, SHAPES, WITHOUT_MEANING } from '../src/filter/shapes.ts';
import { COUNTS, type CountName, type RunRecord } from './run-record.ts';

const REPORT = fileURLToPath(new URL('../../docs/lists-report.md', import.meta.url));
/** Bugs that runs have found, which are fixed. */
const FOUND = `- PostgreSQL, seed 163 of the share of continuous integration: a comparison with a text that holds U+0000 was FALSE, though its other side was a value
  that is chosen (\`if … then … else "\\0"\`). Too few rows passed. Of the same kind, found by reading on: an id that a column of numbers cannot hold, in prepared
  filters, where a \`forbid\` was dropped. Both are refused now, or planned for the request (\`test/src/filter/prepared.test.ts\`, \`test/cases/filter-sql.txt\`).
- MariaDB, seed 6001332: where the mapping says that columns compare by bytes, elements and members of JSON were not told to, and \`e\` was in a list that has
  \`é\`. They are told now (\`test/src/filter/binary-collation.test.ts\`). The run that found it is not counted.
  Runs on PostgreSQL from the seed 5000000 on, and on MariaDB from 7000000 on, were made after what concerns them was fixed.
- MariaDB, seed 8003037: a row too many by EXISTS in EXISTS, which PostgreSQL and SQLite are given since they plan it as a join. MariaDB's subquery cache took the
  result of one row for that of another; none with \`subquery_cache=off\`. MySQL and MariaDB keep scalar subqueries, as before. The run that found it is not counted.
- Prisma, asked itself (\`test/prisma\`): an empty \`OR\` beside other conditions is left out, so that a filter that is never, beside a condition of the application,
  found all rows. Constants are conditions of the id now.
  Runs on SQLite from the seed 40000000 on, on PostgreSQL from 9000000 on and on MariaDB from 11000000 on were made with EXISTS, containment in arrays and JSON, and
  on the servers with timestamps, numeric columns and arrays.
- Bugs that were put into patterns of SQLite passed the tests, and took ten thousand triples to be found: \`test/src/filter/sqlite-patterns.test.ts\` sees them.`;

/** What was drawn, where the generator has changed between runs. */
const SCHEMAS =
  'Runs from the seeds 1000000, 2000000 and 10000000 on draw every schema at random; in the others half of the databases have one whose rows have texts\nand a column of every kind.';

const number = new Intl.NumberFormat('en-US');

/** The runs of one database, summed. */
interface Sum {
  readonly database: string;
  readonly version: string;
  readonly seeds: string;
  readonly seconds: number;
  readonly findings: number;
  readonly counts: Readonly<Record<CountName, number>>;
  readonly kinds: ReadonlyMap<string, number>;
  readonly refusals: ReadonlyMap<string, number>;
  readonly skips: ReadonlyMap<string, number>;
  readonly features: ReadonlyMap<string, FeatureCount>;
  readonly shapes: ReadonlyMap<string, ShapeCount>;
}

function sumOf(records: readonly RunRecord[]): Sum {
  const [first] = records;
  const seeds = records.map(({ seeds: each }) => each).sort(([a], [b]) => a - b);
  for (const [i, [begin]] of seeds.entries())
    if (i > 0 && begin < seeds[i - 1]![1]) throw new Error(`runs of ${first!.database} share the seed ${begin}`);
  const numbers = (pick: (record: RunRecord) => Readonly<Record<string, number>>) =>
    merged(records.map(pick), (a, b) => a + b);
  return {
    database: first!.database,
    version: [...new Set(records.map(({ version }) => version))].join(', '),
    seeds: seeds.map(([begin, end]) => `${begin} to ${end - 1}`).join(', '),
    seconds: records.reduce((sum, { seconds }) => sum + seconds, 0),
    findings: records.reduce((sum, { findings }) => sum + findings, 0),
    counts: Object.fromEntries(
      COUNTS.map((name) => [name, records.reduce((sum, { counts }) => sum + counts[name], 0)]),
    ) as Sum['counts'],
    kinds: numbers(({ kinds }) => kinds),
    refusals: numbers(({ refusals }) => refusals),
    skips: numbers(({ skips }) => skips),
    features: merged(
      records.map(({ features }) => features),
      (a, b) => ({ allowed: a.allowed + b.allowed, denied: a.denied + b.denied }),
    ),
    shapes: merged(
      records.map(({ shapes }) => shapes),
      (a, b) => ({
        databases: a.databases + b.databases,
        filters: a.filters + b.filters,
        rows: a.rows + b.rows,
        passed: a.passed + b.passed,
      }),
    ),
  };
}

function merged<T>(parts: readonly Readonly<Record<string, T>>[], add: (a: T, b: T) => T): Map<string, T> {
  const sums = new Map<string, T>();
  for (const part of parts)
    for (const [key, value] of Object.entries(part)) {
      const before = sums.get(key);
      sums.set(key, before === undefined ? value : add(before, value));
    }
  return sums;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, header.map((_, i) => (i === 0 ? '---' : '---:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const COUNT_LABELS: Readonly<Record<CountName, string>> = {
  triples: 'triples',
  selective: 'triples in which some rows are allowed and others not',
  databases: 'databases, each with a policy set of its own',
  rows: 'rows, each held against the model',
  allowed: 'rows that are allowed',
  engine: 'rows asked of `isAllowed` and `specialize` as well',
  predicate: 'rows asked of predicates in memory as well, two each',
  prepared: 'prepared filters asked as well, on servers where the text is another one',
  planned: 'prepared filters that were planned for the request',
  bounds: 'upper bounds asked, where a filter is refused',
  empty: 'filters of types without rows, which are not counted',
  refused: 'filters that were refused',
  skipped: 'databases and filters that were skipped',
};

/** What runs on servers leave to those on SQLite. */
const SQLITE_ALONE: ReadonlySet<CountName> = new Set(['predicate', 'planned', 'bounds']);

function countsTable(sums: readonly Sum[]): string {
  const row = (label: string, of: (sum: Sum) => string) => [label, ...sums.map(of)];
  const kinds = ['conditional', 'always', 'never'];
  return table(
    ['', ...sums.map(({ database }) => database)],
    [
      row('version', ({ version }) => version.replace(/ on .*/, '')),
      row('seeds', ({ seeds }) => seeds),
      ...(Object.keys(COUNT_LABELS) as CountName[]).map((name) =>
        row(COUNT_LABELS[name], ({ database, counts }) =>
          database !== 'sqlite' && SQLITE_ALONE.has(name) ? 'not asked' : number.format(counts[name]),
        ),
      ),
      ...kinds.map((kind) =>
        row(`triples whose filter is \`${kind}\``, (sum) => number.format(sum.kinds.get(kind) ?? 0)),
      ),
      row('seconds', ({ seconds }) => number.format(seconds)),
      row('triples a second', ({ counts, seconds }) => number.format(Math.round(counts.triples / seconds))),
      row('**differences**', ({ findings }) => `**${findings}**`),
    ],
  );
}

function featuresTable(sums: readonly Sum[]): string {
  const cell = (sum: Sum, feature: string) => {
    const { allowed, denied } = sum.features.get(feature) ?? { allowed: 0, denied: 0 };
    return `${number.format(allowed)} / ${number.format(denied)}`;
  };
  return table(
    ['allowed / not allowed', ...sums.map(({ database }) => database)],
    ROW_FEATURES.map((feature) => [feature, ...sums.map((sum) => cell(sum, feature))]),
  );
}

function shapesOf({ database, shapes }: Sum): string {
  const met = [...shapes.values()].filter(({ databases }) => databases >= MET_OFTEN).length;
  const degenerate = degenerateShapes(shapes);
  const found = degenerate.length === 0 ? 'none' : `${degenerate.length}`;
  const list = degenerate.map((shape) => `\n  - \`${shape}\`: ${JSON.stringify(shapes.get(shape))}`).join('');
  return `- ${database}: ${number.format(shapes.size)} shapes, ${number.format(met)} of them in ${MET_OFTEN} databases or more; of these ${found} let no row pass, or all.${list}`;
}

function reasonsOf(sums: readonly Sum[], pick: (sum: Sum) => ReadonlyMap<string, number>): string {
  return sums
    .flatMap((sum) =>
      [...pick(sum)].sort(([, a], [, b]) => b - a).map(([reason, n]) => [sum.database, reason, number.format(n)]),
    )
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function markdown(sums: readonly Sum[]): string {
  return `# List filters on databases: the long runs

Made by \`test/databases/report.ts\` from runs of \`test/databases/sqlite.ts\` and \`test/databases/main.ts\`, on ${cpus()[0]?.model.trim() ?? 'an unknown processor'},
Node ${process.version}, one process at a time beside other work, so that rates are below those of a quiet machine.

A **triple** is a policy set, a request and data: all rows of the request's type in one database, whose tables and mapping are drawn at random. For every row four answers
must agree: the filter in the database, \`specialize\`, \`isAllowed\` and the model. Requests of one database differ in principal, action, type of the rows or
context. A type without rows makes no triple. Where the prepared filter has another text than the planned one, its rows must be the same too.
${SCHEMAS}

${countsTable(sums)}

## Rows that are hard for a database

Answers of \`conditional\` filters about rows that have the feature. A twin is another row of the type, whose id or text in one column differs in this alone.

${featuresTable(sums)}

## Shapes of conditions

A shape is an atom of a filter's SQL without names and values. If all filters that have it were empty, or total, a wrong translation could hide.

${sums.map(shapesOf).join('\n')}

The ${Object.keys(SHAPES).length} shapes of the published conformance corpus of adapters that have a meaning in Cedar are asked one by one, as permit and as forbid, on its ${ROWS.length} rows
(\`test/src/filter/shapes.ts\`), on all three databases; none is empty or total.
${PATTERNS.length} patterns of \`like\` are held against ${TEXTS.length} texts each in the same way. Without meaning in Cedar are ${Object.keys(WITHOUT_MEANING).join(', ')}.

## What was found

${FOUND}

## What was refused

Refusals name the policy and the place; the upper bound was asked instead on SQLite, and had all allowed rows.

| database | reason | filters |
| --- | --- | ---: |
${reasonsOf(sums, ({ refusals }) => refusals)}

## What was skipped

What a server cannot hold, or says that it does not support, in its own words. It never gave other rows.

| database | words of the error | times |
| --- | --- | ---: |
${reasonsOf(sums, ({ skips }) => skips)}
`;
}

const records = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')) as RunRecord);
if (records.length === 0) throw new Error('name the files that the runs wrote with `--out`');
const databases = [...new Set(records.map(({ database }) => database))].sort((a, b) => b.localeCompare(a));
const sums = databases.map((name) => sumOf(records.filter(({ database }) => database === name)));
writeFileSync(REPORT, markdown(sums));
