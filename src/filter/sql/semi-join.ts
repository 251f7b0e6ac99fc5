/**
 * Semi-join — what is asked of a value in another row, as EXISTS: databases plan that as a join, and a scalar subquery they run for each row.
 *
 *     (SELECT u.dept FROM users AS u WHERE u.id = d.owner) = 'x'            →   EXISTS (SELECT 1 FROM users AS u WHERE u.id = d.owner AND u.dept = 'x')
 *     (SELECT …) IS NULL OR (SELECT …) <> 'x'                               →   NOT EXISTS (… AND u.dept = 'x')
 *     u.id = (SELECT v.manager FROM users AS v WHERE v.id = d.owner), u …   →   EXISTS (… AS v WHERE v.id = d.owner AND EXISTS (… AS u WHERE u.id = v.manager AND …))
 *
 * Sound: a look-up has one row at most, and an atom is not true of NULL. So the atom is true exactly where there is a row with a value for which it is true.
 *
 * Technique: unnesting of scalar subqueries
 */
import {
  type Atom,
  and,
  type Condition,
  exists,
  FALSE,
  isNull,
  mayBeNull,
  opposite,
  or,
  type Scalar,
  type Source,
  TRUE,
} from '../condition.ts';
import { isSame } from '../same-condition.ts';

type Lookup = Extract<Scalar, { readonly kind: 'lookup' }>;
type Test = (value: Scalar) => Condition;

/** The same condition, true of the same rows. */
export function withSemiJoins(condition: Condition): Condition {
  switch (condition.kind) {
    case 'and':
      return and(condition.operands.map(withSemiJoins));
    case 'or':
      return or(withNegations(condition.operands).map(withSemiJoins));
    case 'isNull': {
      if (!isLookup(condition.value)) return condition;
      const present = holds(condition.value, (value) => isNull(value, true));
      return condition.negated ? present : negation(present);
    }
    case 'exists': {
      const { source, where, negated } = condition;
      const found = semiJoin(source, conjuncts(where));
      return negated ? negation(found) : found;
    }
    default: {
      const asked = askedOf(condition);
      return asked === undefined ? condition : holds(asked.lookup, asked.test);
    }
  }
}

interface Asked {
  readonly lookup: Lookup;
  readonly test: Test;
  /** What it is compared with, where that may be NULL: then the test is neither true nor false. */
  readonly other: Scalar | undefined;
}

/** An atom that asks one look-up, and compares it with nothing that is looked up itself. */
function askedOf(condition: Condition): Asked | undefined {
  switch (condition.kind) {
    case 'compare': {
      const { left, right } = condition;
      if (isLookup(left) && isSimple(right))
        return { lookup: left, test: (value) => ({ ...condition, left: value }), other: right };
      if (isLookup(right) && isSimple(left))
        return { lookup: right, test: (value) => ({ ...condition, right: value }), other: left };
      return undefined;
    }
    case 'like':
    case 'in':
      return isLookup(condition.value)
        ? { lookup: condition.value, test: (value) => ({ ...condition, value }), other: undefined }
        : undefined;
    case 'inList':
      return isLookup(condition.value)
        ? { lookup: condition.value, test: (value) => ({ ...condition, value }), other: condition.list }
        : undefined;
    default:
      return undefined;
  }
}

function isLookup(scalar: Scalar): scalar is Lookup {
  return scalar.kind === 'lookup' && scalar.source.kind === 'table';
}

/** No subquery, whose rows could be those of the look-up beside it. */
function isSimple({ kind }: Scalar): boolean {
  return kind === 'literal' || kind === 'parameter' || kind === 'column' || kind === 'element' || kind === 'setting';
}

/** True where the look-up finds a value for which the test is true. */
function holds({ source, where, value }: Lookup, test: Test): Condition {
  return semiJoin(source, [...conjuncts(where), test(value)]);
}

/** True where a row of the source meets all. A row that another look-up leads to is asked for within the rows of that one. */
function semiJoin(source: Source, all: readonly Condition[]): Condition {
  for (const [i, each] of all.entries()) {
    const key = each.kind === 'compare' && each.op === '=' ? keyOf(each, source) : undefined;
    if (key !== undefined) return holds(key.lookup, (value) => semiJoin(source, all.with(i, key.test(value))));
  }
  return exists(source, and(all.map(withSemiJoins)));
}

/** The look-up that a column of the source is equal to. */
function keyOf(condition: Extract<Condition, { readonly kind: 'compare' }>, source: Source): Asked | undefined {
  const asked = askedOf(condition);
  const other = asked?.lookup === condition.left ? condition.right : condition.left;
  return other.kind === 'column' && other.row === source.row ? asked : undefined;
}

function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? condition.operands : [condition];
}

function negation(condition: Condition): Condition {
  if (condition.kind === 'exists') return { ...condition, negated: !condition.negated };
  return condition.kind === 'constant' && condition.value ? FALSE : TRUE;
}

/** `x IS NULL OR x <> 1` is not `x = 1`, in one subquery; `x IS NULL OR y IS NULL OR x <> y` is not `x = y`. */
function withNegations(operands: readonly Condition[]): readonly Condition[] {
  const left = [...operands];
  for (const each of operands) {
    if (each.kind !== 'isNull' || each.negated || !isLookup(each.value)) continue;
    const atom = left.find((one) => isBeside(one, each.value, operands));
    if (atom === undefined) continue;
    left.splice(left.indexOf(each), 1);
    left.splice(left.indexOf(atom), 1, negation(withSemiJoins(opposite(atom as Atom))));
  }
  return left;
}

/** Does the atom ask the look-up, and is one of the operands that what it is compared with is NULL, if it may be? */
function isBeside(atom: Condition, lookup: Scalar, operands: readonly Condition[]): boolean {
  const asked = askedOf(atom);
  if (asked === undefined || !isSame(asked.lookup, lookup)) return false;
  const { other } = asked;
  if (other === undefined || !mayBeNull(other)) return true;
  return operands.some((each) => each.kind === 'isNull' && !each.negated && isSame(each.value, other));
}
