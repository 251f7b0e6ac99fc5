/**
 * Entities in the call agree with model — and nothing of one call is left for the next.
 */
import { test } from 'vitest';
import { Random } from '../arbitrary/random.ts';
import { checkCallEntities } from '../drt/target/authorize.ts';
import { holds } from './holds.ts';

test('each call is decided by the entities that it brings', async () => {
  await holds({ cases: 250, check: (given, seed) => checkCallEntities(given, new Random(seed)) });
});
