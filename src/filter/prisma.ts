/**
 * Prisma — a condition as a `where` of Prisma Client: fields of the model, and of a model that a reference names by its `relation`.
 *
 * Prisma knows no third value either: `not` and `notIn` are not true of NULL, as in SQL. What it compares without regard to case, or cannot say, is refused.
 */
import type { Pattern } from '../value/pattern.ts';
import { unreachable } from '../value/unreachable.ts';
import { type Column, type Comparison, type Condition, Inexpressible, type Literal, type Scalar } from './condition.ts';
import { MIRRORED } from './scalar.ts';

export type PrismaWhere = Readonly<Record<string, unknown>>;

/** Databases of Prisma whose texts compare by bytes: MySQL and MariaDB only where the mapping says so. */
export type PrismaProvider = 'postgresql' | 'sqlite' | 'mysql';

const OPERATORS: Readonly<Record<Comparison, string>> = {
  '=': 'equals',
  '<>': 'not',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
};

/** Throws `Inexpressible`. */
export function prismaWhere(condition: Condition, provider: PrismaProvider, isBinary: boolean): PrismaWhere {
  if (provider === 'mysql' && !isBinary)
    throw new Inexpressible(
      'MySQL compares texts without regard to case, unless the mapping has `collation: "binary"`',
    );
  return where(condition, provider);
}

function where(condition: Condition, provider: PrismaProvider): PrismaWhere {
  switch (condition.kind) {
    case 'constant':
      // An empty OR is true of nothing.
      return condition.value ? {} : { OR: [] };
    case 'unknown':
      throw new Inexpressible(condition.message, condition.span);
    case 'and':
      return { AND: condition.operands.map((each) => where(each, provider)) };
    case 'or':
      return { OR: condition.operands.map((each) => where(each, provider)) };
    case 'compare': {
      const { op, left, right } = condition;
      if (left.kind === 'literal' && right.kind !== 'literal')
        return where({ ...condition, op: MIRRORED[op], left: right, right: left }, provider);
      return at(left, { [OPERATORS[op]]: literal(right) });
    }
    case 'in':
      return at(condition.value, { [condition.negated ? 'notIn' : 'in']: condition.values.map(literal) });
    case 'like': {
      const matches = at(condition.value, like(condition.pattern, provider));
      return condition.negated ? { AND: [{ NOT: matches }, at(condition.value, { not: null })] } : matches;
    }
    case 'isNull':
      // Not to be there, or to be NULL there.
      return condition.negated ? at(condition.value, { not: null }) : { NOT: at(condition.value, { not: null }) };
    case 'exists':
      return elements(condition);
    case 'inList':
    case 'below':
      throw new Inexpressible('what is below another entity needs a recursive query');
    default:
      return unreachable(condition);
  }
}

/** A test of a field, here or in the model of a relation. */
function at(scalar: Scalar, test: PrismaWhere): PrismaWhere {
  if (scalar.kind === 'column') return { [nameOf(scalar)]: test };
  if (scalar.kind !== 'lookup') throw new Inexpressible('a value that is not a field of the model');
  return { [relationOf(scalar)]: { is: at(scalar.value, test) } };
}

function nameOf({ field, type }: Column): string {
  if (type === 'timestamp' || type === 'numeric' || type === 'json' || type === 'list' || field === undefined)
    throw new Inexpressible(`a field of the kind \`${type}\` in Prisma`);
  return field;
}

/** The relation of the reference by whose id the other row is found. */
function relationOf({ where: found }: Extract<Scalar, { readonly kind: 'lookup' }>): string {
  const key =
    found.kind === 'compare'
      ? [found.left, found.right].find((each) => each.kind === 'column' && each.relation !== undefined)
      : undefined;
  if (key?.kind !== 'column' || key.relation === undefined)
    throw new Inexpressible('another model is looked into: give the reference its `relation`');
  return key.relation;
}

function literal(scalar: Scalar | Literal): Literal['value'] {
  if (scalar.kind === 'literal') return scalar.value;
  throw new Inexpressible('two fields are compared');
}

/** Prisma escapes nothing, and SQLite takes upper and lower case for the same. */
function like(pattern: Pattern, provider: PrismaProvider): PrismaWhere {
  const runs = pattern.filter((run) => run !== null);
  const [run = ''] = runs;
  if (pattern.length === 1 && pattern[0] === null) return { not: null };
  if (pattern.length <= 1) return { equals: run };
  if (provider !== 'postgresql') throw new Inexpressible(`\`like\` in Prisma on ${provider}`);
  if (runs.length > 1) throw new Inexpressible('a pattern of several parts in Prisma');
  if (/[%_\\]/.test(run)) throw new Inexpressible('a pattern with `%`, `_` or a backslash in Prisma');
  const operator = pattern.length === 3 ? 'contains' : pattern[0] === null ? 'endsWith' : 'startsWith';
  return { [operator]: run };
}

/** Lists of scalars, which PostgreSQL has. */
function elements({ source, where: condition, negated }: Extract<Condition, { readonly kind: 'exists' }>): PrismaWhere {
  if (source.kind === 'table' || source.list.kind !== 'column' || source.list.type !== 'array')
    throw new Inexpressible('elements that are not a list of scalars in Prisma');
  const { field } = source.list;
  if (field === undefined) throw new Inexpressible('a list without a field');
  const some = (test: PrismaWhere): PrismaWhere => (negated ? { NOT: { [field]: test } } : { [field]: test });
  const isElement = (scalar: Scalar) => scalar.kind === 'element' && scalar.row === source.row;
  if (condition.kind === 'constant') return { [field]: { isEmpty: negated } };
  if (condition.kind === 'compare' && condition.op === '=') {
    const other = isElement(condition.left) ? condition.right : condition.left;
    return some({ has: literal(other) });
  }
  if (condition.kind === 'in' && !condition.negated && isElement(condition.value))
    return some({ hasSome: condition.values.map(literal) });
  throw new Inexpressible('a test of elements other than equality in Prisma');
}
