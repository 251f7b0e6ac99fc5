/**
 * Validation is sound — validated policies do not err on data that fit the schema, and run right without the checks that this makes needless.
 *
 * Spec:  Cedar.Thm.Validation: validation_is_sound
 */
import { expect, test } from 'vitest';
import { checkSoundness, type SoundnessTally } from '../drt/target/soundness.ts';
import { holds, runsOf } from './holds.ts';

test('what passes the validator errs only on missing entities, overflow and texts of extension values', async () => {
  const tally: SoundnessTally = { conforming: 0, valid: 0, invalid: 0 };
  const cases = 100;
  await holds({ cases, check: (given) => checkSoundness(given, tally) });
  console.info(
    `${tally.conforming} requests that fit, ${tally.valid} policies that passed, ${tally.invalid} that did not`,
  );
  expect(tally.conforming).toBeGreaterThan(runsOf(cases));
  expect(tally.valid).toBeGreaterThan(0);
  expect(tally.invalid).toBeGreaterThan(0);
});
