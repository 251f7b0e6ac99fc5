/**
 * Tables — a database for the entities of a schema: a mapping drawn at random, and the SQL that makes and fills its tables.
 *
 * Each attribute is kept in one of the ways that mappings know: columns, JSON, join tables, a record over columns; parents in columns, lists and join
 * tables; ancestors by parents or by closure tables. What is not in the data is NULL. Some columns take upper and lower case for the same.
 */

import { mapping } from '../../src/engine/mapping.ts';
import type {
  AttributeDescription,
  ClosureTable,
  EntityDescription,
  ManyDescription,
  RefDescription,
} from '../../src/mapping/description.ts';
import type { AttributeMapping, Mapping } from '../../src/mapping/mapping.ts';
import type { Schema, StandardEntityType } from '../../src/schema/schema.ts';
import type { RecordType, SchemaType } from '../../src/schema/type.ts';
import { Datetime } from '../../src/value/datetime.ts';
import { Decimal } from '../../src/value/decimal.ts';
import { Duration } from '../../src/value/duration.ts';
import type { Entity } from '../../src/value/entities.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { IpAddr } from '../../src/value/ipaddr.ts';
import { isLong } from '../../src/value/long.ts';
import { CedarRecord } from '../../src/value/record.ts';
import { CedarSet } from '../../src/value/set.ts';
import type { Value } from '../../src/value/value.ts';
import type { Random } from './random.ts';

/** How a database writes what the tables need. */
export interface TableDialect {
  text(value: string): string;
  boolean(value: boolean): string;
  json(value: string): string;
  readonly types: { readonly text: string; readonly integer: string; readonly boolean: string; readonly json: string };
  name(name: string): string;
  /** Collations of texts: only the first where the mapping says that texts compare by bytes. */
  readonly collations: readonly string[];
  /** Columns of other types than integers and JSON, where the database has them. */
  readonly stored?: {
    readonly timestamp: StoredAs;
    readonly numeric: StoredAs;
    /** Types of columns that hold arrays of texts, integers and Bools. */
    readonly arrays?: { readonly [Kind in 'text' | 'integer' | 'boolean']: readonly string[] };
  };
}

/** The type of a column, and its SQL for a datetime as ISO 8601 in UTC without zone, with microseconds, or a decimal in digits. */
interface StoredAs {
  readonly type: string;
  sql(text: string): string;
}

/** How the values of an attribute are kept in a column of their own. */
interface Stored {
  readonly storage: 'timestamp' | 'numeric' | 'array';
  readonly type: string;
  sql(value: Value): string;
}

export const SQLITE_TABLES: TableDialect = {
  text: (value) => `CAST(x'${Buffer.from(value, 'utf8').toString('hex')}' AS TEXT)`,
  boolean: (value) => (value ? '1' : '0'),
  json: (value) => SQLITE_TABLES.text(value),
  types: { text: 'TEXT', integer: 'INTEGER', boolean: 'INTEGER', json: 'TEXT' },
  name: (name) => `"${name.replaceAll('"', '""')}"`,
  collations: ['', ' COLLATE NOCASE', ' COLLATE RTRIM'],
};

/** What is written into one row: a column and the SQL of its value. */
type Cell = readonly [column: string, sql: string];

interface Table {
  readonly columns: Map<string, string>;
  readonly rows: Cell[][];
}

export interface Tables {
  readonly mapping: Mapping;
  readonly statements: readonly string[];
  /** The name of the table of a type. */
  tableOf(type: string): string;
}

/** Required attributes of some entities that the database lacks: `type`, `attr` and the ids of the rows. */
export interface Lacking {
  readonly type: string;
  readonly attr: string;
  readonly ids: ReadonlySet<string>;
}

export function arbitraryTables(
  random: Random,
  schema: Schema,
  entities: readonly Entity[],
  lacking: Lacking | undefined,
  dialect: TableDialect = SQLITE_TABLES,
): Tables {
  return new TableMaker(random, schema, entities, lacking, dialect).make();
}

class TableMaker {
  readonly #random: Random;
  readonly #schema: Schema;
  readonly #entities: readonly Entity[];
  readonly #lacking: Lacking | undefined;
  readonly #dialect: TableDialect;
  readonly #isBinary: boolean;
  readonly #tables = new Map<string, Table>();
  readonly #names = new Map<string, string>();
  #columns = 0;

  constructor(
    random: Random,
    schema: Schema,
    entities: readonly Entity[],
    lacking: Lacking | undefined,
    dialect: TableDialect,
  ) {
    this.#random = random;
    this.#schema = schema;
    this.#entities = entities;
    this.#lacking = lacking;
    this.#dialect = dialect;
    this.#isBinary = random.chance(40);
  }

  make(): Tables {
    const description: Record<string, EntityDescription> = Object.create(null);
    for (const type of this.#schema.entityTypes.keys()) this.#names.set(type, `t ${this.#names.size}`);
    for (const [type, entry] of this.#schema.entityTypes)
      description[type] = this.#entity(type, entry.kind === 'standard' ? entry : undefined);
    const options = this.#isBinary ? { collation: 'binary' as const } : {};
    const made = mapping(this.#schema, description, options);
    return { mapping: made, statements: this.#statements(), tableOf: (type) => this.#names.get(type)! };
  }

  #entity(type: string, entry: StandardEntityType | undefined): EntityDescription {
    const table = this.#names.get(type)!;
    const rows = this.#entities.filter(({ uid }) => uid.type === type);
    this.#table(table);
    for (const { uid } of rows) this.#row(table, [['id', this.#text(uid.id)]]);
    this.#column(table, 'id', 'text');
    if (entry === undefined) return { id: 'id', table };
    const parts = rows.map(({ attrs }) => attrs);
    const attrs = this.#attributes(table, rows, parts, entry.attributes, true, type);
    const parents: Record<string, RefDescription | ManyDescription> = Object.create(null);
    for (const parent of entry.parents) parents[parent] = this.#parents(table, rows, parent);
    const ancestors: Record<string, ClosureTable> = Object.create(null);
    for (const ancestor of entry.ancestors)
      if (this.#random.chance(25)) ancestors[ancestor] = this.#closure(rows, ancestor);
    return { id: 'id', table, attrs, parents, ancestors, tags: this.#tags(table, rows, entry.tags) };
  }

  #attributes(
    table: string,
    rows: readonly Entity[],
    parts: readonly (ReadonlyMap<string, Value> | undefined)[],
    { attributes }: RecordType,
    isTop: boolean,
    type?: string,
  ): Record<string, AttributeDescription> {
    const described: Record<string, AttributeDescription> = Object.create(null);
    for (const [name, { type: of, required }] of attributes) {
      const isLacking = this.#lacking !== undefined && this.#lacking.type === type && this.#lacking.attr === name;
      const values = parts.map((part, i) =>
        isLacking && this.#lacking!.ids.has(rows[i]!.uid.id) ? undefined : part?.get(name),
      );
      described[name] = this.#attribute(table, rows, values, of, required && !isLacking, isTop);
    }
    return described;
  }

  #attribute(
    table: string,
    rows: readonly Entity[],
    values: readonly (Value | undefined)[],
    type: SchemaType,
    isThere: boolean,
    isTop: boolean,
  ): AttributeDescription {
    const random = this.#random;
    if (type.kind === 'record' && canSpread(type, isThere) && random.chance(50)) {
      const parts = values.map((value) => (value as CedarRecord | undefined)?.fields);
      return this.#attributes(table, rows, parts, type, false);
    }
    const isJoin = type.kind === 'set' && isTop && isThere && isScalar(type.element) && random.chance(50);
    const stored = isJoin ? undefined : this.#stored(values, type);
    const field = isJoin ? `j${this.#columns++}` : this.#newColumn(table, values, type, stored);
    const notNull = isThere && isTop && random.chance(50);
    if (isJoin) {
      const through = this.#join(
        rows,
        values.map((value) => (value as CedarSet).elements),
        type.element,
      );
      return { kind: 'many', field, through };
    }
    const storage = stored?.storage;
    if (type.kind === 'set') return { kind: 'many', field, notNull, ...(storage && { storage }) };
    if (type.kind === 'record') return { kind: 'json', field, notNull };
    if (type.kind !== 'entity') return { kind: 'field', field, notNull, ...(storage && { storage }) };
    return { kind: 'ref', field, notNull, enforced: this.#isEnforced(values) && random.chance(50) };
  }

  /** In another type of column, if the database has one that can hold the values. */
  #stored(values: readonly (Value | undefined)[], type: SchemaType): Stored | undefined {
    const { stored } = this.#dialect;
    if (stored === undefined || this.#random.chance(50)) return undefined;
    const is = (name: string) => type.kind === 'ext' && type.name === name;
    if (is('datetime') && values.every((value) => value === undefined || isInYears((value as Datetime).ms))) {
      const { type: of, sql } = stored.timestamp;
      // Of a time between two milliseconds the earlier one counts.
      const micros = () => `${this.#random.pick([0, 0, 1, 500, 999])}`.padStart(3, '0');
      const iso = (value: Value) => new Date(Number((value as Datetime).ms)).toISOString().replace('Z', micros());
      return { storage: 'timestamp', type: of, sql: (value) => sql(iso(value)) };
    }
    if (is('decimal')) {
      const { type: of, sql } = stored.numeric;
      return { storage: 'numeric', type: of, sql: (value) => sql(`${value}`) };
    }
    const element = type.kind === 'set' && isScalar(type.element) ? kindOf(type.element) : 'json';
    const arrays = element === 'json' ? undefined : stored.arrays?.[element];
    if (arrays === undefined) return undefined;
    const array = this.#random.pick(arrays);
    const list = (value: Value) => (value as CedarSet).elements.map((each) => this.#sql(each)).join(', ');
    return { storage: 'array', type: array, sql: (value) => `ARRAY[${list(value)}]::${array}` };
  }

  /** Whether every entity that is named is there. */
  #isEnforced(values: readonly (Value | undefined)[]): boolean {
    const keys = new Set(this.#entities.map(({ uid }) => uid.key));
    return values.every((value) => value === undefined || keys.has((value as EntityUid).key));
  }

  #parents(table: string, rows: readonly Entity[], parent: string): RefDescription | ManyDescription {
    const lists = rows.map(({ parents }) => unique(parents.filter(({ type }) => type === parent)));
    if (lists.every((list) => list.length <= 1) && this.#random.chance(60)) {
      const field = this.#newColumn(
        table,
        lists.map(([only]) => only),
        { kind: 'entity', name: parent },
      );
      return { kind: 'ref', field };
    }
    const type: SchemaType = { kind: 'entity', name: parent };
    if (this.#random.chance(60)) {
      return { kind: 'many', field: `p${this.#columns++}`, through: this.#join(rows, lists, type) };
    }
    const sets = lists.map((list) => CedarSet.from(list));
    return { kind: 'many', field: this.#newColumn(table, sets, { kind: 'set', element: type }) };
  }

  #join(rows: readonly Entity[], lists: readonly (readonly Value[])[], type: SchemaType) {
    const table = `j ${this.#columns++}`;
    this.#column(table, 'owner', 'text');
    this.#column(table, 'element', kindOf(type));
    for (const [i, { uid }] of rows.entries())
      for (const element of lists[i]!)
        this.#row(table, [
          ['owner', this.#text(uid.id)],
          ['element', this.#sql(element)],
        ]);
    // Rows about what is not there: only `enforced` says that there are none.
    if (this.#random.chance(30) && lists.some((list) => list.length > 0)) {
      const element = lists.find((list) => list.length > 0)![0]!;
      for (const owner of ['a', 'b', 'nobody'])
        if (!rows.some(({ uid }) => uid.id === owner))
          this.#row(table, [
            ['owner', this.#text(owner)],
            ['element', this.#sql(element)],
          ]);
      return { table, owner: 'owner', element: 'element' };
    }
    return { table, owner: 'owner', element: 'element', enforced: this.#random.chance(50) };
  }

  #closure(rows: readonly Entity[], ancestor: string): ClosureTable {
    const table = `c ${this.#columns++}`;
    this.#column(table, 'descendant', 'text');
    this.#column(table, 'ancestor', 'text');
    for (const { uid, parents } of rows)
      for (const above of this.#ancestors(parents))
        if (above.type === ancestor)
          this.#row(table, [
            ['descendant', this.#text(uid.id)],
            ['ancestor', this.#text(above.id)],
          ]);
    return { table, descendant: 'descendant', ancestor: 'ancestor' };
  }

  #ancestors(parents: readonly EntityUid[]): EntityUid[] {
    const found = new Map<string, EntityUid>();
    const open = [...parents];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next.key)) continue;
      const { key } = next;
      found.set(key, next);
      open.push(...(this.#entities.find(({ uid }) => uid.key === key)?.parents ?? []));
    }
    return [...found.values()];
  }

  #tags(table: string, rows: readonly Entity[], type: SchemaType | undefined): EntityDescription['tags'] {
    if (type === undefined) return undefined;
    if (isScalar(type) && this.#random.chance(50)) {
      const name = `g ${this.#columns++}`;
      for (const column of ['owner', 'key']) this.#column(name, column, 'text');
      this.#column(name, 'value', kindOf(type));
      for (const { uid, tags } of rows)
        for (const [key, value] of tags)
          this.#row(name, [
            ['owner', this.#text(uid.id)],
            ['key', this.#text(key)],
            ['value', this.#sql(value)],
          ]);
      return { kind: 'tags', field: 'tags', through: { table: name, owner: 'owner', key: 'key', value: 'value' } };
    }
    const records = rows.map(({ tags }) => new CedarRecord(tags));
    return { kind: 'json', field: this.#newColumn(table, records, { kind: 'record', attributes: new Map() }) };
  }

  #newColumn(table: string, values: readonly (Value | undefined)[], type: SchemaType, stored?: Stored): string {
    const name = `c${this.#columns++}${this.#random.pick(['', ' x', '"y', 'Z'])}`;
    if (stored === undefined) this.#column(table, name, kindOf(type));
    else this.#table(table).columns.set(name, stored.type);
    const sql = (value: Value) => (stored === undefined ? this.#sql(value) : stored.sql(value));
    for (const [i, value] of values.entries())
      this.#table(table).rows[i]!.push([name, value === undefined ? 'NULL' : sql(value)]);
    return name;
  }

  #table(name: string): Table {
    const table = this.#tables.get(name) ?? { columns: new Map(), rows: [] };
    this.#tables.set(name, table);
    return table;
  }

  #column(table: string, name: string, kind: keyof TableDialect['types']): void {
    this.#table(table).columns.set(name, this.#dialect.types[kind]);
  }

  #row(table: string, cells: Cell[]): void {
    this.#table(table).rows.push(cells);
  }

  #text(value: string): string {
    return this.#dialect.text(value);
  }

  #sql(value: Value): string {
    if (typeof value === 'boolean') return this.#dialect.boolean(value);
    if (value instanceof CedarSet || value instanceof CedarRecord) return this.#dialect.json(jsonOf(value));
    const scalar = scalarOf(value);
    return typeof scalar === 'string' ? this.#text(scalar) : `${scalar}`;
  }

  #statements(): string[] {
    const name = (each: string) => this.#dialect.name(each);
    const { collations, types } = this.#dialect;
    return [...this.#tables].flatMap(([table, { columns, rows }]) => {
      const declared = [...columns].map(
        ([column, type]) =>
          `${name(column)} ${type}${type === types.text ? this.#random.pick(this.#isBinary ? collations.slice(0, 1) : collations) : ''}`,
      );
      return [
        `CREATE TABLE ${name(table)} (${declared.join(', ')})`,
        ...[...byColumns(rows)].map(
          ([names, alike]) =>
            `INSERT INTO ${name(table)} (${names.map(name).join(', ')}) VALUES ${alike.map((cells) => `(${cells.map(([, sql]) => sql).join(', ')})`).join(', ')}`,
        ),
      ];
    });
  }
}

/** The rows of one statement, which all have the same columns. */
function byColumns(rows: readonly Cell[][]): Iterable<readonly [readonly string[], readonly Cell[][]]> {
  const found = new Map<string, readonly [string[], Cell[][]]>();
  for (const cells of rows) {
    const names = cells.map(([column]) => column);
    const key = JSON.stringify(names);
    const group = found.get(key) ?? [names, []];
    group[1].push(cells);
    found.set(key, group);
  }
  return found.values();
}

/** Can the attributes of the record be columns? One that is optional needs an attribute that tells. */
function canSpread({ attributes }: RecordType, isThere: boolean): boolean {
  const all = [...attributes.values()];
  if (all.length === 0) return false;
  const first = all.find(({ required, type }) => required && type.kind !== 'set');
  return isThere || (first !== undefined && first.type.kind !== 'record' && isScalar(first.type));
}

function isScalar(type: SchemaType): boolean {
  return type.kind !== 'set' && type.kind !== 'record' && !(type.kind === 'ext' && type.name === 'ipaddr');
}

/** The years that all databases have: 1000 to 9999. */
function isInYears(ms: number | bigint): boolean {
  return ms >= Date.UTC(1000, 0) && ms < Date.UTC(10_000, 0);
}

function kindOf(type: SchemaType): keyof TableDialect['types'] {
  switch (type.kind) {
    case 'bool':
      return 'boolean';
    case 'long':
      return 'integer';
    case 'ext':
      return type.name === 'ipaddr' ? 'text' : 'integer';
    case 'set':
    case 'record':
      return 'json';
    default:
      return 'text';
  }
}

function scalarOf(value: Value): string | number | bigint {
  if (typeof value === 'string' || isLong(value)) return value;
  if (value instanceof EntityUid) return value.id;
  if (value instanceof Datetime || value instanceof Duration) return value.ms;
  if (value instanceof Decimal) return value.scaled;
  if (value instanceof IpAddr) return `${value}`;
  throw new Error('a value that is not a scalar');
}

/** JSON with ids and numbers as mappings have them. */
export function jsonOf(value: Value): string {
  if (typeof value === 'boolean') return `${value}`;
  if (value instanceof CedarSet) return `[${value.elements.map(jsonOf).join(',')}]`;
  if (value instanceof CedarRecord)
    return `{${[...value.fields].map(([name, each]) => `${JSON.stringify(name)}:${jsonOf(each)}`).join(',')}}`;
  const scalar = scalarOf(value);
  return typeof scalar === 'string' ? JSON.stringify(scalar) : `${scalar}`;
}

function unique(uids: readonly EntityUid[]): EntityUid[] {
  return [...new Map(uids.map((uid) => [uid.key, uid])).values()];
}

/** A row as an application has it: the values of an entity in the fields that the mapping names. */
export function rowObject({ uid, attrs, parents, tags }: Entity, mapping: Mapping): object {
  const { id, attrs: mapped, parents: mappedParents, tags: mappedTags } = mapping.types.get(uid.type)!;
  const row: Record<string, unknown> = { [id.field]: uid.id };
  fill(row, attrs, mapped);
  for (const [type, parent] of mappedParents) {
    if (parent.kind === 'absent') continue;
    const ids = unique(parents.filter((each) => each.type === type)).map((each) => each.id);
    row[parent.field] = parent.kind === 'many' ? ids : (ids[0] ?? null);
  }
  if (mappedTags !== undefined && mappedTags.kind !== 'absent')
    row[mappedTags.field] = Object.fromEntries([...tags].map(([name, value]) => [name, plain(value)]));
  return row;
}

function fill(
  row: Record<string, unknown>,
  attrs: ReadonlyMap<string, Value> | undefined,
  mapped: ReadonlyMap<string, AttributeMapping>,
): void {
  for (const [name, each] of mapped) {
    const value = attrs?.get(name);
    if (each.kind === 'record') fill(row, (value as CedarRecord | undefined)?.fields, each.attrs);
    else if (each.kind !== 'absent') row[each.field] = value === undefined ? null : plain(value);
  }
}

function plain(value: Value): unknown {
  if (typeof value === 'boolean') return value;
  if (value instanceof CedarSet) return value.elements.map(plain);
  if (value instanceof CedarRecord)
    return Object.fromEntries([...value.fields].map(([name, each]) => [name, plain(each)]));
  return scalarOf(value);
}
