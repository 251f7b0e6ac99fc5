/**
 * Row list — the rows that a request may be about, in whatever order they come and go.
 */
import { describe, expect, test } from 'vitest';
import type { Row } from '../../../codegen/runtime/row.ts';
import { type RowList, RowLists } from '../../../codegen/runtime/row-list.ts';
import { Random } from '../../arbitrary/random.ts';

function rowOf(id: string, holes: Row['holes']): Row {
  return { id, effect: 'permit', order: 0, holes, sites: () => [] };
}

function found({ rows }: RowList): string[] {
  return rows.map(({ id }) => id).sort();
}

/** Columns stand beside their rows. */
function isAligned({ rows, columns }: RowList): boolean {
  return columns.every(
    (column, hole) => column.length === rows.length && rows.every((row, i) => column[i] === row.holes[hole]),
  );
}

const TEAMS = ['a', 'b', 'c', 1, 2n ** 60n];

describe.each([
  ['told apart by a hole', 1],
  ['not told apart', undefined],
])('rows %s', (_, hole) => {
  test('are those that compare with the value; all of them where there is none', () => {
    const random = new Random(1);
    const lists = new RowLists(2, hole);
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
      const list = hole === undefined ? lists.all : lists.having(value);
      const expected = rows.filter(({ holes }) => hole === undefined || value === undefined || holes[1] === value);
      expect(found(list)).toEqual(expected.map(({ id }) => id).sort());
      expect(isAligned(list)).toBe(true);
    }
  });
});

test('a row that is not there is not missed', () => {
  const lists = new RowLists(1, 0);
  const row = rowOf('a', ['x']);
  lists.add(row);
  lists.remove(rowOf('b', ['x']));
  lists.remove(rowOf('c', ['y']));
  expect(lists.having('x').rows).toEqual([row]);
});
