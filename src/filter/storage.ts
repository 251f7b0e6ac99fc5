/**
 * Storage — how the database keeps values and ids, and the literals that are compared with them.
 */
import type { Storage } from '../mapping/description.ts';
import type { Type } from '../validator/type.ts';
import { Datetime } from '../value/datetime.ts';
import { Decimal } from '../value/decimal.ts';
import { Duration } from '../value/duration.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { isLong, type Long, longFromBigInt } from '../value/long.ts';
import type { Value } from '../value/value.ts';
import { Inexpressible, type Literal, type ScalarType } from './condition.ts';

/** Of a column with one value of the type. Throws `Inexpressible` for what is more than a scalar. */
export function scalarType(type: Type, storage: Storage | undefined): ScalarType {
  switch (type.kind) {
    case 'bool':
    case 'true':
    case 'false':
      return 'boolean';
    case 'long':
      return 'integer';
    case 'string':
      return 'text';
    case 'entity':
      return storage === 'integer' || storage === 'uuid' ? storage : 'text';
    case 'record':
      return 'json';
    case 'set':
      return storage === 'array' ? 'array' : 'list';
    case 'ext':
      if (type.name === 'ipaddr') throw new Inexpressible('values of `ipaddr` have no form in a database yet');
      return storage === 'timestamp' || storage === 'numeric' ? storage : 'integer';
    default:
      throw new Inexpressible(`a value of the type \`${type.kind}\` has no form in a database`);
  }
}

/** The literal of a constant that is one scalar. */
export function literalOf(value: Value): Literal {
  if (typeof value === 'boolean') return { kind: 'literal', type: 'boolean', value };
  if (typeof value === 'string') return { kind: 'literal', type: 'text', value };
  if (isLong(value)) return integer(value);
  if (value instanceof Datetime || value instanceof Duration) return integer(value.ms);
  if (value instanceof Decimal) return integer(value.scaled);
  if (value instanceof EntityUid) return { kind: 'literal', type: 'text', value: value.id };
  throw new Inexpressible('a constant of this type has no form in a database');
}

function integer(value: Long): Literal {
  return { kind: 'literal', type: 'integer', value };
}

/** A text id as a column of that type has it; `undefined` where no row can have it. */
export function idLiteral(literal: Literal, type: ScalarType): Literal | undefined {
  const id = literal.value;
  if (literal.type === type || typeof id !== 'string') return literal;
  if (type === 'integer') {
    const long = /^(?:0|-?[1-9]\d{0,18})$/.test(id) ? longFromBigInt(BigInt(id)) : undefined;
    return long === undefined ? undefined : integer(long);
  }
  return UUID.test(id) ? { kind: 'literal', type: 'uuid', value: id } : undefined;
}

/** As PostgreSQL writes it; any other spelling is another id to Cedar. */
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
