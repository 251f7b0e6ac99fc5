/**
 * Row list — the rows that a request may be about, in whatever order they come and go.
 */
import { describe, expect, test } from 'vitest';
import { type ColumnRange, PartitionedColumns } from '../../../../codegen/runtime/index/columns.ts';
import type { Row } from '../../../../codegen/runtime/index/row.ts';
import { stringHash } from '../../../../codegen/runtime/index/string-hash.ts';
import { Random } from '../../../arbitrary/random.ts';

function rowOf(id: string, params: Row['params']): Row {
  return { id, effect: 'permit', order: 0, params, errorSites: () => [] };
}

function rowsOf({ rows, start, end }: ColumnRange): readonly Row[] {
  return rows.slice(start, end).map((row) => row ?? expect.unreachable());
}

function found(range: ColumnRange): string[] {
  return rowsOf(range)
    .map(({ id }) => id)
    .sort();
}

/** Columns and hashes stand beside their rows. */
function isAligned(range: ColumnRange): boolean {
  const { columns, hashes, start } = range;
  return rowsOf(range).every(({ params }, i) =>
    params.every(
      (value, param) => columns[param]![start + i] === value && hashes[param]![start + i] === stringHash(value),
    ),
  );
}

const TEAMS = ['a', 'b', 'c', 1, 2n ** 60n];

describe.each([
  ['told apart by a param', 1],
  ['not told apart', undefined],
])('rows %s', (_, param) => {
  test('are those that compare with the value; all of them where there is none', () => {
    const random = new Random(1);
    const lists = new PartitionedColumns(2, param);
    const rows: Row[] = [];
    for (let step = 0; step < 2000; step++) {
      // First there are more and more of them, then fewer and fewer.
      if (rows.length > 0 && random.int(2000) < step) lists.remove(rows.splice(random.int(rows.length), 1)[0]!);
      else {
        const row = rowOf(`${step}`, [step, random.pick(TEAMS)]);
        rows.push(row);
        lists.add(row);
      }
      const value = random.pick([...TEAMS, undefined, 'nobody']);
      const list = param === undefined ? lists.all : lists.withValue(value);
      const expected = rows.filter(({ params }) => param === undefined || value === undefined || params[1] === value);
      expect(found(list)).toEqual(expected.map(({ id }) => id).sort());
      expect(isAligned(list)).toBe(true);
    }
  });
});

test('a row that is not there is not countMiss', () => {
  const lists = new PartitionedColumns(1, 0);
  const row = rowOf('a', ['x']);
  lists.add(row);
  lists.remove(rowOf('b', ['x']));
  lists.remove(rowOf('c', ['y']));
  expect(rowsOf(lists.withValue('x'))).toEqual([row]);
});

describe('rows that are told apart', () => {
  const range = ({ start, end }: ColumnRange) => [start, end];

  test('stand together, whatever comes between them', () => {
    const lists = new PartitionedColumns(1, 0);
    const rows = Array.from({ length: 300 }, (_, i) => rowOf(`${i}`, [`team ${i % 7}`]));
    for (const row of rows) lists.add(row);
    for (let team = 0; team < 7; team++) {
      const list = lists.withValue(`team ${team}`);
      expect(found(list)).toEqual(rows.flatMap(({ id }, i) => (i % 7 === team ? [id] : [])).sort());
      expect(isAligned(list)).toBe(true);
    }
  });

  test('take four places each at most, growing or shrinking', () => {
    const random = new Random(2);
    const lists = new PartitionedColumns(1, 0);
    const rows: Row[] = [];
    for (let step = 0; step < 4000; step++) {
      if (rows.length > 0 && random.int(4000) < step) lists.remove(rows.splice(random.int(rows.length), 1)[0]!);
      else {
        rows.push(rowOf(`${step}`, [random.int(40)]));
        lists.add(rows.at(-1)!);
      }
      expect(lists.withValue('nobody').rows.length).toBeLessThanOrEqual(4 * rows.length);
    }
    for (const row of rows) lists.remove(row);
    expect(lists.withValue('nobody').rows).toEqual([]);
  });

  test('give the places of the last of them to others', () => {
    const lists = new PartitionedColumns(1, 0);
    const [a, b] = [rowOf('a', ['a']), rowOf('b', ['b'])];
    for (let i = 0; i < 100; i++) {
      lists.add(a);
      lists.add(b);
      lists.remove(a);
      expect([found(lists.withValue('a')), found(lists.withValue('b'))]).toEqual([[], ['b']]);
      lists.remove(b);
    }
    lists.add(a);
    expect(range(lists.withValue('a'))[1]).toBeLessThan(8);
  });
});
