/**
 * Version — what the drop-in says it is.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as dropIn from '../../../src/cedar-wasm/version.ts';

test('the versions are those of package.json', () => {
  const { cedar } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  expect(dropIn.getCedarLangVersion()).toBe(cedar.language);
  expect(dropIn.getCedarSDKVersion()).toBe(cedar.sdk);
  expect(dropIn.getCedarVersion()).toBe(cedar.sdk);
});
