/**
 * Filter — list filters on a real SQLite, row by row against the model: tables drawn at random for the entities of a case, and for each request the
 * condition that its policies leave for the rows of the resource's type.
 *
 *     row ∈ SELECT … WHERE filter  ⟺  the model allows the request for that row
 *
 * Rows have twins that differ in case, in accents and in trailing blanks; references may lead nowhere; a required column may be NULL.
 */
import type { Database, SqlJsStatic } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { compile } from '../../../src/engine/compile.ts';
import { EntityStore } from '../../../src/engine/entity-store.ts';
import type { Filter } from '../../../src/filter/filter.ts';
import { FilterError } from '../../../src/filter/filter-error.ts';
import { isAuthorized } from '../../../src/model/authorizer.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import type { Policy } from '../../../src/syntax/policy.ts';
import { conformingEntities } from '../../../src/validator/conformance/conformance.ts';
import { Entities, EntitiesError, type Entity } from '../../../src/value/entities.ts';
import { EntityUid, isActionType } from '../../../src/value/entity-uid.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Value } from '../../../src/value/value.ts';
import type { Case } from '../../arbitrary/case.ts';
import { listPolicies } from '../../arbitrary/list-policies.ts';
import { Random } from '../../arbitrary/random.ts';
import { arbitraryTables, type Lacking, rowObject, type Tables } from '../../arbitrary/tables.ts';
import type { Finding } from '../finding.ts';
import { type TypedCase, typedPart } from './partial.ts';

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
  /** Rows in memory. */
  predicate = 0;
  /** Rows that the compiled engine was asked about as well. */
  engine = 0;
}

export function checkFilters(given: Case, seed: number, tally = new FilterTally()): Finding | undefined {
  const random = new Random(seed);
  const { schema } = given;
  const typed = typedPart({ ...given, policies: [...given.policies, ...aboutRows(given, random)] });
  if (typed === undefined) return undefined;
  const entities = [
    ...typed.entities,
    ...typed.entities.filter(() => random.chance(50)).flatMap((each) => twinOf(each, typed.entities, random)),
  ];
  const whole = closed(entities, schema);
  if (whole === undefined) return undefined;
  const lacking = random.chance(15) ? lackingOf(entities, schema, random) : undefined;
  const tables = arbitraryTables(random, schema, entities, lacking);
  const database = new SQL.Database();
  try {
    database.exec(tables.statements.join(';'));
    const compiled =
      lacking === undefined && random.chance(20)
        ? { engine: compile(typed.set, { schema, validate: false }), store: EntityStore.of(whole, { schema }) }
        : undefined;
    const run = new Run({
      schema,
      set: typed.set,
      entities,
      whole,
      lacking,
      tables,
      database,
      random,
      tally,
      compiled,
    });
    for (const [i, request] of typed.requests.entries()) {
      const finding = run.check(request, `request ${i}`);
      if (finding !== undefined) return finding;
    }
    return undefined;
  } finally {
    database.close();
  }
}

/** Half of the cases have policies that are about rows for certain. */
function aboutRows({ schema, entities, requests }: Case, random: Random): Policy[] {
  const [request] = requests;
  if (request === undefined || random.chance(40)) return [];
  const { type } = request.resource;
  if (schema.entityTypes.get(type)?.kind !== 'standard') return [];
  return listPolicies(random, schema, type, entities, random.between(1, 3));
}

function closed(entities: readonly Entity[], schema: Schema): Entities | undefined {
  try {
    return conformingEntities(entities, schema);
  } catch (error) {
    if (error instanceof EntitiesError) return undefined;
    throw error;
  }
}

interface Setting {
  readonly schema: Schema;
  readonly set: TypedCase['set'];
  readonly entities: readonly Entity[];
  readonly whole: Entities;
  readonly lacking: Lacking | undefined;
  readonly tables: Tables;
  readonly database: Database;
  readonly random: Random;
  readonly tally: FilterTally;
  /** Compiled, with all entities; `undefined` for most cases, since compiling takes longest. */
  readonly compiled: { readonly engine: ReturnType<typeof compile>; readonly store: EntityStore } | undefined;
}

class Run {
  readonly #s: Setting;
  readonly #engine: ReturnType<typeof compile>;
  /** What the database holds, as the model reads it. */
  readonly #held: Entities;

  constructor(setting: Setting) {
    this.#s = setting;
    const { schema, set, tables, entities, lacking, whole } = setting;
    this.#engine = compile(set, { schema, mapping: tables.mapping, mode: 'interpret', validate: false });
    const actions = [...whole].filter(({ uid }) => isActionType(uid.type));
    this.#held =
      lacking === undefined ? whole : Entities.from([...entities.map((each) => without(each, lacking)), ...actions]);
  }

  check(request: Request, what: string): Finding | undefined {
    const { tally } = this.#s;
    const known = this.#known(request.principal);
    const filter = this.#filter(request, known, false);
    tally.kinds.set(filter.kind, (tally.kinds.get(filter.kind) ?? 0) + 1);
    const allowed = this.#allowed(request);
    const other = this.#checkEngine(request, allowed, what) ?? this.#checkPredicate(request, allowed, what);
    if (other !== undefined) return other;
    try {
      const { text, values } = filter.sql('sqlite', { alias: 'row' });
      const passed = this.#passed(request, text, values);
      this.#note(allowed, passed.size);
      return differs(allowed, passed, what, text, values);
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

  /** The same rows in memory, with all entities in the store. */
  #checkPredicate(request: Request, allowed: ReadonlyMap<string, boolean>, what: string): Finding | undefined {
    const { lacking, entities, schema, tables, tally, whole } = this.#s;
    if (lacking !== undefined) return undefined;
    const passes = this.#filter(request, EntityStore.of(whole, { schema }), false).predicate();
    for (const entity of entities) {
      if (entity.uid.type !== request.resource.type) continue;
      const expected = allowed.get(entity.uid.id)!;
      const actual = passes(rowObject(entity, tables.mapping));
      tally.predicate++;
      if (actual !== expected)
        return { target: 'filter', oracle: 'predicate', what: `${what}, ${entity.uid}`, expected, actual };
    }
    return undefined;
  }

  /** The compiled engine, and the request specialized, row by row. */
  #checkEngine(request: Request, allowed: ReadonlyMap<string, boolean>, what: string): Finding | undefined {
    const { compiled, tally } = this.#s;
    if (compiled === undefined) return undefined;
    const { engine, store } = compiled;
    const { principal, action, context } = request;
    const rows = engine.specialize({ principal, action: `${action}`, context }, store);
    for (const [id, expected] of allowed) {
      const resource = new EntityUid(request.resource.type, id);
      tally.engine++;
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
    const { text, values, dropped } = this.#filter(request, known, true).sql('sqlite', { alias: 'row' });
    this.#s.tally.bounds++;
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

  #filter({ principal, action, resource, context }: Request, known: EntityStore, superset: boolean): Filter {
    const query = { principal, action: `${action}`, resource: resource.type, context };
    return this.#engine.filter(query, known, { superset });
  }

  /** All entities, the principal and what is above it, or nothing. */
  #known(principal: EntityUid): EntityStore {
    const { entities, schema, random, lacking } = this.#s;
    const share = random.int(3);
    const all = lacking === undefined ? entities : entities.filter((each) => !isLacking(each, lacking));
    const known = share === 0 ? all : share === 1 ? above(principal, all) : [];
    return EntityStore.of(Entities.from(known), { schema });
  }

  #allowed(request: Request): Map<string, boolean> {
    const { entities, set } = this.#s;
    const policies = [...set.policies()];
    const rows = entities.filter(({ uid }) => uid.type === request.resource.type);
    return new Map(
      rows.map(({ uid }) => {
        const { decision } = isAuthorized({ ...request, resource: uid }, this.#held, policies);
        return [uid.id, decision === 'allow'];
      }),
    );
  }

  #passed({ resource }: Request, text: string, values: readonly string[]): Set<string> {
    const { database, tables } = this.#s;
    const statement = database.prepare(
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

  #passedIfShallow(request: Request, text: string, values: readonly string[]): Set<string> | undefined {
    try {
      return this.#passed(request, text, values);
    } catch (error) {
      if (isTooDeep(error)) return undefined;
      throw error;
    }
  }

  #note(allowed: ReadonlyMap<string, boolean>, passed: number): void {
    const { tally } = this.#s;
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
  values: readonly string[],
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

function above(principal: EntityUid, entities: readonly Entity[]): Entity[] {
  const found = new Map<string, Entity>();
  const open = [principal];
  for (let uid = open.pop(); uid !== undefined; uid = open.pop()) {
    const { key } = uid;
    const entity = entities.find((each) => each.uid.key === key);
    if (entity === undefined || found.has(key)) continue;
    found.set(key, entity);
    open.push(...entity.parents);
  }
  return [...found.values()];
}

const CHANGES: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => `${text} `,
  (text) => `${text}\u0301`,
  (text) => text.replace(/a/, 'A'),
  (text) => `${text}%`,
  (text) => `_${text}`,
  (text) => `[${text}]`,
  (text) => [...text].slice(1).join(''),
];

/** An entity that is like another but for case, accents or blanks: in its id, and maybe in its texts. */
function twinOf(entity: Entity, all: readonly Entity[], random: Random): Entity[] {
  const change = random.pick(CHANGES);
  const uid = new EntityUid(entity.uid.type, change(entity.uid.id));
  if (all.some((each) => each.uid.equals(uid)) || change(entity.uid.id) !== uid.id) return [];
  const changed = (value: Value) => (typeof value === 'string' && random.chance(50) ? change(value) : value);
  const attrs = new Map([...entity.attrs].map(([name, value]) => [name, changed(value)]));
  return [{ ...entity, uid, attrs }];
}

/** A required attribute that some rows lack. */
function lackingOf(entities: readonly Entity[], schema: Schema, random: Random): Lacking | undefined {
  const entity = random.pick(entities);
  const entry = schema.entityTypes.get(entity?.uid.type ?? '');
  if (entry?.kind !== 'standard') return undefined;
  const required = [...entry.attributes.attributes].filter(
    ([, { required: isRequired, type }]) => isRequired && type.kind !== 'record' && type.kind !== 'set',
  );
  if (required.length === 0) return undefined;
  const [attr] = random.pick(required);
  const rows = entities.filter(({ uid }) => uid.type === entry.name && random.chance(50));
  return { type: entry.name, attr, ids: new Set(rows.map(({ uid }) => uid.id)) };
}

function isLacking({ uid }: Entity, { type, ids }: Lacking): boolean {
  return uid.type === type && ids.has(uid.id);
}

function without(entity: Entity, lacking: Lacking): Entity {
  if (!isLacking(entity, lacking)) return entity;
  const attrs = new Map(entity.attrs);
  attrs.delete(lacking.attr);
  return { ...entity, attrs };
}
