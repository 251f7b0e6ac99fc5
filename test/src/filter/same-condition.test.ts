/**
 * Same condition — what is the same but for the rows that a condition goes over itself.
 */
import { expect, test } from 'vitest';
import { type Condition, compare, exists, type Row, type Scalar } from '../../../src/filter/condition.ts';
import { isSame } from '../../../src/filter/same-condition.ts';

const docs: Row = { table: 'docs' };
const other: Row = { table: 'docs' };

function column(row: Row, name: string): Scalar {
  return { kind: 'column', row, column: name, type: 'text', nullable: true };
}

function lookup(table: string, outer: Row, value: string, key = 'owner'): Scalar {
  const row: Row = { table };
  const where = compare('=', column(row, 'id'), column(outer, key));
  return { kind: 'lookup', source: { kind: 'table', row }, where, value: column(row, value) };
}

/** A row of the table for which another one has the same value, of the inner row or of the outer. */
function twice(outer: string, inner: string, of: 'inner' | 'outer'): Condition {
  const [a, b]: [Row, Row] = [{ table: outer }, { table: inner }];
  const where = compare('=', column(of === 'inner' ? b : a, 'id'), column(docs, 'id'));
  return exists({ kind: 'table', row: a }, exists({ kind: 'table', row: b }, where));
}

test('look-ups are the same, whichever row they name their own', () => {
  expect(isSame(lookup('users', docs, 'dept'), lookup('users', docs, 'dept'))).toBe(true);
  expect(isSame(twice('users', 'users', 'inner'), twice('users', 'users', 'inner'))).toBe(true);
});

test.each<[string, Condition | Scalar, Condition | Scalar]>([
  ['another table', lookup('users', docs, 'dept'), lookup('teams', docs, 'dept')],
  ['another value', lookup('users', docs, 'dept'), lookup('users', docs, 'level')],
  ['another key', lookup('users', docs, 'dept'), lookup('users', docs, 'dept', 'reviewer')],
  ['another row outside', lookup('users', docs, 'dept'), lookup('users', other, 'dept')],
  ['another row of two', twice('users', 'users', 'inner'), twice('users', 'users', 'outer')],
  ['columns of other rows', column(docs, 'id'), column(other, 'id')],
])('%s is not the same', (_, a, b) => {
  expect(isSame(a, b)).toBe(false);
  expect(isSame(b, a)).toBe(false);
});
