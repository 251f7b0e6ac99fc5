/**
 * Print then parse — is the identity.
 */
import { test } from 'vitest';
import { checkText } from '../drt/target/roundtrip.ts';
import { holds } from './holds.ts';

test('the text of a policy or template parses to the same tree', async () => {
  await holds({
    cases: 2500,
    size: { policies: 5, requests: 2, fuel: 4 },
    check: ({ policies }) => policies.map((policy) => checkText(policy)).find((finding) => finding !== undefined),
  });
});
