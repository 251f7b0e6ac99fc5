/**
 * Compiled agrees with model — decision, determining policies and errors, whatever the options.
 */
import { test } from 'vitest';
import { checkAuthorize } from '../drt/target/authorize.ts';
import { holds } from './holds.ts';

test('compiled programs give the answers of the model, with slices and passes on and off', async () => {
  await holds({ cases: 300, check: (given) => checkAuthorize(given) });
});

test('so they do on policies and data of any type', async () => {
  await holds({ cases: 100, flavour: 'any', check: (given) => checkAuthorize(given) });
});
