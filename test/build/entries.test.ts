/**
 * Entries — what package.json says about the entries is what the build makes.
 */
import { expect, test } from 'vitest';
import { packageExports, typesVersions } from '../../build/entries.ts';
import { read } from '../architecture/tree.ts';

const manifest = JSON.parse(read('package.json'));

test('`exports` and `typesVersions` in package.json are those of build/entries.ts', () => {
  expect(manifest.exports).toEqual(packageExports());
  expect(manifest.typesVersions).toEqual(typesVersions());
});

test('what comes first in `exports` wins: `module` for bundlers, then Node, then the rest', () => {
  const { '.': entry } = manifest.exports;
  expect(Object.keys(entry)).toEqual(['module', 'node', 'require', 'default']);
  expect(Object.keys(entry.node)).toEqual(['require', 'default']);
});
