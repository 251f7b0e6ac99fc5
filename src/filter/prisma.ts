/**
 * Prisma — a condition as a `where` of Prisma Client: fields of the model, and of a model that a reference names by its `relation`.
 *
 * Prisma knows no third value either: `not` and `notIn` are not true of NULL, as in SQL. What it compares without regard to case, or cannot say, is refused.
 */
import type { Pattern } from '../value/pattern.ts';
import { CompilerBug, unreachable } from '../value/unreachable.ts';
import { type Column, type Comparison, type Condition, Inexpressible, type Literal, type Scalar } from './condition.ts';
import { MIRRORED, mayHoldNul } from './scalar.ts';

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

/**
 * Throws `Inexpressible`. `idField` is the field of the model's ids: Prisma leaves out an empty `{}` and an empty `OR` that stand beside other conditions, so
 * constants are conditions of the id.
 */
export function prismaWhere(
  condition: Condition,
  provider: PrismaProvider,
  idField: string,
  isBinary: boolean,
): PrismaWhere {
  if (provider === 'mysql' && !isBinary)
    throw new Inexpressible(
      'MySQL compares texts without regard to case, unless the mapping has `collation: "binary"`',
    );
  if (condition.kind !== 'constant') return where(condition, provider);
  const nothing = { [idField]: { in: [] } };
  return condition.value ? { NOT: nothing } : nothing;
}

function where(condition: Condition, provider: PrismaProvider): PrismaWhere {
  switch (condition.kind) {
    case 'constant':
      throw new CompilerBug('a constant in a condition');
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
      if (isNowhere(right, provider)) return op === '=' ? nowhere(left) : present(left);
      return at(left, { [OPERATORS[op]]: literal(right) });
    }
    case 'in':
      return among(condition, provider);
    case 'like':
      return like(condition, provider);
    case 'isNull':
      // Not to be there, or to be NULL there.
      return condition.negated ? present(condition.value) : { NOT: present(condition.value) };
    case 'exists':
      return elements(condition, provider);
    case 'inList':
    case 'below':
      throw new Inexpressible('what is below another entity needs a recursive query');
    default:
      return unreachable(condition);
  }
}

/** True of no row. */
function nowhere(scalar: Scalar): PrismaWhere {
  return at(scalar, { in: [] });
}

/** A field that is not NULL, here or in the model of a relation. Prisma refuses to ask that of a required field, which never is, or of a list. */
function present(scalar: Scalar): PrismaWhere {
  if (scalar.kind === 'lookup') {
    const { value } = scalar;
    return { [relationOf(scalar)]: { is: value.kind === 'column' && !value.nullable ? {} : present(value) } };
  }
  if (scalar.kind === 'column' && scalar.type === 'array') return { NOT: at(scalar, { equals: null }) };
  return at(scalar, scalar.kind === 'column' && !scalar.nullable ? { notIn: [] } : { not: null });
}

/** A text that PostgreSQL has in no row, and cannot be sent. */
function isNowhere(scalar: Scalar, provider: PrismaProvider): boolean {
  return provider === 'postgresql' && scalar.kind === 'literal' && mayHoldNul(scalar);
}

function among(
  { value, values, negated }: Extract<Condition, { readonly kind: 'in' }>,
  provider: PrismaProvider,
): PrismaWhere {
  if (values[0]!.type === 'boolean') return amongBools(value, values, negated);
  const possible = values.filter((each) => !isNowhere(each, provider));
  if (possible.length === 0) return negated ? present(value) : nowhere(value);
  return at(value, { [negated ? 'notIn' : 'in']: possible.map(literal) });
}

/** Bools have no `in`. */
function amongBools(value: Scalar, values: readonly Literal[], negated: boolean): PrismaWhere {
  const tests = values.map((each) => at(value, { [negated ? 'not' : 'equals']: each.value }));
  return { [negated ? 'AND' : 'OR']: tests };
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

function like(
  { value, pattern, negated }: Extract<Condition, { readonly kind: 'like' }>,
  provider: PrismaProvider,
): PrismaWhere {
  const isAnything = pattern.length === 1 && pattern[0] === null;
  const isNothing = isNowhere({ kind: 'literal', type: 'text', value: pattern.join('') }, provider);
  if (isAnything || isNothing) return isAnything === negated ? nowhere(value) : present(value);
  const test = likeTest(pattern, provider);
  return at(value, negated ? { not: test } : test);
}

/** Prisma escapes nothing, and SQLite takes upper and lower case for the same. */
function likeTest(pattern: Pattern, provider: PrismaProvider): PrismaWhere {
  const runs = pattern.filter((run) => run !== null);
  const [run = ''] = runs;
  if (pattern.length <= 1) return { equals: run };
  if (provider !== 'postgresql') throw new Inexpressible(`\`like\` in Prisma on ${provider}`);
  if (runs.length > 1) throw new Inexpressible('a pattern of several parts in Prisma');
  if (/[%_\\]/.test(run)) throw new Inexpressible('a pattern with `%`, `_` or a backslash in Prisma');
  const operator = pattern.length === 3 ? 'contains' : pattern[0] === null ? 'endsWith' : 'startsWith';
  return { [operator]: run };
}

/** Lists of scalars, which PostgreSQL has. */
function elements(
  { source, where: condition, negated }: Extract<Condition, { readonly kind: 'exists' }>,
  provider: PrismaProvider,
): PrismaWhere {
  if (source.kind === 'table' || source.list.kind !== 'column' || source.list.type !== 'array')
    throw new Inexpressible('elements that are not a list of scalars in Prisma');
  const { field } = source.list;
  if (field === undefined) throw new Inexpressible('a list without a field');
  const some = (test: PrismaWhere): PrismaWhere => (negated ? { NOT: { [field]: test } } : { [field]: test });
  const isElement = (scalar: Scalar) => scalar.kind === 'element' && scalar.row === source.row;
  if (condition.kind === 'constant') return { [field]: { isEmpty: negated } };
  if (condition.kind === 'compare' && condition.op === '=') {
    const other = isElement(condition.left) ? condition.right : condition.left;
    return some(isNowhere(other, provider) ? { hasSome: [] } : { has: literal(other) });
  }
  if (condition.kind === 'in' && !condition.negated && isElement(condition.value))
    return some({ hasSome: condition.values.filter((each) => !isNowhere(each, provider)).map(literal) });
  throw new Inexpressible('a test of elements other than equality in Prisma');
}
