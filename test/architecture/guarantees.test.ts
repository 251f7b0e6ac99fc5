/**
 * Guarantees — every test that a promise names is there.
 */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { read } from './tree.ts';

test('each promise of docs/guarantees.md names a test that exists', () => {
  const rows = read('docs/guarantees.md')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:promise|---)/.test(line));
  expect(rows.length).toBeGreaterThan(15);
  for (const row of rows) {
    const tests = [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path!);
    expect([row, tests.length > 0, tests.filter((path) => !existsSync(path))]).toEqual([row, true, []]);
  }
});
