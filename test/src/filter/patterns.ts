/**
 * Patterns — texts and patterns of `like` that databases treat specially: wildcards of `GLOB` and `LIKE`, escapes, blanks, characters of several bytes.
 */
import type { Pattern } from '../../../src/value/pattern.ts';

const RUNS = [
  'a',
  'A',
  'é',
  'e\u0301',
  '😀',
  'x😀',
  '[',
  ']',
  '[a]',
  '[^a]',
  '*',
  '?',
  '%',
  '_',
  '\\',
  '!',
  ' ',
  "'",
  '\n',
  '\0',
];
export const TEXTS = [
  '',
  ...RUNS,
  ...RUNS.map((run) => `${run}b`),
  ...RUNS.map((run) => `b${run}`),
  ...RUNS.map((run) => `b${run}b`),
  'a😀bé',
  '😀é😀',
];
export const PATTERNS: readonly Pattern[] = RUNS.flatMap((run) => [
  [run],
  [run, null],
  [null, run],
  [null, run, null],
  [run, null, 'b'],
  ['b', null, run],
  [null, run, null, 'b'],
  ['b', null, run, null],
  ['b', null, run, null, 'b'],
]);
