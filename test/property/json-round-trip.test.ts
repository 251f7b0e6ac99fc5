/**
 * JSON round trip — policies, policy sets, entities, contexts and schemas come back as they were.
 */
import { test } from 'vitest';
import { checkCodecs } from '../drt/target/codecs.ts';
import { checkRoundtrip } from '../drt/target/roundtrip.ts';
import { holds } from './holds.ts';

test('policies, templates and links survive the JSON policy format', async () => {
  await holds({ cases: 800, size: { policies: 5, requests: 2, fuel: 4 }, check: checkRoundtrip });
});

test('entities, contexts and schemas survive their formats, and the drop-in reads what the model was given', async () => {
  await holds({ cases: 600, check: checkCodecs });
});
