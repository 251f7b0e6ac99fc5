/**
 * Row list — the rows that a request may be about, in whatever order they come and go.
 */
import { describe, expect, test } from 'vitest';
import { type Columns, PartitionedColumns } from '../../../../codegen/runtime/index/columns.ts';
import type { Row } from '../../../../codegen/runtime/index/row.ts';
import { Random } from '../../../arbitrary/random.ts';

function rowOf(id: string, params: Row['params']): Row {
  return { id, effect: 'permit', order: 0, params, errorSites: () => [] };
}

function found({ rows }: Columns): string[] {
  return rows.map(({ id }) => id).sort();
}

/** Columns stand beside their rows. */
function isAligned({ rows, columns }: Columns): boolean {
  return columns.every(
    (column, param) => column.length === rows.length && rows.every((row, i) => column[i] === row.params[param]),
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
  expect(lists.withValue('x').rows).toEqual([row]);
});
