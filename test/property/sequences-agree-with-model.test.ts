/**
 * Sequences agree with model — engines, sets, stores and lists that live through everything an application does answer like the model.
 *
 * `npm run drt -- --targets lifecycle` looks at many more.
 */
import { expect, test } from 'vitest';
import { bundle } from '../drt/bundle.ts';
import type { liveAndCheck } from '../drt/target/lifecycle.ts';

const CASES = Number(process.env.CEDARMILL_CASES ?? 120);

test('sequences of operations agree with the model', async () => {
  // Not as the test runner loads modules: near the end of the stack its ways of importing count, too.
  const module = (await import(await bundle('test/drt/target/lifecycle.ts'))) as { liveAndCheck: typeof liveAndCheck };
  let operations = 0;
  for (let seed = 1; seed <= CASES; seed++) {
    const { found, count } = module.liveAndCheck(seed);
    operations += count;
    expect(found && { ...found.finding, ...found.files() }).toBeUndefined();
  }
  expect(operations).toBeGreaterThan(40 * CASES);
});
