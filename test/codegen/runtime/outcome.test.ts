/**
 * Outcome — what a set of satisfied policies leads to, however it was come by; and that only so many are remembered.
 */
import { describe, expect, test } from 'vitest';
import { Outcome } from '../../../codegen/runtime/outcome.ts';
import type { Row } from '../../../codegen/runtime/row.ts';
import { Run } from '../../../codegen/runtime/run.ts';

function row(order: number, effect: Row['effect'] = 'permit'): Row {
  const site = { op: 'neg', span: { start: 0, end: 5 }, operands: [{ start: order, end: 5 }] } as const;
  return { id: `${effect} ${order}`, effect, order, holes: [], sites: () => [site] };
}

const [first, second] = [row(1), row(2)];
const forbid = row(3, 'forbid');

describe('an outcome', () => {
  test('is a denial where nothing is satisfied', () => {
    expect(Outcome.start().response).toEqual({ decision: 'deny', determiningPolicies: [], errors: [] });
  });

  test('tells the permits in policy order where no forbid is satisfied', () => {
    for (const outcome of [Outcome.start().add(second).add(first), Outcome.start().grow(1, second).grow(0, first)])
      expect(outcome.response).toEqual({
        decision: 'allow',
        determiningPolicies: ['permit 1', 'permit 2'],
        errors: [],
      });
  });

  test('tells the forbids alone where some are satisfied', () => {
    const other = row(0, 'forbid');
    const expected = { decision: 'deny', determiningPolicies: ['forbid 0', 'forbid 3'], errors: [] };
    expect(Outcome.start().add(first).add(forbid).grow(0, other).response).toEqual(expected);
    expect(Outcome.start().add(forbid).add(other).response).toEqual(expected);
  });

  test('gives the same frozen answer each time', () => {
    const { response } = Outcome.start().add(first);
    expect([response, response.determiningPolicies, response.errors].every(Object.isFrozen)).toBe(true);
    const outcome = Outcome.start().add(first);
    expect(outcome.response).toBe(outcome.response);
  });

  test('is found again by number and by row', () => {
    const start = Outcome.start();
    const grown = start.grow(7, first);
    expect(start.next[7]).toBe(grown);
    const added = start.add(second);
    expect(start.add(second)).toBe(added);
    expect(start.add(first)).not.toBe(added);
    expect(added.add(first)).toBe(added.add(first));
    expect(Outcome.start().add(second)).not.toBe(added);
  });

  test.each([
    ['by number', (outcome: Outcome, each: Row) => outcome.grow(each.order, each)],
    ['by row', (outcome: Outcome, each: Row) => outcome.add(each)],
  ])('is remembered %s among some thousands only, and right beyond them', (_, next) => {
    const start = Outcome.start();
    const rows = Array.from({ length: 5000 }, (__, order) => row(order));
    const outcomes = rows.map((each) => next(start, each));
    for (const [i, outcome] of outcomes.entries()) expect(outcome.decide().determiningPolicies).toEqual([rows[i]!.id]);
    const isKept = (each: Row, i: number) => start.next[each.order] === outcomes[i] || start.add(each) === outcomes[i];
    const remembered = rows.slice(0, 4200).filter(isKept);
    expect(remembered.length).toBeGreaterThan(4000);
    expect(remembered.length).toBeLessThan(4100);
    // What follows is counted with what begins.
    const deep = next(start, rows[0]!);
    expect(deep.add(second)).not.toBe(deep.add(second));
  });
});

test('a trie of what is asked for no more gives way to what is', () => {
  const start = Outcome.start();
  for (let order = 0; order < 9000; order++) start.add(row(order));
  const outcome = start.add(first);
  expect(start.add(first)).toBe(outcome);
});

test('an answer of very many policies is kept only as long as there is room', () => {
  let outcome = Outcome.start();
  for (let order = 0; order < 3000; order++) outcome = outcome.add(row(order));
  const { response } = outcome;
  expect(response.determiningPolicies).toHaveLength(3000);
  const answers = Array.from({ length: 30 }, (_, i) => outcome.add(row(3000 + i)));
  const kept = answers.filter((each) => {
    const before = each.response;
    return each.response === before;
  });
  expect(kept.length).toBeLessThan(10);
  expect(answers.every((each) => Object.isFrozen(each.response.determiningPolicies))).toBe(true);
});

describe('a run', () => {
  test('has no errors of a request that was interrupted', () => {
    const run = new Run();
    run.fail(first, 0, [-(2n ** 63n)]);
    run.begin();
    expect(run.finish(Outcome.start()).errors).toEqual([]);
  });

  test('without an error gives the finished answer', () => {
    const outcome = Outcome.start().add(first);
    expect(new Run().finish(outcome)).toBe(outcome.response);
  });

  test('tells errors in policy order, and forgets them', () => {
    const run = new Run();
    run.fail(second, 0, ['x']);
    run.fail(first, 0, [-(2n ** 63n)]);
    expect(run.erring).toHaveLength(2);
    const outcome = Outcome.start().add(forbid);
    const { errors, ...decided } = run.finish(outcome);
    expect(decided).toEqual({ decision: 'deny', determiningPolicies: ['forbid 3'] });
    expect(errors.map(({ policyId, kind, span }) => [policyId, kind, span])).toEqual([
      ['permit 1', 'arithBoundsError', { start: 0, end: 5 }],
      ['permit 2', 'typeError', { start: 2, end: 5 }],
    ]);
    expect(run.erring).toBeUndefined();
    expect(run.finish(outcome)).toBe(outcome.response);
  });
});
