/**
 * Module agrees with model — policies compiled ahead of time decide like the model.
 */
import { test } from 'vitest';
import { checkModule } from '../drt/target/module.ts';
import { holds } from './holds.ts';

test('a module gives the whole answer and the decision alone', async () => {
  await holds({ cases: 300, check: checkModule });
});
