/**
 * Partial agrees with the model — partial decisions are those of every completion, reauthorizing is authorizing, specialized requests and permission
 * queries are loops over `isAllowed`.
 *
 * Spec:  Cedar.Thm.TPE: partial_authorize_decision_is_sound, reauthorize_is_sound
 */
import { expect, test } from 'vitest';
import { checkPartial, PartialTally } from '../drt/target/partial.ts';
import { holds } from './holds.ts';

test('what is decided in part is decided so for every completion, and rows are asked as the engine is', async () => {
  const tally = new PartialTally();
  await holds({ cases: 150, check: (given, seed) => checkPartial(given, seed, tally) });
  const { decided, open, outcomes, completions, sharper, rows } = tally;
  console.info(
    `${decided} decided, ${open} open, ${sharper} of them decided by sharper rules, ${completions} completions, ${rows} rows; ` +
      [...outcomes].map(([outcome, n]) => `${outcome} ${n}`).join(', '),
  );
  // Policies that err for certain are rare, and so is what only sharper rules decide (test/partial/sharpen.test.ts).
  expect([...outcomes.keys()]).toEqual(expect.arrayContaining(['false', 'residual', 'true']));
  for (const each of [decided, open, completions, rows]) expect(each).toBeGreaterThan(0);
});
