/**
 * Prototype pollution — names on `Object.prototype`, put there before the package is loaded or after, change no answer.
 */
import { beforeAll, expect, test } from 'vitest';
import { POLLUTED_NAMES } from './answers.ts';
import { bundled, run } from './bundle.ts';

let program = '';
let expected: string[] = [];

beforeAll(async () => {
  program = await bundled('child.ts');
  expected = run(program, ['plain'])[0]!;
});

test('the questions have answers of all kinds', () => {
  expect(expected.length).toBeGreaterThan(150);
  for (const part of ['"allow"', '"deny"', 'Error', '"failure"', '"success"', 'true', 'false'])
    expect(expected.some((answer) => answer.includes(part))).toBe(true);
});

test('a name that is put there after the package was loaded changes no answer', () => {
  const answers = run(program, ['after', ...POLLUTED_NAMES]);
  for (const [i, name] of POLLUTED_NAMES.entries()) expect([name, ...answers[i]!]).toEqual([name, ...expected]);
});

/** A process for each takes a quarter of a second. */
const BEFORE = [
  'tags',
  'type',
  '__entity',
  'schema',
  'mode',
  'length',
  'get',
  'value',
  'enumerable',
  'writable',
  'done',
];

test.each(BEFORE)('`%s` that is there before gives the same answers', (name) => {
  const [answers] = run(program, ['before', name]);
  expect(answers).toEqual(expected);
});
