/**
 * Same input, same bytes — emitted text depends on the policies alone.
 */
import { expect, test } from 'vitest';
import { emittedText } from './emitted.ts';
import { holds } from './holds.ts';

test('compiling twice gives the same text, whatever was compiled between', async () => {
  let before = '';
  await holds({
    cases: 500,
    check: (given) => {
      const first = emittedText(given);
      const again = emittedText({ ...given, policies: structuredCloneOf(given.policies) });
      expect(first).not.toBe(before);
      before = first;
      return first === again
        ? undefined
        : { target: 'bytes', oracle: 'second compilation', what: 'text', expected: first, actual: again };
    },
  });
});

/** Objects that are not the same; uids keep their class. */
function structuredCloneOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(structuredCloneOf) as T;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, structuredCloneOf(inner)])) as T;
}
