/**
 * Equality — deep, total, and never an error: values of different kinds are just different.
 *
 * Spec:  Cedar.Spec.Value: decValue
 */
import type { Value } from './value.ts';

export function valueEquals(a: Value, b: Value): boolean {
  if (a === b) return true;
  return typeof a === 'object' && typeof b === 'object' && a.key === b.key;
}
