/**
 * Errors — the page names every class of errors that the package exports, and what it says of them all is so.
 */
import { expect, test } from 'vitest';
import * as cedarmill from '../../src/index.ts';
import { read } from '../architecture/tree.ts';

const classes = Object.entries(cedarmill).filter(
  ([, value]) => typeof value === 'function' && value.prototype instanceof Error,
);

test('docs/errors.md names every class of errors', () => {
  const page = read('docs/errors.md');
  expect(classes.length).toBeGreaterThan(10);
  expect(classes.map(([name]) => name).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('each is a `CedarmillError`, with a code and a format', () => {
  const { CedarmillError, UsageError } = cedarmill;
  const others = classes.filter(
    ([, { prototype }]) => prototype !== CedarmillError.prototype && prototype !== UsageError.prototype,
  );
  expect(others.filter(([, { prototype }]) => !(prototype instanceof CedarmillError)).map(([name]) => name)).toEqual(
    [],
  );
  expect(new UsageError('x')).toBeInstanceOf(CedarmillError);
});
