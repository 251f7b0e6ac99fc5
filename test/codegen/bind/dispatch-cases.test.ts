/**
 * Dispatch cases — which actions share a case, when a better dispatcher is due, and what has no room in it.
 */
import { describe, expect, test } from 'vitest';
import type { BoundPlan } from '../../../codegen/bind/bound-plan.ts';
import { DispatchCases } from '../../../codegen/bind/dispatch-cases.ts';
import { DISPATCHED_AT_MOST } from '../../../codegen/plan/limits.ts';
import type { PlanNode } from '../../../codegen/plan/plan.ts';
import type { RequestTypes } from '../../../codegen/plan/request-types.ts';
import { NO_PLAN } from '../../../codegen/runtime/graph/node.ts';

/** Dispatch cases with single policies, one row each, and with indexes. */
function planOf(ids: readonly string[], types?: RequestTypes, indexes: readonly string[] = []): BoundPlan {
  const inline = ids.map((id) => ({ kind: 'inline', id }));
  const indexed = indexes.map((id) => ({ kind: 'indexLookup', id }));
  const inputs = {
    plan: [...inline, ...indexed] as unknown as PlanNode[],
    rows: ids as never,
    indexes: indexes as never,
  };
  return { ...NO_PLAN, inputs, types } as unknown as BoundPlan;
}

const PARTITIONED = { ...NO_PLAN, inputs: undefined, types: undefined } as unknown as BoundPlan;
const types = (principals: string[], resources: string[] = ['R'], needsContext = false) => ({
  principals,
  resources,
  needsContext,
  context: { attributes: [], closed: true },
});

/** The requests that miss until the cases are reordered, at most `atMost`. */
function missesOf(cases: DispatchCases, atMost = 20_000): number {
  let count = 1;
  while (count < atMost && !cases.countMiss()) count++;
  return count;
}

describe('a number', () => {
  const numberOf = (cases: DispatchCases, plan: BoundPlan) => {
    cases.add(plan);
    return plan.number;
  };

  test('is given once', () => {
    const cases = new DispatchCases();
    const plans = [planOf(['a']), planOf(['a']), planOf(['a'], types(['U']))];
    expect(plans.map((plan) => numberOf(cases, plan))).toEqual([1, 2, 3]);
    cases.clear();
    expect([numberOf(cases, planOf(['b'])), numberOf(cases, plans[0]!)]).toEqual([4, 5]);
  });

  test('is none where the plan is in partitions', () => expect(numberOf(new DispatchCases(), PARTITIONED)).toBe(0));
});

describe('a dispatcher', () => {
  test('is due after some requests, and then only when there is another action', () => {
    const cases = new DispatchCases(3);
    expect(missesOf(cases)).toBe(3);
    cases.join([]);
    expect(missesOf(cases)).toBe(20_000);
    cases.add(planOf(['a']));
    expect(missesOf(cases)).toBe(6);
    cases.join([]);
    cases.add(PARTITIONED);
    expect(missesOf(cases)).toBe(12);
    cases.join([]);
    cases.clear();
    expect(missesOf(cases)).toBe(24);
  });

  test('is due after 32 requests at first, and never after more than 8192', () => {
    const cases = new DispatchCases();
    expect(missesOf(cases)).toBe(32);
    for (let i = 0; i < 12; i++) cases.join([]);
    cases.add(PARTITIONED);
    expect(missesOf(cases)).toBe(8192);
  });

  test('does not wait longer because of another action', () => {
    const cases = new DispatchCases(5);
    for (let i = 0; i < 4; i++) {
      expect(cases.countMiss()).toBe(false);
      cases.add(PARTITIONED);
    }
    expect(cases.countMiss()).toBe(true);
  });

  /** Cases of these plans. */
  function joined(plans: readonly BoundPlan[]) {
    const cases = new DispatchCases();
    for (const plan of plans) cases.add(plan);
    return cases.join(plans);
  }

  test('has the rows and indexes of all cases, each at its place', () => {
    const { cases, rows, indexes } = joined([
      planOf(['a', 'b'], undefined, ['s']),
      planOf(['c'], types(['U']), ['t', 'u']),
      planOf(['d'], undefined, ['v']),
    ]);
    expect(rows).toEqual(['a', 'b', 'c', 'd']);
    expect(indexes).toEqual(['s', 't', 'u', 'v']);
    const nodes = cases.flatMap((each) => each.nodes) as unknown as { kind: string; id: string }[];
    const idsOf = (kind: string) => nodes.filter((node) => node.kind === kind).map(({ id }) => id);
    expect(idsOf('inline')).toEqual(rows);
    expect(idsOf('indexLookup')).toEqual(indexes);
    expect(cases.map(({ number, types }) => [number, types])).toEqual([
      [1, undefined],
      [2, types(['U'])],
      [3, undefined],
    ]);
  });

  test('has no case of partitions or without types', () => {
    const plans = [planOf(['a']), PARTITIONED, planOf(['b'], types([])), planOf(['c'], types(['U'], []))];
    expect(joined([...plans, planOf(['d'])]).rows).toEqual(['a', 'd']);
  });

  test('has no more policies than it has room for', () => {
    const ids = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
    const full = planOf(ids(DISPATCHED_AT_MOST - 1, 'a'));
    expect(joined([full, planOf(['b']), planOf(['c'])]).rows.slice(-2)).toEqual([`a${DISPATCHED_AT_MOST - 2}`, 'b']);
    expect(joined([full, planOf(['b', 'c']), planOf(['d'])]).cases).toHaveLength(1);
  });
});
