/**
 * Pattern — whole-string matching by code points that no pattern can make slow.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Pattern, patternMatches } from '../../../src/value/pattern.ts';

/** `*` is a wildcard here; there is no literal star. */
function pattern(text: string): Pattern {
  return text
    .split(/(\*)/)
    .filter((part) => part !== '')
    .map((part) => (part === '*' ? null : part));
}

describe('like', () => {
  test.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'a\nb', true],
    ['a', 'a', true],
    ['a', 'A', false],
    ['a', 'ab', false],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['ab*ba', 'aba', false],
    ['*a*', 'bab', true],
    ['*ab*ab*', 'ab', false],
    ['*ab*ab*', 'abab', true],
    ['**', '', true],
    ['a**b', 'ab', true],
    ['*.*', 'a.b', true],
    ['\u{1f600}*', '\u{1f600}x', true],
    ['*\u{1f600}', 'x\u{1f601}', false],
    ['\u00e9', 'e\u0301', false],
  ])('%j matches %j: %s', (text, subject, expected) => {
    expect(patternMatches(pattern(text), subject)).toBe(expected);
  });

  test('a star in the text is a character like any other', () => {
    expect([patternMatches(['*'], '*'), patternMatches(['*'], 'a')]).toEqual([true, false]);
  });

  test('runs of stars against a long text take no time', () => {
    const slow = Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? null : 'a'));
    expect(patternMatches([...slow, 'b'], 'a'.repeat(50_000))).toBe(false);
  });

  test('agrees with a regular expression', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\u{1f600}', '*'), maxLength: 8 });
    const subject = fc.string({ unit: fc.constantFrom('a', 'b', '\u{1f600}'), maxLength: 10 });
    fc.assert(
      fc.property(text, subject, (p, s) => {
        const expected = new RegExp(`^${p.replaceAll('*', '[^]*')}$`, 'u').test(s);
        expect(patternMatches(pattern(p), s)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
