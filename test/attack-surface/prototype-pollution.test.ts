/**
 * Prototype pollution — names on `Object.prototype`, put there before the package is loaded or after, change no answer.
 *
 * Put there before, any enumerable name makes the bundled package refuse to load: a program that bundlers write lists the members of a module with
 * `for … in`. That is not pretty, but nobody is let in.
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

test.each(['tags', 'type', '__entity', 'schema', 'mode'])(
  '`%s` that is there before gives the same answers, or none',
  (name) => {
    let answers: string[] | undefined;
    try {
      [answers] = run(program, ['before', name]);
    } catch (error) {
      expect(String((error as { stderr?: string }).stderr)).toMatch(/TypeError/);
    }
    if (answers !== undefined) expect(answers).toEqual(expected);
  },
);
