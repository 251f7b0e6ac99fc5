/**
 * Claims — each holds of the code as it is.
 */
import { expect, test } from 'vitest';
import { CLAIMS } from './claims.ts';

test.each(Object.entries(CLAIMS))('%s', (_, holds) => {
  expect(holds()).toBe(true);
});
