/**
 * Filter — list filters on a real SQLite, row by row against the model: tables drawn at random for the entities of a case, and for each request the
 * condition that its policies leave for the rows of the resource's type.
 *
 *     row ∈ SELECT … WHERE filter  ⟺  the model allows the request for that row
 *
 * The same rows are asked of the predicate, and of the compiled engine, whole and specialized.
 */
import type { Database, SqlJsStatic } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { EntityStore } from '../../../src/engine/entity-store.ts';
import type { Filter } from '../../../src/filter/filter.ts';
import { FilterError } from '../../../src/filter/filter-error.ts';
import type { SqlFilter } from '../../../src/filter/sql/sql-filter.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Case } from '../../arbitrary/case.ts';
import { Random } from '../../arbitrary/random.ts';
import { rowObject } from '../../arbitrary/tables.ts';
import type { Finding } from '../finding.ts';
import { FilterQuestions } from './filter-questions.ts';
import { FilterTally } from './filter-tally.ts';
import { RowEngines } from './row-engines.ts';

const SQL: SqlJsStatic = await (initSqlJs as () => Promise<SqlJsStatic>)();

export const SQLITE_VERSION = `${new SQL.Database().exec('SELECT sqlite_version()')[0]!.values[0]![0]}`;

/** How many of a hundred are asked of more than the database. */
export interface FilterShares {
  /** Cases that are put to the compiled engine, since compiling takes longest. */
  readonly compiled: number;
  /** Requests that are asked of rows in memory. */
  readonly predicate: number;
}

const SHARES: FilterShares = { compiled: 6, predicate: 30 };

export function checkFilters(
  given: Case,
  seed: number,
  tally = new FilterTally(),
  shares = SHARES,
): Finding | undefined {
  const random = new Random(seed);
  const questions = FilterQuestions.of(given, random);
  if (questions === undefined) return undefined;
  const database = new SQL.Database();
  try {
    database.exec(questions.tables.statements.join(';'));
    const run = new Run(questions, database, tally, shares);
    tally.databases++;
    for (const [i, request] of questions.requests.entries()) {
      const finding = run.check(request, `request ${i}`);
      if (finding !== undefined) return finding;
    }
    return undefined;
  } finally {
    database.close();
  }
}

class Run {
  readonly #q: FilterQuestions;
  readonly #database: Database;
  readonly #tally: FilterTally;
  readonly #shares: FilterShares;
  readonly #engines: RowEngines | undefined;
  #whole: EntityStore | undefined;

  constructor(questions: FilterQuestions, database: Database, tally: FilterTally, shares: FilterShares) {
    this.#q = questions;
    this.#database = database;
    this.#tally = tally;
    this.#shares = shares;
    this.#engines = questions.random.chance(shares.compiled) ? new RowEngines(questions) : undefined;
  }

  check(request: Request, what: string): Finding | undefined {
    const tally = this.#tally;
    const known = this.#q.known(request.principal);
    const filter = this.#q.filter(request, known, false);
    const allowed = this.#q.allowed(request);
    const other = this.#engines?.check(request, allowed, what) ?? this.#checkPredicate(request, allowed, what);
    if (other !== undefined) return other;
    try {
      const { text, values } = filter.sql('sqlite', { alias: 'row' });
      const passed = this.#passed(request, text, values);
      tally.note(this.#q, request, filter.kind, text, allowed, passed);
      if (this.#engines !== undefined) tally.engine += allowed.size;
      return (
        differs(allowed, passed, what, text, values) ??
        this.#checkPrepared(request, known, filter, { text, values }, allowed, what)
      );
    } catch (error) {
      if (isTooDeep(error)) {
        tally.noteSkip('nested too deep');
        return undefined;
      }
      if (!(error instanceof FilterError)) throw error;
      tally.noteRefusal(reasonOf(error));
      return this.#checkBound(request, known, allowed, what);
    }
  }

  /** The rows of the prepared filter, whatever the planned one says; `asked` is known to be right. */
  #checkPrepared(
    request: Request,
    known: EntityStore,
    planned: Filter,
    asked: Pick<SqlFilter, 'text' | 'values'>,
    allowed: ReadonlyMap<string, boolean>,
    what: string,
  ): Finding | undefined {
    const prepared = this.#q.prepared(request);
    const { principal, context } = request;
    const filter = prepared.bind({ principal, context }, known);
    const { text, values } = filter.sql('sqlite', { alias: 'row' });
    this.#tally.prepared++;
    if (text !== prepared.text('sqlite', { alias: 'row' })) this.#tally.planned++;
    const constants = [filter.kind, planned.kind].filter((kind) => kind !== 'conditional');
    if (new Set(constants).size > 1)
      return { target: 'filter', oracle: 'prepared', what, expected: planned.kind, actual: filter.kind };
    if (text === asked.text && values.every((value, i) => value === asked.values[i])) return undefined;
    const passed = this.#passedIfShallow(request, text, values);
    return passed && differs(allowed, passed, `${what}, prepared`, text, values);
  }

  /** The same rows in memory, with all entities in the store. */
  #checkPredicate(request: Request, allowed: ReadonlyMap<string, boolean>, what: string): Finding | undefined {
    const { lacking, entities, schema, tables, whole } = this.#q;
    if (lacking !== undefined || !this.#q.random.chance(this.#shares.predicate)) return undefined;
    this.#whole ??= EntityStore.of(whole, { schema });
    const store = this.#whole;
    const filters = [this.#q.filter(request, store, false), this.#q.compiledFilter(request, store)];
    // A filter is of the policies of then, whatever has become of them.
    const make = () => filters.map((filter) => filter.predicate());
    const [passes, emitted] = this.#q.random.chance(20) ? this.#q.withoutPolicies(make) : make();
    for (const entity of entities) {
      if (entity.uid.type !== request.resource.type) continue;
      const expected = allowed.get(entity.uid.id)!;
      const row = rowObject(entity, tables.mapping);
      this.#tally.predicate++;
      for (const [oracle, actual] of [
        ['predicate', passes!(row)],
        ['emitted predicate', emitted!(row)],
      ] as const)
        if (actual !== expected) return { target: 'filter', oracle, what: `${what}, ${entity.uid}`, expected, actual };
    }
    return undefined;
  }

  /** An upper bound has all allowed rows. */
  #checkBound(
    request: Request,
    known: EntityStore,
    allowed: ReadonlyMap<string, boolean>,
    what: string,
  ): Finding | undefined {
    const { text, values, dropped } = this.#q.filter(request, known, true).sql('sqlite', { alias: 'row' });
    this.#tally.bounds++;
    const passed = this.#passedIfShallow(request, text, values);
    if (passed === undefined) return undefined;
    const missing = [...allowed].find(([id, isAllowed]) => isAllowed && !passed.has(id));
    if (missing === undefined && dropped.length > 0) return undefined;
    return {
      target: 'filter',
      oracle: 'upper bound',
      what,
      expected: missing?.[0] ?? 'reasons',
      actual: [text, values],
    };
  }

  #passed({ resource }: Request, text: string, values: readonly (string | null)[]): Set<string> {
    const { tables } = this.#q;
    const statement = this.#database.prepare(
      `SELECT hex(CAST(row.id AS BLOB)) AS id FROM "${tables.tableOf(resource.type)}" AS row WHERE ${text}`,
    );
    try {
      statement.bind([...values]);
      const found = new Set<string>();
      while (statement.step()) found.add(Buffer.from(statement.get()[0] as string, 'hex').toString('utf8'));
      return found;
    } finally {
      statement.free();
    }
  }

  #passedIfShallow(request: Request, text: string, values: readonly (string | null)[]): Set<string> | undefined {
    try {
      return this.#passed(request, text, values);
    } catch (error) {
      if (isTooDeep(error)) return undefined;
      throw error;
    }
  }
}

/** What the database could not be told, without names. */
export function reasonOf({ refusals }: FilterError): string {
  const reasons = refusals.map(({ diagnostic }) => diagnostic.message.replace(/^.*?: /, '').replace(/`[^`]*`/g, '…'));
  return [...new Set(reasons)].sort().join('; ');
}

/** SQLite refuses what is nested too deep for it; no row passes then. */
function isTooDeep(error: unknown): boolean {
  return error instanceof Error && error.message.includes('nested too deep');
}

function differs(
  allowed: ReadonlyMap<string, boolean>,
  passed: ReadonlySet<string>,
  what: string,
  text: string,
  values: readonly (string | null)[],
): Finding | undefined {
  for (const [id, isAllowed] of allowed) {
    if (passed.has(id) === isAllowed) continue;
    const actual = `${passed.has(id) ? 'wider' : 'narrower'}: ${text} ${JSON.stringify(values)}`;
    return {
      target: 'filter',
      oracle: 'sqlite',
      what: `${what}, row ${JSON.stringify(id)}`,
      expected: isAllowed,
      actual,
    };
  }
  return undefined;
}
