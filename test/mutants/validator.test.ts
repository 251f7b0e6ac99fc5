/**
 * Validator mutants — every unsoundness that is put into the validator on purpose is found by the test of its soundness.
 */
import { describe, expect, test } from 'vitest';
import { bundle } from '../drt/bundle.ts';
import type { tryValidator } from '../property/soundness.ts';
import { VALIDATOR_MUTANTS } from './validator.ts';

/** As many as the soundness test itself looks at. */
const POLICIES = 10_000;

/** A mutant that few policies show may hide from one seed. */
const SEEDS = [1, 2, 3, 4, 5, 6];

describe('the soundness test finds a validator that believes', () => {
  test.each(VALIDATOR_MUTANTS.map((mutant, i) => [mutant.name, mutant, i] as const))('%s', async (_, mutant, i) => {
    const module = await bundle('test/property/soundness.ts', mutant, `validator-${i}`);
    const loaded = (await import(module)) as { tryValidator: typeof tryValidator };
    const found = SEEDS.some((seed) => loaded.tryValidator(seed, POLICIES, 1).unsound.length > 0);
    expect(found).toBe(true);
  });
});
