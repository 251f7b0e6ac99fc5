/**
 * Main — list filters on PostgreSQL and MariaDB, row by row against the model; servers are started for the run.
 *
 *     npx tsx test/databases/main.ts --time 30 postgresql mariadb
 *     npx tsx test/databases/main.ts --triples 200000 --seed 7 postgresql
 */
import { parseArgs } from 'node:util';
import { FilterError } from '../../src/filter/filter-error.ts';
import { arbitraryCase } from '../arbitrary/case.ts';
import { Random } from '../arbitrary/random.ts';
import type { TableDialect } from '../arbitrary/tables.ts';
import { FilterQuestions } from '../drt/target/filter-questions.ts';
import { type Connection, connectMaria, connectPostgres } from './connection.ts';
import { MARIA_TABLES, POSTGRES_TABLES } from './dialect.ts';
import { type Server, startMaria, startPostgres } from './server.ts';

const { values: given, positionals } = parseArgs({
  options: { time: { type: 'string' }, triples: { type: 'string' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});

type Name = 'postgresql' | 'mariadb';

interface Database {
  readonly tables: TableDialect;
  start(): Promise<Server> | Server;
  connect(server: Server): Promise<Connection>;
}

const DATABASES: Readonly<Record<Name, Database>> = {
  postgresql: { tables: POSTGRES_TABLES, start: startPostgres, connect: connectPostgres },
  mariadb: { tables: MARIA_TABLES, start: startMaria, connect: connectMaria },
};

interface Tally {
  triples: number;
  selective: number;
  /** Filters that were prepared, and asked for the same rows. */
  prepared: number;
  refused: number;
  skipped: number;
  readonly findings: string[];
}

/** What a database cannot hold is not asked of it; nor is a nesting of subqueries that MariaDB says it does not support yet: it refuses the query. */
const HOLDS =
  /null character|invalid message format|unsupported Unicode escape|invalid byte sequence|\\u0000|0x00|Data too long|out of range|nested too deep|too long|doesn't yet support/;

async function ask(seed: number, name: Name, connection: Connection, tally: Tally): Promise<void> {
  const random = new Random(seed);
  const size = { policies: 4, requests: 12, fuel: 2 };
  const questions = FilterQuestions.of(arbitraryCase(random, 'typed', size), random, DATABASES[name].tables);
  if (questions === undefined) return;
  await connection.run(RESET[name]);
  try {
    await connection.run(questions.tables.statements.map((each) => each.replace(/^CREATE/, CREATE[name])).join(';'));
  } catch (error) {
    if (!HOLDS.test((error as Error).message)) throw error;
    tally.skipped++;
    return;
  }
  for (const request of questions.requests) {
    const known = questions.known(request.principal);
    const filter = questions.filter(request, known, false);
    try {
      const { text, values } = filter.sql(name, { alias: 'row_1' });
      const quote = DATABASES[name].tables.name;
      const from = `${quote(questions.tables.tableOf(request.resource.type))} AS row_1`;
      const passed = new Set(await connection.ids(`SELECT row_1.id FROM ${from} WHERE ${text}`, values));
      const allowed = questions.allowed(request);
      compare(allowed, passed, `seed ${seed}: ${text} ${JSON.stringify(values)}`, tally);
      const { principal, context } = request;
      const prepared = questions.prepared(request).bind({ principal, context }, known).sql(name, { alias: 'row_1' });
      if (prepared.text === text) continue;
      const again = await connection.ids(`SELECT row_1.id FROM ${from} WHERE ${prepared.text}`, prepared.values);
      tally.prepared++;
      compare(
        allowed,
        new Set(again),
        `seed ${seed}, prepared: ${prepared.text} ${JSON.stringify(prepared.values)}`,
        tally,
      );
    } catch (error) {
      if (error instanceof FilterError) tally.refused++;
      else if (HOLDS.test((error as Error).message)) tally.skipped++;
      else
        tally.findings.push(
          `seed ${seed}: ${(error as Error).message}\n  ${JSON.stringify(filter.sql(name)).slice(0, 1500)}`,
        );
    }
  }
}

const RESET: Readonly<Record<Name, string>> = {
  postgresql: 'DISCARD TEMP',
  mariadb: 'DROP DATABASE cedarmill; CREATE DATABASE cedarmill CHARACTER SET utf8mb4; USE cedarmill',
};

/** MariaDB cannot name a temporary table twice in a query. */
const CREATE: Readonly<Record<Name, string>> = { postgresql: 'CREATE TEMP', mariadb: 'CREATE' };

function compare(allowed: ReadonlyMap<string, boolean>, passed: ReadonlySet<string>, what: string, tally: Tally): void {
  tally.triples += allowed.size;
  if (passed.size > 0 && passed.size < allowed.size) tally.selective++;
  for (const [id, isAllowed] of allowed) {
    if (passed.has(id) === isAllowed) continue;
    tally.findings.push(`${passed.has(id) ? 'wider' : 'narrower'} for ${JSON.stringify(id)}, ${what}`);
    return;
  }
}

async function run(name: Name): Promise<boolean> {
  const server = await DATABASES[name].start();
  const connection = await DATABASES[name].connect(server);
  const tally: Tally = { triples: 0, selective: 0, prepared: 0, refused: 0, skipped: 0, findings: [] };
  const until = performance.now() + Number(given.time ?? Number.POSITIVE_INFINITY) * 1000;
  const triples = Number(given.triples ?? (given.time === undefined ? 10_000 : Number.POSITIVE_INFINITY));
  try {
    for (let seed = Number(given.seed); performance.now() < until && tally.triples < triples; seed++) {
      await ask(seed, name, connection, tally);
      if (tally.findings.length > 5) break;
    }
  } finally {
    await connection.close();
    server.stop();
  }
  for (const finding of tally.findings) console.log(finding);
  const { findings, ...counts } = tally;
  console.log(`${name}: ${JSON.stringify(counts)}, ${findings.length} differences`);
  return findings.length === 0 && tally.selective > 0 && tally.prepared > 0;
}

let isFine = true;
for (const name of positionals as Name[]) isFine = (await run(name)) && isFine;
process.exitCode = isFine && positionals.length > 0 ? 0 : 1;
