/**
 * Main — list filters on PostgreSQL and MariaDB, row by row against the model and what engines say; servers are started for the run.
 *
 *     npx tsx test/databases/main.ts --time 30 postgresql mariadb
 *     npx tsx test/databases/main.ts --triples 200000 --seed 7 --out postgresql.json postgresql
 */
import { parseArgs } from 'node:util';
import { FilterError } from '../../src/filter/filter-error.ts';
import type { SqlFilter } from '../../src/filter/sql/sql-filter.ts';
import type { Request } from '../../src/value/request.ts';
import { arbitraryListCase } from '../arbitrary/list-case.ts';
import { Random } from '../arbitrary/random.ts';
import { reasonOf } from '../drt/target/filter.ts';
import { FilterQuestions } from '../drt/target/filter-questions.ts';
import { FilterTally } from '../drt/target/filter-tally.ts';
import { RowEngines } from '../drt/target/row-engines.ts';
import type { Connection } from './connection.ts';
import { DATABASES, type Database, type DatabaseName } from './database.ts';
import { RunReport } from './run-record.ts';
import { memoryFolder } from './server.ts';

const { values: given, positionals } = parseArgs({
  options: {
    time: { type: 'string' },
    triples: { type: 'string' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
  allowPositionals: true,
});

/** What a database cannot hold is not asked of it; nor is a nesting of subqueries that MariaDB says it does not support yet: it refuses the query. */
const HOLDS =
  /null character|invalid message format|unsupported Unicode escape|invalid byte sequence|\\u0000|0x00|Data too long|out of range|nested too deep|too long|doesn't yet support/;

class Run {
  readonly findings: string[] = [];
  readonly tally = new FilterTally();
  readonly #name: DatabaseName;
  readonly #database: Database;
  readonly #connection: Connection;

  constructor(name: DatabaseName, connection: Connection) {
    this.#name = name;
    this.#database = DATABASES[name];
    this.#connection = connection;
  }

  async ask(seed: number): Promise<void> {
    const random = new Random(seed);
    const questions = FilterQuestions.of(arbitraryListCase(random), random, this.#database.tables);
    if (questions === undefined || !(await this.#make(questions))) return;
    this.tally.databases++;
    const engines = new RowEngines(questions);
    for (const request of questions.requests) await this.#check(questions, engines, request, `seed ${seed}`);
  }

  /** Whether the database can hold the tables. */
  async #make({ tables }: FilterQuestions): Promise<boolean> {
    const { reset, create } = this.#database;
    await this.#connection.run(reset);
    try {
      await this.#connection.run(tables.statements.map((each) => each.replace(/^CREATE/, create)).join(';'));
      return true;
    } catch (error) {
      this.#skip(error as Error);
      return false;
    }
  }

  async #check(questions: FilterQuestions, engines: RowEngines, request: Request, what: string): Promise<void> {
    const { principal, context } = request;
    const known = questions.known(principal);
    const filter = questions.filter(request, known, false);
    const allowed = questions.allowed(request);
    const other = engines.check(request, allowed, what);
    if (other !== undefined) {
      this.findings.push(`${what}: ${other.oracle}, ${JSON.stringify(request)}`);
      return;
    }
    let asked = '';
    try {
      const planned = filter.sql(this.#name, { alias: 'row_1' });
      asked = planned.text;
      const passed = await this.#passed(questions, request, planned);
      this.tally.note(questions, request, filter.kind, planned.text, allowed, passed);
      this.tally.engine += allowed.size;
      this.#compare(allowed, passed, planned, what);
      const prepared = questions.prepared(request).bind({ principal, context }, known);
      const bound = prepared.sql(this.#name, { alias: 'row_1' });
      if (bound.text === planned.text) return;
      this.tally.prepared++;
      asked = bound.text;
      this.#compare(allowed, await this.#passed(questions, request, bound), bound, `${what}, prepared`);
    } catch (error) {
      if (error instanceof FilterError) this.tally.noteRefusal(reasonOf(error));
      else if (HOLDS.test((error as Error).message)) this.#skip(error as Error);
      else this.findings.push(`${what}: ${(error as Error).message}\n  ${asked.slice(0, 1500)}`);
    }
  }

  async #passed({ tables }: FilterQuestions, { resource }: Request, { text, values }: SqlFilter): Promise<Set<string>> {
    const table = this.#database.tables.name(tables.tableOf(resource.type));
    return new Set(await this.#connection.ids(`SELECT row_1.id FROM ${table} AS row_1 WHERE ${text}`, values));
  }

  #compare(
    allowed: ReadonlyMap<string, boolean>,
    passed: ReadonlySet<string>,
    { text, values }: SqlFilter,
    what: string,
  ): void {
    for (const [id, isAllowed] of allowed) {
      if (passed.has(id) === isAllowed) continue;
      const how = passed.has(id) ? 'wider' : 'narrower';
      this.findings.push(`${how} for ${JSON.stringify(id)}, ${what}: ${text} ${JSON.stringify(values)}`);
      return;
    }
  }

  #skip(error: Error): void {
    const [reason] = HOLDS.exec(error.message) ?? [];
    if (reason === undefined) throw error;
    this.tally.noteSkip(reason);
  }
}

async function run(name: DatabaseName): Promise<boolean> {
  const server = await DATABASES[name].start(memoryFolder());
  const connection = await DATABASES[name].connect(server);
  const [version] = await connection.ids('SELECT version()', []);
  const first = Number(given.seed);
  const going = new Run(name, connection);
  const { tally, findings } = going;
  const report = new RunReport(name, version ?? '', first, given.out);
  const until = performance.now() + Number(given.time ?? Number.POSITIVE_INFINITY) * 1000;
  const triples = Number(given.triples ?? (given.time === undefined ? 10_000 : Number.POSITIVE_INFINITY));
  let seed = first;
  try {
    for (; performance.now() < until && tally.triples < triples && findings.length <= 5; seed++) {
      await going.ask(seed);
      report.tick(tally, seed + 1, findings.length);
    }
  } finally {
    await connection.close();
    server.stop();
  }
  for (const finding of findings) console.log(finding);
  report.write(tally, seed, findings.length);
  return findings.length === 0 && tally.selective > 0 && tally.prepared > 0;
}

let isFine = true;
for (const name of positionals as DatabaseName[]) isFine = (await run(name)) && isFine;
process.exitCode = isFine && positionals.length > 0 ? 0 : 1;
