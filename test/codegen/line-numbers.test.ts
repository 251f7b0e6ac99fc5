/**
 * Lines — as an editor counts them.
 */
import { expect, test } from 'vitest';
import { Lines } from '../../codegen/line-numbers.ts';

test('the line of an offset is one more than the line feeds before it', () => {
  const lines = new Lines();
  const source = { text: 'a\n\nbc\r\nd' };
  const expected = [...source.text].map((_, at) => source.text.slice(0, at).split('\n').length);
  expect([...source.text].map((_, at) => lines.lineOf(source, at))).toEqual(expected);
});
