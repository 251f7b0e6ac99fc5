/**
 * Storage — how the database keeps values and ids, and the literals that are compared with them.
 */
import type { Storage } from '../mapping/description.ts';
import type { Type } from '../validator/type.ts';
import { Datetime } from '../value/datetime.ts';
import { Decimal } from '../value/decimal.ts';
import { Duration } from '../value/duration.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { isLong, type Long } from '../value/long.ts';
import type { Value } from '../value/value.ts';
import { Inexpressible, type Literal, type ScalarType } from './condition.ts';

/** The type of a column with one value. Throws `Inexpressible` for what is more than a scalar. */
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

export function integer(value: Long): Literal {
  return { kind: 'literal', type: 'integer', value };
}
