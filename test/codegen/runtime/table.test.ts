/**
 * Table and outcome — rows found by what they demand, and what was found satisfied, put in order.
 */
import { describe, expect, test } from 'vitest';
import { Bits } from '../../../codegen/runtime/bits.ts';
import { inEntity, Node } from '../../../codegen/runtime/node.ts';
import { Outcome } from '../../../codegen/runtime/outcome.ts';
import type { Row } from '../../../codegen/runtime/row.ts';
import { Run } from '../../../codegen/runtime/run.ts';
import { RuntimeSet } from '../../../codegen/runtime/runtime-set.ts';
import { Table, type TableBound, type TableRow } from '../../../codegen/runtime/table.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { CedarSet } from '../../../src/value/set.ts';

const bits = new Bits();

type Demands = { readonly [demand in 'principal' | 'resource']?: Node | undefined };

/** An entity below others. */
function node(id: string, ...ancestors: readonly Node[]): Node {
  const made = new Node(new EntityUid('E', id), undefined);
  made.$ancestors = new Set(ancestors);
  made.$mask = ancestors.reduce((mask, each) => mask | bits.of(each), 0);
  return made;
}

const [top, group] = [node('top'), node('group')];
const [inside, below] = [node('inside', group), node('below', group, top)];

function row(order: number, demands: Demands = {}, effect: Row['effect'] = 'permit') {
  const { principal, resource } = demands;
  return { id: `row${order}`, effect, order, holes: [], sites: () => [], principal, resource } satisfies TableRow;
}

function ids(table: Table, principal: Node, resource: Node): string[] {
  return table
    .candidates(principal, resource)
    .map(({ id }) => id)
    .sort();
}

describe('a table', () => {
  const all: readonly (Node | undefined)[] = [top, group, inside, below];

  test.each((['any', 'eq', 'in'] as const).flatMap((p) => (['any', 'eq', 'in'] as const).map((r) => [p, r] as const)))(
    'whose principal is bound by %s and whose resource by %s finds just the rows whose demands are met',
    (p, r) => {
      const demandsOf = (bound: TableBound) => (bound === 'any' ? [undefined] : all);
      const rows = demandsOf(p).flatMap((principal, i) =>
        demandsOf(r).map((resource, j) => row(10 * i + j, { principal, resource })),
      );
      const table = new Table(p, r, rows);
      const meets = (bound: TableBound, one: Node, demand: Node | undefined) =>
        bound === 'any' || one === demand || (bound === 'in' && one.$ancestors.has(demand!));
      for (const principal of all as readonly Node[])
        for (const resource of all as readonly Node[])
          expect(ids(table, principal, resource)).toEqual(
            rows
              .filter((each) => meets(p, principal, each.principal) && meets(r, resource, each.resource))
              .map(({ id }) => id)
              .sort(),
          );
    },
  );

  test('holds several rows of one demand, and lets each of them go', () => {
    const rows = [1, 2, 3].map((order) => row(order, { principal: group, resource: top }));
    const table = new Table('eq', 'eq', rows);
    expect(ids(table, group, top)).toEqual(['row1', 'row2', 'row3']);
    table.remove(rows[1]!);
    expect(ids(table, group, top)).toEqual(['row1', 'row3']);
    table.remove(rows[1]!);
    expect(ids(table, group, top)).toEqual(['row1', 'row3']);
    table.remove(rows[0]!);
    table.remove(rows[2]!);
    expect(ids(table, group, top)).toEqual([]);
    table.add(rows[2]!);
    expect(ids(table, group, top)).toEqual(['row3']);
  });

  test('does not mind rows that it has not', () => {
    const table = new Table('eq', 'eq', [row(1, { principal: group, resource: top })]);
    table.remove(row(2, { principal: group, resource: inside }));
    table.remove(row(3, { principal: inside, resource: top }));
    table.remove(row(4, { principal: group, resource: top }));
    expect(ids(table, group, top)).toEqual(['row1']);
  });

  test('keeps the rows of one demand when those of another go', () => {
    const rows = [row(1, { principal: group, resource: top }), row(2, { principal: group, resource: inside })];
    const table = new Table('eq', 'eq', rows);
    table.remove(rows[0]!);
    expect([ids(table, group, top), ids(table, group, inside)]).toEqual([[], ['row2']]);
  });
});

describe('an entity', () => {
  test('is in itself and in its ancestors', () => {
    expect([below, inside, group, top].map((each) => inEntity(each, top))).toEqual([true, false, false, true]);
  });

  test('is not in one whose bit it shares', () => {
    const others = new Bits();
    const many = Array.from({ length: 33 }, (_, i) => new Node(new EntityUid('E', `${i}`), undefined));
    for (const each of many) others.of(each);
    expect(many.map(({ $bit }) => $bit).slice(0, 32)).toEqual(Array.from({ length: 32 }, (_, i) => 1 << i));
    expect(many[32]!.$bit).toBe(many[0]!.$bit);
    expect([others.of(many[3]!), others.given]).toEqual([many[3]!.$bit, 33]);
    const low = new Node(new EntityUid('E', 'low'), undefined);
    low.$mask = many[0]!.$bit;
    low.$ancestors = new Set([many[0]!]);
    expect([inEntity(low, many[0]!), inEntity(low, many[32]!)]).toEqual([true, false]);
  });
});

describe('a set', () => {
  const of = (...elements: readonly (Node | number | string)[]) => RuntimeSet.of(elements, bits);

  test('is above what is in one of its elements', () => {
    expect(of(top).hasOrIsAbove(below)).toBe(true);
    expect(of(top).hasOrIsAbove(inside)).toBe(false);
    expect(of(inside, top).hasOrIsAbove(inside)).toBe(true);
    expect(of(inside, group).hasOrIsAbove(group)).toBe(true);
    expect(of(inside, group).hasOrIsAbove(top)).toBe(false);
    expect(of().hasOrIsAbove(top)).toBe(false);
  });

  test('learns of an element that gets descendants', () => {
    const [late, set] = [node('late'), of(inside)];
    const both = of(late, inside);
    expect([both.hasOrIsAbove(late), both.hasOrIsAbove(below)]).toEqual([true, false]);
    const child = node('child', late);
    expect([both.hasOrIsAbove(child), both.hasOrIsAbove(late), set.hasOrIsAbove(child)]).toEqual([true, true, false]);
  });

  test('is told by entities only if all elements are such', () => {
    expect(of(top, group).entities).toEqual([top, group]);
    expect(of(top, 1).entities).toBeUndefined();
  });

  test('holds each element once, few or many', () => {
    for (const elements of [
      [1, 1],
      [1, 2, 1, 'a', 'a', top, top],
    ]) {
      const set = of(...elements);
      expect(set.elements).toEqual([...new Set(elements)]);
      expect(set.value.size).toBe(set.elements.length);
      for (const element of elements) expect([set.has(element), set.hasPlain(element)]).toEqual([true, true]);
      for (const other of [3, '1', group]) expect([set.has(other), set.hasPlain(other)]).toEqual([false, false]);
    }
    const inner = new RuntimeSet(CedarSet.from([1]), [1], bits);
    for (const set of [RuntimeSet.of([inner], bits), RuntimeSet.of([inner, 2, 3, inner], bits)]) {
      expect(set.has(RuntimeSet.of([1, 1], bits))).toBe(true);
      expect(set.has(RuntimeSet.of([2], bits))).toBe(false);
    }
  });
});

describe('an outcome', () => {
  const [permit, other] = [row(2), row(1)];
  const forbid = row(3, {}, 'forbid');

  test('without a satisfied policy denies', () => {
    expect(Outcome.start().response).toEqual({ decision: 'deny', determiningPolicies: [], errors: [] });
  });

  test('allows by permits, in policy order', () => {
    const { response } = Outcome.start().grow(1, permit).grow(0, other);
    expect(response).toEqual({ decision: 'allow', determiningPolicies: ['row1', 'row2'], errors: [] });
  });

  test('denies by forbids alone', () => {
    const { response } = Outcome.start().grow(1, permit).add(forbid);
    expect(response).toEqual({ decision: 'deny', determiningPolicies: ['row3'], errors: [] });
  });

  test('is remembered, its answer too, and that is frozen', () => {
    const start = Outcome.start();
    const one = start.grow(4, permit);
    expect(start.next[4]).toBe(one);
    expect(start.add(forbid)).toBe(start.add(forbid));
    expect(start.add(forbid)).not.toBe(start.add(other));
    expect(one.response).toBe(one.response);
    for (const part of [one.response, one.response.determiningPolicies, one.response.errors])
      expect(Object.isFrozen(part)).toBe(true);
  });

  test('is not remembered without end', () => {
    const start = Outcome.start();
    for (let i = 0; i < 4096; i++) start.add(row(i));
    const late = row(5000);
    expect(start.add(late)).not.toBe(start.add(late));
    start.grow(1, late);
    expect(start.next[1]).toBeUndefined();
    expect(start.grow(1, late).response.determiningPolicies).toEqual(['row5000']);
  });
});

describe('a run', () => {
  const site = { op: 'bool', span: undefined, operands: [undefined] } as const;
  const failing = (order: number) => ({ ...row(order), sites: () => [site, site] });

  test('tells errors in policy order, once', () => {
    const run = new Run();
    run.fail(failing(2), 1, [1]);
    run.fail(failing(1), 0, ['a']);
    const outcome = Outcome.start().grow(0, row(7));
    const response = run.finish(outcome);
    expect(response.decision).toBe('allow');
    expect(response.determiningPolicies).toEqual(['row7']);
    expect(response.errors.map(({ policyId }) => policyId)).toEqual(['row1', 'row2']);
    expect(run.finish(outcome)).toBe(outcome.response);
  });
});
