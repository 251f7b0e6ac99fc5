/**
 * Compatibility — the page lists exactly the cells that the runner runs.
 */
import { expect, test } from 'vitest';
import { read } from '../architecture/tree.ts';
import { CELLS } from './cells.ts';
import { compatibilityPage } from './compatibility.ts';

test('docs/compatibility.md lists the cells of the runner', () => {
  expect(read('docs/compatibility.md')).toBe(compatibilityPage(CELLS));
});

test('every cell has a name of its own, and a step that proves something', () => {
  const names = CELLS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(CELLS.filter(({ steps }) => steps.length === 0)).toEqual([]);
});
