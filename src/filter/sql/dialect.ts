/**
 * Dialect — how four databases spell what they do not spell alike.
 *
 * Each spelling keeps Cedar's meaning: texts compare byte by byte, integers of more than 64 bits are NULL, JSON of another type is NULL.
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
  /** Behind an operand of a comparison of texts; empty where texts compare by bytes anyway. */
  readonly collation: string;
  readonly hasNul: boolean;
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

/** `LIKE` with `!` as escape, which no dialect gives another meaning. */
function standardLike(pattern: Pattern): string {
  return pattern.map((run) => (run === null ? '%' : run.replace(/[!%_]/g, '!$&'))).join('');
}

/** NULL beyond 64 bits, for a type that is wider: the value is written once. */
function clamped(value: string): string {
  return `NULLIF(NULLIF(GREATEST(LEAST(${value}, 9223372036854775808), -9223372036854775809), 9223372036854775808), -9223372036854775809)`;
}

const POSTGRES_TYPES: Readonly<Partial<Record<ScalarType, string>>> = { text: 'text', uuid: 'uuid', integer: 'bigint' };

const postgresql: Dialect = {
  name: 'postgresql',
  booleans: ['FALSE', 'TRUE'],
  identifier: (name) => quoted(name, '"'),
  parameter: (index) => `$${index}`,
  typed: (parameter, type) => `${parameter}::${POSTGRES_TYPES[type] ?? 'text'}`,
  collation: '',
  hasNul: false,
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
  collation: ' COLLATE BINARY',
  hasNul: true,
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
  child: (column) => column,
};

/**
 * `LIKE` of SQLite takes upper and lower case of ASCII for the same, `GLOB` does not. `GLOB` sees a text up to its first U+0000: of a prefix that is
 * enough, for a part `instr` sees all, and for other patterns a text with U+0000 neither matches nor does not.
 */
function sqliteLike(value: Print, pattern: Pattern, negated: boolean, parameters: Parameters): string {
  const part = pattern[1];
  if (pattern.length === 3 && pattern[0] === null && pattern[2] === null && typeof part === 'string')
    return `instr(${value()}, ${parameters.add(part)}) ${negated ? '=' : '>'} 0`;
  if (pattern.some((run) => run?.includes('\0')))
    throw new Inexpressible('SQLite cannot match a pattern with the character U+0000');
  const glob = pattern.map((run) => (run === null ? '*' : run.replace(/[*?[]/g, '[$&]'))).join('');
  const test = `${value()} ${negated ? 'NOT ' : ''}GLOB ${parameters.add(glob)}`;
  const isPrefix = pattern.length === 2 && pattern[1] === null;
  return isPrefix ? test : `(${test} AND instr(${value()}, char(0)) = 0)`;
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
    collation: ` COLLATE ${collation}`,
    hasNul: true,
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
    child: (column) => column,
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
