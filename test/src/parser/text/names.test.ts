/**
 * Names — that a text is found again, and never another one in its place.
 */
import { expect, test } from 'vitest';
import { Names } from '../../../../src/parser/text/names.ts';

test('names that meet in one place are told apart', () => {
  const names = new Names();
  // The same first and last letters and the same length.
  const text = 'owner onner owner';
  const spans = [
    [0, 5],
    [6, 11],
    [12, 17],
    [0, 5],
  ] as const;
  expect(spans.map(([start, end]) => names.at(text, start, end))).toEqual(['owner', 'onner', 'owner', 'owner']);
});

test('a name is not a beginning of a longer one', () => {
  const names = new Names();
  expect(names.at('aXa', 0, 3)).toBe('aXa');
  expect(names.at('aXab', 0, 4)).toBe('aXab');
  expect(names.at('aXab', 0, 1)).toBe('a');
});
