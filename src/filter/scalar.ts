/**
 * Scalar — what all printers ask of the values that a condition compares.
 */
import type { Comparison, Literal, Parameter, Scalar, ScalarType } from './condition.ts';

/** The comparison that says the same with its operands exchanged. */
export const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

export function typeOf(scalar: Scalar): ScalarType {
  switch (scalar.kind) {
    case 'lookup':
      return typeOf(scalar.value);
    case 'case':
      return typeOf(scalar.then);
    case 'arithmetic':
      return 'integer';
    default:
      return scalar.type;
  }
}

/** What a database that has no such texts cannot be told. */
export const NUL = 'a text with the character U+0000';

/** Whether it may be a text with U+0000 in a database that holds none. */
export function mayHoldNul(scalar: Scalar): boolean {
  return mayBe(scalar, (part) => part.kind === 'parameter' || `${part.value}`.includes('\0'));
}

/** Whether its value may be one that comes with the request, and that no row has. */
export function mayBeParameter(scalar: Scalar): boolean {
  return mayBe(scalar, ({ kind }) => kind === 'parameter');
}

/** Whether its value may be that of such a part, which does not come from the database. */
function mayBe(scalar: Scalar, test: (part: Literal | Parameter) => boolean): boolean {
  switch (scalar.kind) {
    case 'literal':
    case 'parameter':
      return test(scalar);
    case 'case':
      return mayBe(scalar.then, test) || mayBe(scalar.otherwise, test);
    case 'lookup':
      return mayBe(scalar.value, test);
    case 'member':
      return mayBe(scalar.object, test);
    default:
      return false;
  }
}
