/**
 * Alias — the package that takes the place of the official one: its entries are those that the build writes, its version that of the SDK.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { ALIAS, aliasExports } from '../../build/alias.ts';
import { conditionsOf } from '../../build/entries.ts';
import * as dropIn from '../../src/cedar-wasm/index.ts';
import init, { initSync, isAuthorized } from '../../src/cedar-wasm/web.ts';

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const alias = read(`${ALIAS}/package.json`);

test('its subpaths are those of the official package, and one for ES modules', () => {
  expect(alias.exports).toEqual(aliasExports(conditionsOf));
  const path = createRequire(import.meta.url).resolve('@cedar-policy/cedar-wasm/nodejs');
  const official = JSON.parse(readFileSync(path.replace(/nodejs.*$/, 'package.json'), 'utf8'));
  expect(Object.keys(alias.exports)).toEqual(expect.arrayContaining(Object.keys(official.exports)));
});

test('its version is that of the SDK, so that whoever depends on the official package takes it', () => {
  expect(alias.version).toBe(read('package.json').cedar.sdk);
  expect(alias.dependencies).toBeUndefined();
});

test('on the web, there is nothing to load', async () => {
  expect(initSync({ module: new Uint8Array() })).toEqual({});
  await expect(init('anything')).resolves.toEqual({});
  await expect(init({ module_or_path: Promise.resolve('x') })).resolves.toEqual({});
  expect(isAuthorized).toBe(dropIn.isAuthorized);
});
