/**
 * Context check — whether a JSON value is of a type of the schema, as a condition of PostgreSQL.
 *
 * A request with another context is refused by engines; in the database it must not mean that a forbid does not hold.
 */
import type { Type } from '../../validator/type.ts';
import { quotedText } from './quoted-text.ts';

const NUMBER = "'number'";

/** Never NULL. */
export function isOfType(value: string, type: Type, depth = 0): string {
  switch (type.kind) {
    case 'bool':
    case 'true':
    case 'false':
      return hasKind(value, "'boolean'");
    case 'string':
    case 'entity':
      return hasKind(value, "'string'");
    case 'long':
      return isLong(value);
    case 'ext':
      return type.name === 'ipaddr' ? hasKind(value, "'string'") : isLong(value);
    case 'set': {
      const row = `c${depth}`;
      const wrong = type.element === undefined ? 'FALSE' : `NOT ${isOfType(`${row}.value`, type.element, depth + 1)}`;
      const elements = `SELECT 1 FROM jsonb_array_elements(${value}) AS ${row}(value) WHERE ${wrong}`;
      return `CASE WHEN ${hasKind(value, "'array'")} THEN NOT EXISTS (${elements}) ELSE FALSE END`;
    }
    case 'record': {
      const attributes = [...type.attributes].map(([name, { type: of, required }]) => {
        const member = `(${value} -> ${quotedText(name)})`;
        return required ? isOfType(member, of, depth) : `(${member} IS NULL OR ${isOfType(member, of, depth)})`;
      });
      return `(${[hasKind(value, "'object'"), ...attributes].join(' AND ')})`;
    }
    default:
      return 'FALSE';
  }
}

function hasKind(value: string, kind: string): string {
  return `COALESCE(jsonb_typeof(${value}) = ${kind}, FALSE)`;
}

function isLong(value: string): string {
  const number = `(${value} #>> '{}')::numeric`;
  const fits = `${number} = trunc(${number}) AND ${number} BETWEEN -9223372036854775808 AND 9223372036854775807`;
  return `CASE WHEN jsonb_typeof(${value}) = ${NUMBER} THEN ${fits} ELSE FALSE END`;
}
