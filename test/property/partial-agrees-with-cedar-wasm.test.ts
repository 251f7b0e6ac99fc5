/**
 * Partial agrees with cedar-wasm — the same residuals, to the letter, as the official untyped partial evaluator leaves.
 */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { isAuthorizedPartial } from '../../src/cedar-wasm/authorize-partial.ts';
import { partialCall } from '../arbitrary/partial-call.ts';
import { Random } from '../arbitrary/random.ts';
import { runsOf, SEED } from './holds.ts';

interface Answer {
  readonly type: string;
  readonly response?: {
    readonly decision: string | null;
    readonly residuals: Readonly<Record<string, unknown>>;
    readonly nontrivialResiduals: readonly string[];
  };
}

const official = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs') as {
  isAuthorizedPartial(call: object): Answer;
};

test('residuals, decisions and sets of policies are those of the official build', () => {
  const random = new Random(SEED ?? 23);
  const seen = { residual: 0, value: 0, decided: 0 };
  for (let i = 0; i < runsOf(1500); i++) {
    const call = partialCall(random);
    const expected = official.isAuthorizedPartial(call);
    const shown = JSON.stringify(call);
    expect(normalized(isAuthorizedPartial(call)), shown).toEqual(normalized(expected));
    if (expected.response === undefined) continue;
    seen[expected.response.nontrivialResiduals.length > 0 ? 'residual' : 'value']++;
    if (expected.response.decision !== null) seen.decided++;
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(runsOf(1500) / 20);
});

/** Ids are sets; the order of keys says nothing. Errors are compared by their messages. */
function normalized(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (_, value: unknown) =>
    Array.isArray(value) && value.every((each) => typeof each === 'string') ? [...value].sort() : value,
  );
}
