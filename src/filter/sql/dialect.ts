/**
 * Dialect — how four databases spell what they do not spell alike.
 *
 * Each spelling keeps Cedar's meaning: texts compare byte by byte, integers of more than 64 bits are NULL, JSON of another type is NULL.
 *
 * Size:  four dialects side by side, so that they can be compared.
 */
import type { Pattern } from '../../value/pattern.ts';
import { Inexpressible, type ScalarType } from '../condition.ts';

export type DialectName = 'postgresql' | 'sqlite' | 'mysql' | 'mariadb';

/** What a dialect may ask its printer for. */
export interface Parameters {
  /** The text of a new parameter with that value. */
  add(value: string): string;
  /** A name for a row that nothing else has. */
  alias(): string;
}

/** Prints an operand. Parameters count by their order in the text, so an operand that stands there twice is printed twice. */
export type Print = () => string;

export interface Dialect {
  readonly name: DialectName;
  readonly booleans: readonly [no: string, yes: string];
  identifier(name: string): string;
  parameter(index: number): string;
  /** A parameter of that type. */
  typed(parameter: string, type: ScalarType): string;
  /** A parameter that comes with each request, as a text: it is read as a value of the type. */
  bound(parameter: string, type: ScalarType): string;
  /** Is the value an element of a list, which is JSON? Not for a list that is NULL. */
  inList(value: string, list: string, type: ScalarType, negated: boolean): string;
  /** A setting of the session as a text or as JSON; NULL if it is not set. */
  setting(name: string, type: ScalarType): string;
  /** Behind an operand of a comparison of texts; empty where texts compare by bytes anyway. */
  readonly collation: string;
  readonly hasNul: boolean;
  /** Whether a look-up may be compared with the rows of a recursive query. MariaDB 10.11 refuses some of these, and misses rows of others. */
  readonly comparesLookups: boolean;
  /** Whether subqueries that depend on the row may stand in one another. The subquery cache of MariaDB 10.11 then takes one row's result for another's. */
  readonly nestsSubqueries: boolean;
  integer(value: number | bigint): string;
  boolean(column: string, value: boolean): string;
  /** A column as a number: milliseconds of a timestamp, ten-thousandths of a decimal. */
  number(column: string, type: ScalarType): string;
  /** NULL if the result is no Long. */
  arithmetic(op: string, left: string, right: string, alias: string): string;
  like(value: Print, pattern: Pattern, negated: boolean, parameters: Parameters, collation: string): string;
  /** A value in a JSON object, by its path. */
  member(object: Print, path: readonly string[], type: ScalarType, parameters: Parameters): string;
  /** A table with one row for each element of a list. */
  elements(list: string, alias: string, isArray: boolean, type: ScalarType): string;
  element(alias: string, isArray: boolean, type: ScalarType): string;
  /** Does the list have the value of that type among its elements? Not true of a list that is NULL. */
  contains?(list: string, value: string, type: ScalarType, isArray: boolean): string;
  /** The first part of a recursive query: the roots. */
  roots(parameters: readonly string[], type: ScalarType): string;
  child(column: string, type: ScalarType): string;
}

const MAX = '9223372036854775807';
const MIN = '-9223372036854775808';

function quoted(name: string, mark: string): string {
  if (name.includes('\0')) throw new Inexpressible('a name of the mapping holds the character U+0000');
  return `${mark}${name.replaceAll(mark, mark + mark)}${mark}`;
}

function noSettings(): never {
  throw new Inexpressible('only PostgreSQL has policies of rows');
}

/** `LIKE` with `!` as escape, which no dialect gives another meaning. */
function standardLike(pattern: Pattern): string {
  return pattern.map((run) => (run === null ? '%' : run.replace(/[!%_]/g, '!$&'))).join('');
}

/** NULL beyond 64 bits, for a type that is wider: the value is written once. */
function clamped(value: string): string {
  return `NULLIF(NULLIF(GREATEST(LEAST(${value}, 9223372036854775808), -9223372036854775809), 9223372036854775808), -9223372036854775809)`;
}

const POSTGRES_TYPES: Readonly<Partial<Record<ScalarType, string>>> = { text: 'text', uuid: 'uuid', integer: 'bigint' };

const POSTGRES_BOUND: Readonly<Partial<Record<ScalarType, string>>> = {
  ...POSTGRES_TYPES,
  boolean: 'boolean',
  list: 'jsonb',
};

const postgresql: Dialect = {
  name: 'postgresql',
  booleans: ['FALSE', 'TRUE'],
  identifier: (name) => quoted(name, '"'),
  parameter: (index) => `$${index}`,
  typed: (parameter, type) => `${parameter}::${POSTGRES_TYPES[type] ?? 'text'}`,
  bound: (parameter, type) => `${parameter}::${POSTGRES_BOUND[type] ?? 'text'}`,
  // The inner query does not depend on the row, so that it runs once and an index can be used.
  inList(value, list, type, negated) {
    const element = `value::${POSTGRES_TYPES[type] ?? 'text'}`;
    const elements = `ARRAY(SELECT ${element} FROM jsonb_array_elements_text(${list}) AS value)`;
    return `${value} ${negated ? '<> ALL' : '= ANY'} (${elements})`;
  },
  // Once for a query, not once for a row. A setting that was set and reset is empty.
  setting(name, type) {
    const text = `NULLIF(current_setting('${name.replaceAll("'", "''")}', true), '')`;
    return `(SELECT ${text}${type === 'json' ? '::jsonb' : ''})`;
  },
  collation: '',
  hasNul: false,
  comparesLookups: true,
  nestsSubqueries: true,
  integer: (value) => (`${value}` === MIN ? `('${MIN}'::bigint)` : `${value}`),
  boolean: (column, value) => (value ? column : `NOT ${column}`),
  number: (column, type) =>
    type === 'timestamp' ? `floor(extract(epoch FROM ${column}) * 1000)` : `(${column} * 10000)`,
  arithmetic: (op, left, right) => clamped(`${left}::numeric ${op} ${right}::numeric`),
  like: (value, pattern, negated, parameters) =>
    `${value()} ${negated ? 'NOT ' : ''}LIKE ${parameters.add(standardLike(pattern))}::text ESCAPE '!'`,
  member(object, path, type, parameters) {
    const keys = () => `ARRAY[${path.map((name) => `${parameters.add(name)}::text`).join(', ')}]`;
    const test = `jsonb_typeof(${object()} #> ${keys()}) = '${JSONB[type]}'`;
    return `CASE WHEN ${test} THEN ${jsonb(`${object()} #>`, keys(), type)} END`;
  },
  elements: (list, alias, isArray) => `${isArray ? 'unnest' : 'jsonb_array_elements'}(${list}) AS ${alias}(value)`,
  element(alias, isArray, type) {
    if (isArray) return `${alias}.value`;
    return `CASE WHEN jsonb_typeof(${alias}.value) = '${JSONB[type]}' THEN ${jsonb(`${alias}.value #>`, "'{}'", type)} END`;
  },
  contains(list, value, type, isArray) {
    const element = type === 'integer' ? `(${value})::bigint` : value;
    if (!isArray) return `${list} @> jsonb_build_array(${element})`;
    // Arrays of varchar or integer have no operator for these; where the column has the type the cast is none.
    return `${list}::${POSTGRES_BOUND[type] ?? 'text'}[] @> ARRAY[${element}]`;
  },
  roots: (parameters) => `VALUES ${parameters.map((each) => `(${each})`).join(', ')}`,
  child: (column, type) => `${column}::${POSTGRES_TYPES[type] ?? 'text'}`,
};

const JSONB: Readonly<Record<ScalarType, string>> = {
  boolean: 'boolean',
  integer: 'number',
  timestamp: 'number',
  numeric: 'number',
  text: 'string',
  uuid: 'string',
  json: 'object',
  list: 'array',
  array: 'array',
};

function jsonb(path: string, key: string, type: ScalarType): string {
  if (type === 'json' || type === 'list') return `${path} ${key}`;
  const text = `(${path}> ${key})`;
  return type === 'boolean' ? `${text}::boolean` : type === 'integer' ? `${text}::numeric` : text;
}

const SQLITE_JSON: Readonly<Record<ScalarType, string>> = {
  boolean: "'true', 'false'",
  integer: "'integer'",
  timestamp: "'integer'",
  numeric: "'integer'",
  text: "'text'",
  uuid: "'text'",
  json: "'object'",
  list: "'array'",
  array: "'array'",
};

const sqlite: Dialect = {
  name: 'sqlite',
  booleans: ['0', '1'],
  identifier: (name) => quoted(name, '"'),
  parameter: () => '?',
  typed: (parameter) => parameter,
  bound: (parameter, type) => (type === 'integer' || type === 'boolean' ? `CAST(${parameter} AS INTEGER)` : parameter),
  inList: (value, list, _, negated) => `${value}${negated ? ' NOT' : ''} IN (SELECT value FROM json_each(${list}))`,
  setting: noSettings,
  collation: ' COLLATE BINARY',
  hasNul: true,
  comparesLookups: true,
  nestsSubqueries: true,
  integer: (value) => (`${value}` === MIN ? `(-${MAX} - 1)` : `${value}`),
  boolean: (column, value) => `${column} = ${value ? 1 : 0}`,
  number(_, type) {
    throw new Inexpressible(`SQLite has no columns of the storage \`${type}\``);
  },
  // An integer that overflows becomes a REAL.
  arithmetic: (op, left, right, alias) =>
    `(SELECT CASE typeof(${alias}.v) WHEN 'integer' THEN ${alias}.v END FROM (SELECT ${left} ${op} ${right} AS v) AS ${alias})`,
  like: sqliteLike,
  member(object, path, type, parameters) {
    const last = path.length - 1;
    return path.reduce((inner: Print, name, i) => {
      const alias = parameters.alias();
      const types = SQLITE_JSON[i === last ? type : 'json'];
      return () =>
        `(SELECT ${alias}.value FROM json_each(${inner()}) AS ${alias} WHERE ${alias}.key = ${parameters.add(name)} AND ${alias}.type IN (${types}))`;
    }, object)();
  },
  elements(list, alias, isArray) {
    if (isArray) throw new Inexpressible('only PostgreSQL has arrays');
    return `json_each(${list}) AS ${alias}`;
  },
  element: (alias, _, type) => `CASE WHEN ${alias}.type IN (${SQLITE_JSON[type]}) THEN ${alias}.value END`,
  roots: (parameters) => `VALUES ${parameters.map((each) => `(${each})`).join(', ')}`,
  // `UNION` compares as the column says, unless it is told otherwise.
  child: (column, type) => (type === 'integer' ? column : `${column} COLLATE BINARY`),
};

/**
 * `LIKE` of SQLite takes upper and lower case of ASCII for the same, `GLOB` does not. But `GLOB` sees a text up to its first U+0000 only: that is enough for
 * a prefix. A part in the middle, a suffix and all else are looked for in the bytes.
 */
function sqliteLike(value: Print, pattern: Pattern, negated: boolean, parameters: Parameters): string {
  const [first, second, third] = pattern;
  if (pattern.length === 3 && first === null && typeof second === 'string' && third === null)
    return `instr(${value()}, ${parameters.add(second)}) ${negated ? '=' : '>'} 0`;
  // `substr` of nothing is NULL, so that the negation is said otherwise.
  if (pattern.length === 2 && first === null && typeof second === 'string' && !negated)
    return `substr(CAST(${value()} AS BLOB), -${byteLength(second)}) = CAST(${parameters.add(second)} AS BLOB)`;
  if (pattern.length === 2 && typeof first === 'string' && !first.includes('\0'))
    return `${value()} ${negated ? 'NOT ' : ''}GLOB ${parameters.add(`${first.replace(/[*?[]/g, '[$&]')}*`)}`;
  if (!negated) return `EXISTS (${runsInOrder(value, pattern, parameters)})`;
  return `(${value()} IS NOT NULL AND NOT EXISTS (${runsInOrder(value, pattern, parameters)}))`;
}

/**
 * A row if the runs of the pattern follow one another, each taken where it first occurs: each step cuts off what is behind the run.
 *
 * Twin: value/pattern.ts: patternMatches
 */
function runsInOrder(value: Print, pattern: Pattern, parameters: Parameters): string {
  const last = pattern.length - 1;
  // From the last run inwards, and then printed from the inside out: parameters count in the order of the text.
  const print = (i: number): string => {
    if (i < 0) return `SELECT CAST(${value()} AS BLOB) AS v`;
    const run = pattern[i];
    if (typeof run !== 'string') return print(i - 1);
    const length = byteLength(run);
    const blob = () => `CAST(${parameters.add(run)} AS BLOB)`;
    if (i === 0)
      return `SELECT substr(v, ${length + 1}) AS v FROM (${print(-1)}) WHERE substr(v, 1, ${length}) = ${blob()}`;
    if (i === last)
      return `SELECT v FROM (${print(i - 1)}) WHERE length(v) >= ${length} AND substr(v, -${length}) = ${blob()}`;
    const cut = `SELECT substr(v, instr(v, ${blob()}) + ${length}) AS v`;
    return `${cut} FROM (${print(i - 1)}) WHERE instr(v, ${blob()}) > 0`;
  };
  return print(last);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

const MYSQL_JSON: Readonly<Record<ScalarType, string>> = {
  boolean: "'BOOLEAN'",
  integer: "'INTEGER'",
  timestamp: "'INTEGER'",
  numeric: "'INTEGER'",
  text: "'STRING'",
  uuid: "'STRING'",
  json: "'OBJECT'",
  list: "'ARRAY'",
  array: "'ARRAY'",
};

/** Longer ids cannot be in an index either. */
const MYSQL_ID = 512;

function mysqlLike(name: 'mysql' | 'mariadb', collation: string): Dialect {
  return {
    name,
    booleans: ['FALSE', 'TRUE'],
    identifier: (each) => quoted(each, '`'),
    parameter: () => '?',
    typed: (parameter) => parameter,
    bound: (parameter, type) => (type === 'integer' || type === 'boolean' ? `CAST(${parameter} AS SIGNED)` : parameter),
    inList(value, list, type, negated) {
      const columns = `value ${MYSQL_ELEMENTS[type] ?? 'LONGTEXT'} PATH '$'`;
      const elements = `SELECT listed.value FROM JSON_TABLE(${list}, '$[*]' COLUMNS (${columns})) AS listed`;
      return `${value}${negated ? ' NOT' : ''} IN (${elements})`;
    },
    setting: noSettings,
    collation: ` COLLATE ${collation}`,
    hasNul: true,
    comparesLookups: false,
    nestsSubqueries: false,
    integer: (value) => `${value}`,
    boolean: (column, value) => `${column} = ${value ? 1 : 0}`,
    number: (column, type) =>
      type === 'timestamp'
        ? `FLOOR(TIMESTAMPDIFF(MICROSECOND, TIMESTAMP '1970-01-01 00:00:00', ${column}) / 1000)`
        : `(${column} * 10000)`,
    arithmetic: (op, left, right) => clamped(`CAST(${left} AS DECIMAL(65,0)) ${op} CAST(${right} AS DECIMAL(65,0))`),
    like: (value, pattern, negated, parameters, collate) =>
      `${value()}${collate} ${negated ? 'NOT ' : ''}LIKE ${parameters.add(standardLike(pattern))} ESCAPE '!'`,
    member(object, path, type, parameters) {
      const json = `$${path.map((name) => `.${JSON.stringify(name)}`).join('')}`;
      const at = () => `JSON_EXTRACT(${object()}, ${parameters.add(json)})`;
      return `CASE WHEN JSON_TYPE(${at()}) IN (${MYSQL_JSON[type]}) THEN ${mysqlJson(at(), type)} END`;
    },
    elements(list, alias, isArray, type) {
      if (isArray) throw new Inexpressible('only PostgreSQL has arrays');
      const columns = `value ${MYSQL_ELEMENTS[type] ?? 'LONGTEXT'} PATH '$'`;
      return `JSON_TABLE(${list}, '$[*]' COLUMNS (${columns})) AS ${alias}`;
    },
    element: (alias) => `${alias}.value`,
    // Rows that a collation takes for the same would be left out by `UNION`.
    roots: (parameters, type) =>
      parameters
        .map((each) => {
          const cast = type === 'integer' ? 'SIGNED' : `CHAR(${MYSQL_ID}) CHARACTER SET utf8mb4`;
          return `SELECT CAST(${each} AS ${cast})${type === 'integer' ? '' : ` COLLATE ${collation}`} AS id`;
        })
        .join(' UNION '),
    child: (column, type) => (type === 'integer' ? column : `${column} COLLATE ${collation}`),
  };
}

const MYSQL_ELEMENTS: Readonly<Partial<Record<ScalarType, string>>> = {
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  json: 'JSON',
  list: 'JSON',
};

function mysqlJson(value: string, type: ScalarType): string {
  switch (type) {
    case 'integer':
      return `CAST(JSON_UNQUOTE(${value}) AS SIGNED)`;
    case 'boolean':
      return `(JSON_UNQUOTE(${value}) = 'true')`;
    case 'json':
    case 'list':
      return value;
    default:
      return `JSON_UNQUOTE(${value})`;
  }
}

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  postgresql,
  sqlite,
  mysql: mysqlLike('mysql', 'utf8mb4_0900_bin'),
  mariadb: mysqlLike('mariadb', 'utf8mb4_nopad_bin'),
};
