/**
 * Satisfied set — what a set of satisfied policies leads to, however it was found; and that the number of remembered sets is bounded.
 */
import { describe, expect, test } from 'vitest';
import type { Row } from '../../../../codegen/runtime/index/row.ts';
import { ErrorLog } from '../../../../codegen/runtime/program/error-log.ts';
import { SatisfiedSet } from '../../../../codegen/runtime/program/satisfied-set.ts';

function row(order: number, effect: Row['effect'] = 'permit'): Row {
  const errorSite = { op: 'neg', span: { start: 0, end: 5 }, operands: [{ start: order, end: 5 }] } as const;
  return { id: `${effect} ${order}`, effect, order, params: [], errorSites: () => [errorSite] };
}

const [first, second] = [row(1), row(2)];
const forbid = row(3, 'forbid');

describe('an satisfiedSet', () => {
  test('is a denial where nothing is satisfied', () => {
    expect(SatisfiedSet.start().response).toEqual({ decision: 'deny', determiningPolicies: [], errors: [] });
  });

  test('tells the permits in policy order where no forbid is satisfied', () => {
    for (const satisfiedSet of [
      SatisfiedSet.start().add(second).add(first),
      SatisfiedSet.start().grow(1, second).grow(0, first),
    ])
      expect(satisfiedSet.response).toEqual({
        decision: 'allow',
        determiningPolicies: ['permit 1', 'permit 2'],
        errors: [],
      });
  });

  test('tells the forbids alone where some are satisfied', () => {
    const other = row(0, 'forbid');
    const expected = { decision: 'deny', determiningPolicies: ['forbid 0', 'forbid 3'], errors: [] };
    expect(SatisfiedSet.start().add(first).add(forbid).grow(0, other).response).toEqual(expected);
    expect(SatisfiedSet.start().add(forbid).add(other).response).toEqual(expected);
  });

  test('gives the same frozen answer each time', () => {
    const { response } = SatisfiedSet.start().add(first);
    expect([response, response.determiningPolicies, response.errors].every(Object.isFrozen)).toBe(true);
    const satisfiedSet = SatisfiedSet.start().add(first);
    expect(satisfiedSet.response).toBe(satisfiedSet.response);
  });

  test('is found again by number and by row', () => {
    const start = SatisfiedSet.start();
    const grown = start.grow(7, first);
    expect(start.next[7]).toBe(grown);
    const added = start.add(second);
    expect(start.add(second)).toBe(added);
    expect(start.add(first)).not.toBe(added);
    expect(added.add(first)).toBe(added.add(first));
    expect(SatisfiedSet.start().add(second)).not.toBe(added);
  });

  test('is remembered by row among some thousands only, and right beyond them', () => {
    const start = SatisfiedSet.start();
    const rows = Array.from({ length: 5000 }, (_, order) => row(order));
    const satisfiedSets = rows.map((each) => start.add(each));
    for (const [i, satisfiedSet] of satisfiedSets.entries())
      expect(satisfiedSet.decide().determiningPolicies).toEqual([rows[i]!.id]);
    const remembered = rows.slice(0, 4200).filter((each, i) => start.add(each) === satisfiedSets[i]);
    expect(remembered.length).toBeGreaterThan(4000);
    expect(remembered.length).toBeLessThan(4100);
    // What follows is counted with what begins.
    const deep = start.add(rows[0]!);
    expect(deep.add(second)).not.toBe(deep.add(second));
  });

  test('is remembered by number up to the numbers of the program, and right beyond them', () => {
    const start = SatisfiedSet.start(3);
    const rows = Array.from({ length: 5 }, (_, order) => row(order));
    const satisfiedSets = rows.map((each) => start.grow(each.order, each));
    expect(rows.map((each, i) => start.next[each.order] === satisfiedSets[i])).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    for (const [i, each] of satisfiedSets.entries()) expect(each.decide().determiningPolicies).toEqual([rows[i]!.id]);
  });

  test('is never what somebody put on the prototype of all objects', () => {
    Object.defineProperty(Object.prototype, '0', { value: 'polluted', configurable: true });
    try {
      expect(SatisfiedSet.start(1).next[0]).toBeUndefined();
      expect(SatisfiedSet.start(1).grow(0, first).next[0]).toBeUndefined();
    } finally {
      delete (Object.prototype as { 0?: unknown })[0];
    }
  });
});

test('a trie of what is asked for no more gives way to what is', () => {
  const start = SatisfiedSet.start();
  for (let order = 0; order < 9000; order++) start.add(row(order));
  const satisfiedSet = start.add(first);
  expect(start.add(first)).toBe(satisfiedSet);
});

test('an answer of very many policies is kept only as long as there is room', () => {
  let satisfiedSet = SatisfiedSet.start();
  for (let order = 0; order < 3000; order++) satisfiedSet = satisfiedSet.add(row(order));
  const { response } = satisfiedSet;
  expect(response.determiningPolicies).toHaveLength(3000);
  const answers = Array.from({ length: 30 }, (_, i) => satisfiedSet.add(row(3000 + i)));
  const kept = answers.filter((each) => {
    const before = each.response;
    return each.response === before;
  });
  expect(kept.length).toBeLessThan(10);
  expect(answers.every((each) => Object.isFrozen(each.response.determiningPolicies))).toBe(true);
});

describe('an error log', () => {
  test('has no errors of a request that was interrupted', () => {
    const errorLog = new ErrorLog();
    errorLog.fail(first, 0, [-(2n ** 63n)]);
    errorLog.begin();
    expect(errorLog.finish(SatisfiedSet.start()).errors).toEqual([]);
  });

  test('without an error gives the finished answer', () => {
    const satisfiedSet = SatisfiedSet.start().add(first);
    expect(new ErrorLog().finish(satisfiedSet)).toBe(satisfiedSet.response);
  });

  test('tells errors in policy order, and forgets them', () => {
    const errorLog = new ErrorLog();
    errorLog.fail(second, 0, ['x']);
    errorLog.fail(first, 0, [-(2n ** 63n)]);
    expect(errorLog.erring).toHaveLength(2);
    const satisfiedSet = SatisfiedSet.start().add(forbid);
    const { errors, ...decided } = errorLog.finish(satisfiedSet);
    expect(decided).toEqual({ decision: 'deny', determiningPolicies: ['forbid 3'] });
    expect(errors.map(({ policyId, kind, span }) => [policyId, kind, span])).toEqual([
      ['permit 1', 'arithBoundsError', { start: 0, end: 5 }],
      ['permit 2', 'typeError', { start: 2, end: 5 }],
    ]);
    expect(errorLog.erring).toBeUndefined();
    expect(errorLog.finish(satisfiedSet)).toBe(satisfiedSet.response);
  });
});
