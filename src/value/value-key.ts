/**
 * Value key — a string that two values share iff they are equal; what deep equality and de-duplication stand on.
 *
 * INVARIANT: injective. Every kind begins with another character, and every part is closed or says its length.
 */
import type { Value } from './value.ts';

export function valueKey(value: Value): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'object':
      return value.key;
    default:
      return String(value);
  }
}
