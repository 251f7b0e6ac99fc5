/**
 * Format agrees with cedar-wasm — the same text as the official formatter writes, for any policies, comments and widths.
 */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { formatPolicies } from '../../src/cedar-wasm/format.ts';
import { formatPolicies as formatKeepingAll } from '../../src/format/format.ts';
import { policyTokenText } from '../arbitrary/policy-tokens.ts';
import { Random } from '../arbitrary/random.ts';
import { runsOf, SEED } from './holds.ts';

interface Answer {
  readonly type: string;
  readonly formatted_policy?: string;
}

const official = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs') as {
  formatPolicies(call: object): Answer;
};

const seed = SEED ?? 17;
const WIDTHS = [0, 10, 20, 30, 40, 60, 80, 80, 80, 120, 1000];

function callOf(random: Random) {
  const policyText = policyTokenText(random, { comments: random.pick([0, 0, 3, 10, 30]), depth: random.between(0, 3) });
  return { policyText, lineWidth: random.pick(WIDTHS), indentWidth: random.pick([0, 1, 2, 2, 2, 4, 8]) };
}

test('the text is that of the official formatter', () => {
  const random = new Random(seed);
  let formatted = 0;
  for (let i = 0; i < runsOf(1500); i++) {
    const call = callOf(random);
    const expected = official.formatPolicies(call);
    const actual = formatPolicies(call);
    expect(actual.type, JSON.stringify(call)).toBe(expected.type);
    if (actual.type !== 'success') continue;
    formatted++;
    expect(actual.formatted_policy, JSON.stringify(call)).toBe(expected.formatted_policy);
  }
  expect(formatted).toBeGreaterThan(runsOf(1500) / 2);
});

test('no comment is lost where all are to be kept', () => {
  const random = new Random(seed + 1);
  for (let i = 0; i < runsOf(500); i++) {
    const { policyText, ...options } = callOf(random);
    const { text } = formatKeepingAll(policyText, options);
    if (text !== undefined) expect(commentsOf(text), policyText).toEqual(commentsOf(policyText));
  }
});

test('a formatted text stays as it is', () => {
  const random = new Random(seed + 2);
  for (let i = 0; i < runsOf(300); i++) {
    const { text } = formatKeepingAll(policyTokenText(random, { comments: 0, depth: 2 }));
    if (text !== undefined) expect(formatKeepingAll(text).text).toBe(text);
  }
});

/** In any order: a comment may move beside another one. */
function commentsOf(text: string): string[] {
  const found = text.match(/\/\/[^\n\r]*|"(?:\\.|[^"\\])*"/g) ?? [];
  return found
    .filter((each) => each.startsWith('//'))
    .map((each) => each.trim())
    .sort();
}
