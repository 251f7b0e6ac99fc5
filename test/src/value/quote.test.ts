/**
 * Quote — Cedar text of strings and uids, and the order of names in messages.
 */
import { describe, expect, test } from 'vitest';
import { compareCodePoints } from '../../../src/value/code-point.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { quote } from '../../../src/value/quote.ts';

describe('a string', () => {
  test.each([
    ['plain', '"plain"'],
    ['\t\r\n\0', '"\\t\\r\\n\\0"'],
    ['\'"\\', '"\\\'\\"\\\\"'],
    ['\u0001\u007f\u0085', '"\\u{1}\\u{7f}\\u{85}"'],
    ['\u00a0\u2028\u200b\ufeff', '"\\u{a0}\\u{2028}\\u{200b}\\u{feff}"'],
    ['\u00e9\u{1f600}', '"\u00e9\u{1f600}"'],
    ['\u0301e\u0301', '"\\u{301}e\u0301"'],
  ])('%j', (text, expected) => {
    expect(quote(text)).toBe(expected);
  });
});

test('a uid is its type and its quoted id', () => {
  expect(`${new EntityUid('A::B', 'x"y')}`).toBe('A::B::"x\\"y"');
});

test('names are ordered by code points, not by code units', () => {
  const names = ['b', '\u{1f600}', '\uffee', 'a', '', 'ab', '\ue000', '\u{10ffff}'];
  expect(names.sort(compareCodePoints)).toEqual(['', 'a', 'ab', 'b', '\ue000', '\uffee', '\u{1f600}', '\u{10ffff}']);
});
