/**
 * Id — ids of entities in columns of different types, and their equality.
 */
import { longFromBigInt } from '../value/long.ts';
import {
  type Condition,
  compare,
  FALSE,
  Inexpressible,
  type Literal,
  type Parameter,
  type Scalar,
  type ScalarType,
} from './condition.ts';
import { mayBeParameter, typeOf } from './scalar.ts';
import { integer } from './storage.ts';

/** Equality of two ids. An id that a column cannot have is in no row. */
export function sameId(a: Scalar, b: Scalar): Condition {
  const [left, right] = [typeOf(a), typeOf(b)];
  if (left === right) return compare('=', a, b);
  if (a.kind === 'parameter') return compare('=', b, idParameter(a, right));
  if (b.kind === 'parameter') return compare('=', a, idParameter(b, left));
  const converted = b.kind === 'literal' ? idLiteral(b, left) : a.kind === 'literal' ? idLiteral(a, right) : 'unlike';
  if (converted === 'unlike') throw new Inexpressible(`ids are kept as \`${left}\` and as \`${right}\``);
  if (converted === undefined) return nowhere(b.kind === 'literal' ? a : b);
  return b.kind === 'literal' ? compare('=', a, converted) : compare('=', b, converted);
}

/** Equality with an id that no row has. A value that comes with the request may be that id. */
function nowhere(value: Scalar): Condition {
  if (mayBeParameter(value)) throw new Inexpressible('an id that no row can have, compared with one of the request');
  return FALSE;
}

/** The scalar is one of these; those that the column cannot have are left out. */
export function among(value: Scalar, literals: readonly Literal[]): Condition {
  const type = typeOf(value);
  const values = literals.flatMap((each) => (isId(type) ? (idLiteral(each, type) ?? []) : [each]));
  if (values.length === 0) return nowhere(value);
  return values.length === 1 ? compare('=', value, values[0]!) : { kind: 'in', negated: false, value, values };
}

/** The scalar is an element of the list; those that the column cannot have are left out. */
export function amongList(value: Scalar, list: Parameter): Condition {
  const type = typeOf(value);
  const isConverted = list.element === 'text' && isId(type);
  return { kind: 'inList', negated: false, value, list: isConverted ? { ...list, element: type } : list };
}

/** The parameter of an id, as a column of that type has it; a value that no row can have is not put in. */
export function idParameter(parameter: Parameter, type: ScalarType): Parameter {
  if (parameter.type === type) return parameter;
  if (parameter.type !== 'text' || !isId(type))
    throw new Inexpressible(`ids are kept as \`${parameter.type}\` and as \`${type}\``);
  return { ...parameter, type };
}

function isId(type: ScalarType): boolean {
  return type === 'text' || type === 'integer' || type === 'uuid';
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
