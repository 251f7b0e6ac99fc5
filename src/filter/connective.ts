/**
 * Connective — `!`, `&&`, `||`, `if` and `==` of Bools, over the three conditions of each operand.
 *
 * Spec:  Cedar.Spec.Evaluator: evaluate
 */
import { and, type Condition, compare, FALSE, isNull, or, type Scalar, TRUE } from './condition.ts';
import { type Meaning, meaning } from './term.ts';

/** A Bool as a scalar: NULL where it errs. */
export function boolean({ yes, no }: Meaning): Scalar {
  const literal = (value: boolean): Scalar => ({ kind: 'literal', type: 'boolean', value });
  return { kind: 'case', yes, then: literal(true), no, otherwise: literal(false) };
}

export function isTrue(scalar: Scalar): Meaning {
  const literal = (value: boolean): Scalar => ({ kind: 'literal', type: 'boolean', value });
  return {
    yes: compare('=', scalar, literal(true)),
    no: compare('=', scalar, literal(false)),
    defined: isNull(scalar, true),
  };
}

export function constant(value: boolean): Meaning {
  return { yes: value ? TRUE : FALSE, no: value ? FALSE : TRUE, defined: TRUE };
}

export function negation({ yes, no, defined }: Meaning): Meaning {
  return { yes: no, no: yes, defined };
}

/** From the right, so that each operand is in it once or twice, in a loop: chains are long. */
export function conjunction(operands: readonly Meaning[]): Meaning {
  return meaning(
    () => and(operands.map(({ yes }) => yes)),
    () => or(guarded(operands).reverse()),
    () => operands.reduceRight(definedness, TRUE),
  );
}

/** `no(a) ∨ (defined(a) ∧ (no(b) ∨ …))`, as the operands of the first `∨`, the last one first. */
function guarded(operands: readonly Meaning[]): Condition[] {
  let found: Condition[] = [];
  for (const { no, defined } of [...operands].reverse()) {
    if (defined !== TRUE && found.length > 0) found = [and([defined, or(found.reverse())])];
    found.push(no);
  }
  return found;
}

/** `defined(a) ∧ (no(a) ∨ rest)` */
function definedness(rest: Condition, { no, defined }: Meaning): Condition {
  return rest === TRUE ? defined : and([defined, or([no, rest])]);
}

export function choice(test: Meaning, then: Meaning, other: Meaning): Meaning {
  const either = (a: Condition, b: Condition) => or([and([test.yes, a]), and([test.no, b])]);
  return meaning(
    () => either(then.yes, other.yes),
    () => either(then.no, other.no),
    () => (then.defined === TRUE && other.defined === TRUE ? test.defined : either(then.defined, other.defined)),
  );
}

export function same(a: Meaning, b: Meaning): Meaning {
  return meaning(
    () => or([and([a.yes, b.yes]), and([a.no, b.no])]),
    () => or([and([a.yes, b.no]), and([a.no, b.yes])]),
    () => and([a.defined, b.defined]),
  );
}
