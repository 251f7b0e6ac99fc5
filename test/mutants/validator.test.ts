/**
 * Validator mutants — every unsoundness that is put into the validator on purpose is found by the test of its soundness.
 */
import { describe, expect, test } from 'vitest';
import type { tryValidator } from '../property/soundness.ts';
import { loadMutated } from './mutate.ts';
import { VALIDATOR_MUTANTS } from './validator.ts';

/** As many as the soundness test itself looks at. */
const POLICIES = 10_000;

describe('the soundness test finds a validator that believes', () => {
  test.each(VALIDATOR_MUTANTS.map((mutant) => [mutant.name, mutant] as const))('%s', async (_, mutant) => {
    const loaded = await loadMutated<{ tryValidator: typeof tryValidator }>('test/property/soundness.ts', mutant);
    expect(loaded.tryValidator(1, POLICIES, 1).unsound).not.toEqual([]);
  });
});
