/**
 * Front — which actions share a case, when a better front is due, and what has no room in it.
 */
import { describe, expect, test } from 'vitest';
import type { Part } from '../../codegen/emit/program.ts';
import type { RequestTypes } from '../../codegen/emit/request-types.ts';
import { FRONT_AT_MOST, FrontCases } from '../../codegen/front.ts';
import type { Plan } from '../../codegen/plan.ts';
import { NO_PLAN } from '../../codegen/runtime/node.ts';

/** Of loose policies, one row each, and of tables. */
function planOf(ids: readonly string[], types?: RequestTypes, tables: readonly string[] = []): Plan {
  const loose = ids.map((id, row) => ({ kind: 'loose', row, id }));
  const tabled = tables.map((id, table) => ({ kind: 'table', table, id }));
  const made = {
    parts: [...loose, ...tabled] as unknown as Part[],
    rows: ids as never,
    tables: tables as never,
  };
  return { ...NO_PLAN, made, types } as unknown as Plan;
}

const SEGMENTED = { ...NO_PLAN, made: undefined, types: undefined } as unknown as Plan;
const types = (principals: string[], resources: string[] = ['R'], needsContext = false) => ({
  principals,
  resources,
  needsContext,
});

/** The requests that miss until it is time, at most so many. */
function missesOf(cases: FrontCases, atMost = 20_000): number {
  let count = 1;
  while (count < atMost && !cases.missed()) count++;
  return count;
}

describe('a number', () => {
  const numberOf = (cases: FrontCases, plan: Plan) => {
    cases.add(plan);
    return plan.number;
  };

  test('is given once', () => {
    const cases = new FrontCases();
    const plans = [planOf(['a']), planOf(['a']), planOf(['a'], types(['U']))];
    expect(plans.map((plan) => numberOf(cases, plan))).toEqual([1, 2, 3]);
    cases.clear();
    expect([numberOf(cases, planOf(['b'])), numberOf(cases, plans[0]!)]).toEqual([4, 5]);
  });

  test('is none where the plan is in segments', () => expect(numberOf(new FrontCases(), SEGMENTED)).toBe(0));
});

describe('a front', () => {
  test('is due after some requests, and then only when there is another action', () => {
    const cases = new FrontCases(3);
    expect(missesOf(cases)).toBe(3);
    cases.join([]);
    expect(missesOf(cases)).toBe(20_000);
    cases.add(planOf(['a']));
    expect(missesOf(cases)).toBe(6);
    cases.join([]);
    cases.add(SEGMENTED);
    expect(missesOf(cases)).toBe(12);
    cases.join([]);
    cases.clear();
    expect(missesOf(cases)).toBe(24);
  });

  test('is due after 32 requests at first, and never after more than 8192', () => {
    const cases = new FrontCases();
    expect(missesOf(cases)).toBe(32);
    for (let i = 0; i < 12; i++) cases.join([]);
    cases.add(SEGMENTED);
    expect(missesOf(cases)).toBe(8192);
  });

  test('does not wait longer because of another action', () => {
    const cases = new FrontCases(5);
    for (let i = 0; i < 4; i++) {
      expect(cases.missed()).toBe(false);
      cases.add(SEGMENTED);
    }
    expect(cases.missed()).toBe(true);
  });

  /** Cases of these plans. */
  function joined(plans: readonly Plan[]) {
    const cases = new FrontCases();
    for (const plan of plans) cases.add(plan);
    return cases.join(plans);
  }

  test('has the rows and tables of all cases, each at its place', () => {
    const { cases, rows, tables } = joined([
      planOf(['a', 'b'], undefined, ['s']),
      planOf(['c'], types(['U']), ['t', 'u']),
      planOf(['d'], undefined, ['v']),
    ]);
    expect(rows).toEqual(['a', 'b', 'c', 'd']);
    expect(tables).toEqual(['s', 't', 'u', 'v']);
    for (const part of cases.flatMap(({ parts }) => parts) as unknown as { id: string; row?: number; table?: number }[])
      expect(part.row === undefined ? tables[part.table!] : rows[part.row]).toBe(part.id);
    expect(cases.map(({ number, types }) => [number, types])).toEqual([
      [1, undefined],
      [2, types(['U'])],
      [3, undefined],
    ]);
  });

  test('has no case of segments or without types', () => {
    const plans = [planOf(['a']), SEGMENTED, planOf(['b'], types([])), planOf(['c'], types(['U'], []))];
    expect(joined([...plans, planOf(['d'])]).rows).toEqual(['a', 'd']);
  });

  test('has no more policies than it has room for', () => {
    const ids = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
    const full = planOf(ids(FRONT_AT_MOST - 1, 'a'));
    expect(joined([full, planOf(['b']), planOf(['c'])]).rows.slice(-2)).toEqual([`a${FRONT_AT_MOST - 2}`, 'b']);
    expect(joined([full, planOf(['b', 'c']), planOf(['d'])]).cases).toHaveLength(1);
  });
});
