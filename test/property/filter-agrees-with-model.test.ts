/**
 * Filter agrees with the model — rows that pass a filter in SQLite are those that the request is allowed for, by the model, the compiled engine and the
 * specialized request; what cannot be said is refused, or bounded from above.
 */
import { expect, test } from 'vitest';
import { checkFilters } from '../drt/target/filter.ts';
import { FilterTally } from '../drt/target/filter-tally.ts';
import { holds } from './holds.ts';

test('the rows that pass a filter are those that the request is allowed for', async () => {
  const tally = new FilterTally();
  await holds({ cases: 250, check: (given, seed) => checkFilters(given, seed, tally) });
  const { rows, allowed, selective, engine, refused, kinds } = tally;
  const shapes = [...kinds].map(([kind, n]) => `${kind} ${n}`).join(', ');
  const { prepared, planned } = tally;
  console.info(`${prepared} prepared filters, ${planned} of them planned`);
  expect(prepared - planned).toBeGreaterThan(100);
  console.info(`${rows} rows, ${allowed} allowed, ${engine} asked of engines; ${shapes}; ${refused} refused`);
  expect([...kinds.keys()].sort()).toEqual(['always', 'conditional', 'never']);
  expect(selective).toBeGreaterThan(20);
  expect(engine).toBeGreaterThan(20);
  // Most policies can be said.
  expect(refused).toBeLessThan(kinds.get('conditional')! / 4);
});
