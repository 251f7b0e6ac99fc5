/**
 * Flat text — it is the same text, whatever characters it has and however it came about.
 */
import { expect, test } from 'vitest';
import { flatText } from '../../../codegen/bind/flat-text.ts';

const TEXTS = [
  '',
  'short',
  'exactly 13 cs',
  'a text "with" \\ and \n, \u0000',
  'a lone \ud800 and \udfff there',
  '🙂'.repeat(20),
];

test.each(TEXTS)('%j', (text) => {
  expect(flatText(text)).toBe(text);
  expect(flatText(`before${text}after`.slice(6, -5))).toBe(text);
});
