/**
 * Text hash — equal texts have equal hashes, however they were made; what is not text has another.
 */
import { expect, test } from 'vitest';
import { stringHash } from '../../../../codegen/runtime/index/string-hash.ts';

const TEXTS = [
  '',
  'a',
  'ab',
  'team 7',
  'a rather long text that does not end soon',
  '\u{1f600}',
  '\ud800',
  'é'.repeat(1000),
];

test.each(TEXTS)('%j, cut out of another or put together', (text) => {
  const half = text.length >> 1;
  expect(stringHash(`x${text}y`.slice(1, -1))).toBe(stringHash(text));
  expect(stringHash([text.slice(0, half), text.slice(half)].join(''))).toBe(stringHash(text));
  expect(stringHash(text)).toBeGreaterThanOrEqual(0);
});

test('texts that differ in one bit of few have different hashes', () => {
  const hashes = new Set(Array.from({ length: 1000 }, (_, i) => stringHash(`team ${i}`)));
  expect(hashes.size).toBeGreaterThan(990);
});

test.each([undefined, 1, 2n ** 60n, true])('%s is not text', (value) => expect(stringHash(value)).toBe(-1));
