/**
 * Scalar — what all printers ask of the values that a condition compares.
 */
import type { Comparison, Scalar, ScalarType } from './condition.ts';

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
