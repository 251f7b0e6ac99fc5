/**
 * Prototype pollution — names on `Object.prototype`, put there before the package is loaded or after, change no answer.
 */
import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { POLLUTED_NAMES } from './answers.ts';
import { bundled } from './bundle.ts';

let program = '';
let expected: string[] = [];

beforeAll(async () => {
  program = await bundled('child.ts');
  expected = answers('never', []);
});

function answers(when: string, names: readonly string[]): string[] {
  return execFileSync(process.execPath, [program, when, ...names], { encoding: 'utf8', maxBuffer: 1 << 26 }).split(
    '\n',
  );
}

test('the questions have answers of all kinds', () => {
  expect(expected.length).toBeGreaterThan(150);
  for (const part of ['"allow"', '"deny"', 'Error', '"failure"', '"success"', 'true', 'false'])
    expect(expected.some((answer) => answer.includes(part))).toBe(true);
});

describe.each(['before', 'after'])('%s the package is loaded', (when) => {
  // Each name by itself: one may hide what another does.
  test.each(POLLUTED_NAMES)('`%s` changes no answer', (name) => {
    expect(answers(when, [name])).toEqual(expected);
  });
});
