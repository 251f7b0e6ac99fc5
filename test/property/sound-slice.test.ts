/**
 * Sound slice — policies that the slice leaves out are neither satisfied nor erring.
 *
 * Spec:  Cedar.Thm.PolicySlice: isAuthorized_eq_for_sound_policy_slice
 */
import { test } from 'vitest';
import { checkSlices } from '../drt/target/slices.ts';
import { holds } from './holds.ts';

test('the model gives the same answer on the slice', async () => {
  await holds({ cases: 3000, size: { policies: 6, requests: 6, fuel: 2 }, check: checkSlices });
});
