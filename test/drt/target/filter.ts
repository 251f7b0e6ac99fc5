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
import { compile } from '../../../src/engine/compile.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EntityStore } from '../../../src/engine/entity-store.ts';
import type { Filter } from '../../../src/filter/filter.ts';
import { FilterError } from '../../../src/filter/filter-error.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Case } from '../../arbitrary/case.ts';
import { Random } from '../../arbitrary/random.ts';
import { rowObject } from '../../arbitrary/tables.ts';
import type { Finding } from '../finding.ts';
import { FilterQuestions } from './filter-questions.ts';

const SQL: SqlJsStatic = await (initSqlJs as () => Promise<SqlJsStatic>)();

/** What a run has seen. */
export class FilterTally {
  /** Rows that a database was asked about, with the model's answer. */
  triples = 0;
  allowed = 0;
  readonly kinds = new Map<string, number>();
  refused = 0;
  readonly refusals = new Map<string, number>();
  /** Filters that let some rows pass and others not. */
  selective = 0;
  bounds = 0;
  /** Filters that were prepared, and of these those that had to be planned for the request. */
  prepared = 0;
  planned = 0;
  /** Rows in memory. */
  predicate = 0;
  /** Rows that the compiled engine was asked about as well. */
  engine = 0;
}

export function checkFilters(given: Case, seed: number, tally = new FilterTally()): Finding | undefined {
  const random = new Random(seed);
  const questions = FilterQuestions.of(given, random);
  if (questions === undefined) return undefined;
  const database = new SQL.Database();
  try {
    database.exec(questions.tables.statements.join(';'));
    const run = new Run(questions, database, tally);
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
  /** Compiled, with all entities; `undefined` for most cases, since compiling takes longest. */
  readonly #compiled: { readonly engine: Engine; readonly store: EntityStore } | undefined;

  constructor(questions: FilterQuestions, database: Database, tally: FilterTally) {
    const { lacking, random, set, schema, whole } = questions;
    this.#q = questions;
    this.#database = database;
    this.#tally = tally;
    this.#compiled =
      lacking === undefined && random.chance(6)
        ? { engine: compile(set as never, { schema, validate: false }), store: EntityStore.of(whole, { schema }) }
        : undefined;
  }

  check(request: Request, what: string): Finding | undefined {
    const tally = this.#tally;
    const known = this.#q.known(request.principal);
    const filter = this.#q.filter(request, known, false);
    tally.kinds.set(filter.kind, (tally.kinds.get(filter.kind) ?? 0) + 1);
    const allowed = this.#q.allowed(request);
    const other = this.#checkEngine(request, allowed, what) ?? this.#checkPredicate(request, allowed, what);
    if (other !== undefined) return other;
    try {
      const { text, values } = filter.sql('sqlite', { alias: 'row' });
      const passed = this.#passed(request, text, values);
      this.#note(allowed, passed.size);
      return differs(allowed, passed, what, text, values) ?? this.#checkPrepared(request, known, filter, allowed, what);
    } catch (error) {
      if (isTooDeep(error)) return undefined;
      if (!(error instanceof FilterError)) throw error;
      tally.refused++;
      for (const { diagnostic } of error.refusals) {
        const reason = diagnostic.message.replace(/^.*?: /, '').replace(/`[^`]*`/g, '…');
        tally.refusals.set(reason, (tally.refusals.get(reason) ?? 0) + 1);
      }
      return this.#checkBound(request, known, allowed, what);
    }
  }

  /** The rows of the prepared filter, whatever the planned one says. */
  #checkPrepared(
    request: Request,
    known: EntityStore,
    planned: Filter,
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
    const passed = this.#passedIfShallow(request, text, values);
    return passed && differs(allowed, passed, `${what}, prepared`, text, values);
  }

  /** The same rows in memory, with all entities in the store. */
  #checkPredicate(request: Request, allowed: ReadonlyMap<string, boolean>, what: string): Finding | undefined {
    const { lacking, entities, schema, tables, whole } = this.#q;
    if (lacking !== undefined || !this.#q.random.chance(30)) return undefined;
    const store = EntityStore.of(whole, { schema });
    const filters = [this.#q.filter(request, store, false), this.#q.compiledFilter(request, store)];
    const [passes, emitted] = filters.map((filter) => filter.predicate());
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

  /** The compiled engine, and the request specialized, row by row. */
  #checkEngine(request: Request, allowed: ReadonlyMap<string, boolean>, what: string): Finding | undefined {
    const compiled = this.#compiled;
    if (compiled === undefined) return undefined;
    const { engine, store } = compiled;
    const { principal, action, context } = request;
    const rows = engine.specialize({ principal, action: `${action}`, context }, store);
    for (const [id, expected] of allowed) {
      const resource = new EntityUid(request.resource.type, id);
      this.#tally.engine++;
      const whole = engine.isAllowed({ principal, action: `${action}`, resource, context }, store);
      if (whole !== expected) return { target: 'filter', oracle: 'compiled', what, expected, actual: whole };
      const specialized = rows.isAllowed(resource);
      if (specialized !== expected)
        return { target: 'filter', oracle: 'specialized', what, expected, actual: specialized };
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

  #note(allowed: ReadonlyMap<string, boolean>, passed: number): void {
    const tally = this.#tally;
    tally.triples += allowed.size;
    tally.allowed += passed;
    if (passed > 0 && passed < allowed.size) tally.selective++;
  }
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
