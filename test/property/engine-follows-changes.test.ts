/**
 * Engine follows changes — policies and entities that come and go leave an engine like a new one.
 */
import { test } from 'vitest';
import { checkUpdates } from '../drt/target/updates.ts';
import { holds } from './holds.ts';

test('add, remove, link, unlink, upsert in any order', async () => {
  await holds({ cases: 80, size: { policies: 4, requests: 2, fuel: 2 }, check: checkUpdates });
});
