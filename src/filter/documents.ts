/**
 * Documents — a condition as a query of MongoDB: fields of one document, their members and elements.
 *
 * `$ne` and `$nin` are true of a field that is not there, so a negated atom asks for the type too. What is in other collections is refused.
 */
import type { Pattern } from '../value/pattern.ts';
import { unreachable } from '../value/unreachable.ts';
import {
  type Comparison,
  type Condition,
  Inexpressible,
  type Literal,
  type Scalar,
  type ScalarType,
} from './condition.ts';
import { MIRRORED } from './scalar.ts';

export type DocumentQuery = Readonly<Record<string, unknown>>;

const OPERATORS: Readonly<Record<Comparison, string>> = {
  '=': '$eq',
  '<>': '$ne',
  '<': '$lt',
  '<=': '$lte',
  '>': '$gt',
  '>=': '$gte',
};

const NOTHING: DocumentQuery = { $nor: [{}] };

/** Throws `Inexpressible`. */
export function documentQuery(condition: Condition): DocumentQuery {
  switch (condition.kind) {
    case 'constant':
      return condition.value ? {} : NOTHING;
    case 'unknown':
      throw new Inexpressible(condition.message, condition.span);
    case 'and':
      return { $and: condition.operands.map(documentQuery) };
    case 'or':
      return { $or: condition.operands.map(documentQuery) };
    case 'compare':
      return compared(condition.op, condition.left, condition.right);
    case 'isNull':
      return { [fieldOf(condition.value)]: condition.negated ? { $ne: null } : null };
    case 'in':
    case 'like':
      return { [fieldOf(condition.value)]: test(condition) };
    case 'exists':
      return elements(condition);
    case 'inList':
    case 'below':
      throw new Inexpressible('what is below another entity is in other documents');
    default:
      return unreachable(condition);
  }
}

function compared(op: Comparison, left: Scalar, right: Scalar): DocumentQuery {
  if (right.kind === 'literal') return { [fieldOf(left)]: comparison(op, right) };
  if (left.kind === 'literal') return compared(MIRRORED[op], right, left);
  const [a, b] = [fieldOf(left), fieldOf(right)];
  return { $and: [{ [a]: { $ne: null } }, { [b]: { $ne: null } }, { $expr: { [OPERATORS[op]]: [`$${a}`, `$${b}`] } }] };
}

function comparison(op: Comparison, { value, type }: Literal): DocumentQuery {
  return { [OPERATORS[op]]: value, ...(op === '<>' && { $type: bsonType(type) }) };
}

function bsonType(type: ScalarType): string | readonly string[] {
  if (type === 'boolean') return 'bool';
  return type === 'integer' ? ['int', 'long', 'double'] : 'string';
}

type FieldTest = Extract<Condition, { readonly kind: 'in' | 'like' }>;

function test(condition: FieldTest): DocumentQuery {
  const { negated } = condition;
  if (condition.kind === 'in') {
    const values = condition.values.map(({ value }) => value);
    return negated ? { $nin: values, $type: bsonType(condition.values[0]!.type) } : { $in: values };
  }
  const regex = { $regex: regexOf(condition.pattern), $options: 's' };
  return negated ? { $not: regex, $type: 'string' } : regex;
}

/** `$` would be true before a last line break. A pattern of MongoDB may not hold U+0000 itself. */
function regexOf(pattern: Pattern): string {
  const escaped = (run: string) => run.replace(/[\\^$.*+?()[\]{}|\-/]/g, '\\$&').replaceAll('\0', '\\x00');
  const runs = pattern.map((run) => (run === null ? '.*' : escaped(run)));
  return `^${runs.join('')}(?![\\s\\S])`;
}

/** Some element of a list of the document, or none. */
function elements({ source, where, negated }: Extract<Condition, { readonly kind: 'exists' }>): DocumentQuery {
  if (source.kind === 'table') throw new Inexpressible('what is in another collection');
  const list = fieldOf(source.list);
  const some =
    where.kind === 'constant'
      ? { [`${list}.0`]: { $exists: true } }
      : { [list]: { $elemMatch: element(where, source.row) } };
  return negated ? { $nor: [some] } : some;
}

/** A test of the element itself. */
function element(condition: Condition, row: object): DocumentQuery {
  const isElement = (scalar: Scalar) => scalar.kind === 'element' && scalar.row === row;
  switch (condition.kind) {
    case 'compare':
      if (isElement(condition.left) && condition.right.kind === 'literal')
        return comparison(condition.op, condition.right);
      if (isElement(condition.right) && condition.left.kind === 'literal')
        return comparison(MIRRORED[condition.op], condition.left);
      break;
    case 'in':
    case 'like':
      if (isElement(condition.value)) return test(condition);
      break;
    case 'isNull':
      if (isElement(condition.value)) return condition.negated ? { $ne: null } : { $eq: null };
      break;
    case 'or': {
      // An element that differs, or is null.
      const [negated, ...others] = condition.operands.filter((each) => each.kind !== 'isNull');
      const isNegated = negated?.kind === 'in' ? negated.negated : negated?.kind === 'compare' && negated.op === '<>';
      if (negated === undefined || !isNegated || others.length > 0) break;
      const { $type: _, ...test } = element(negated, row);
      return test;
    }
    default:
      break;
  }
  throw new Inexpressible('more than one test of an element of a list');
}

/** The path of a field in the document. */
function fieldOf(scalar: Scalar): string {
  const name = scalar.kind === 'member' ? `${fieldOf(scalar.object)}.${plain(scalar.name)}` : undefined;
  if (name !== undefined) return name;
  if (scalar.kind !== 'column') throw new Inexpressible('a value that is not a field of the document');
  if (scalar.type === 'timestamp' || scalar.type === 'numeric')
    throw new Inexpressible(`a field of the storage \`${scalar.type}\` in a document`);
  return plain(scalar.column);
}

function plain(name: string): string {
  if (name === '' || name.includes('.') || name.startsWith('$') || name.includes('\0'))
    throw new Inexpressible(`the field \`${name}\` has no path`);
  return name;
}
