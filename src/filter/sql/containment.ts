/**
 * Containment — an element that a list has, as the list contains it: an index on the list can serve that.
 *
 *     EXISTS (SELECT 1 FROM jsonb_array_elements(viewers) AS r(value) WHERE … = 'alice')   →   viewers @> '["alice"]'
 *
 * Only where it is asked that there is one: JSON that is not a list has none, and is still an error where it is asked that there is none.
 */
import type { Condition, Literal, Parameter, Scalar, Source } from '../condition.ts';
import { mayHoldNul } from '../scalar.ts';

type Elements = Extract<Source, { readonly kind: 'elements' }>;

/** The list and the value that is among its elements, if the condition asks just that. */
export function containedValue({
  source,
  where,
  negated,
}: Extract<Condition, { readonly kind: 'exists' }>): readonly [Scalar, Literal | Parameter] | undefined {
  if (negated || source.kind !== 'elements' || where.kind !== 'compare' || where.op !== '=') return undefined;
  const { left, right } = where;
  const value = isElement(left, source) ? right : isElement(right, source) ? left : undefined;
  return value !== undefined && isSayable(value) ? [source.list, value] : undefined;
}

function isSayable(value: Scalar): value is Literal | Parameter {
  if (value.kind === 'literal') return !mayHoldNul(value) && CONTAINED.has(value.type);
  return value.kind === 'parameter' && CONTAINED.has(value.type);
}

const CONTAINED: ReadonlySet<string> = new Set(['text', 'integer', 'boolean']);

function isElement(scalar: Scalar, { row }: Elements): boolean {
  return scalar.kind === 'element' && scalar.row === row;
}
