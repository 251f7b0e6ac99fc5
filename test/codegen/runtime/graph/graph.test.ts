/**
 * Graph — which nodes are kept and which last one request, and what they hold after every change.
 */
import { describe, expect, test } from 'vitest';
import { RuntimeSet } from '../../../../codegen/runtime/evaluate/runtime-value.ts';
import { NO_BIT } from '../../../../codegen/runtime/graph/bit-index.ts';
import { Graph, type NodeClass } from '../../../../codegen/runtime/graph/graph.ts';
import { inEntity, NO_PLAN, Node } from '../../../../codegen/runtime/graph/node.ts';
import { HandleStore } from '../../../../codegen/runtime/store/store.ts';
import type { Entity } from '../../../../src/value/entities.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';
import { CedarRecord } from '../../../../src/value/record.ts';
import { CedarSet } from '../../../../src/value/set.ts';
import { Unknown } from '../../../../src/value/unknown.ts';
import type { Value } from '../../../../src/value/value.ts';

class PolicyNode extends Node {
  _a: unknown = undefined;
  _b: unknown = undefined;
}

const NODES: NodeClass = {
  class: PolicyNode,
  fields: [
    ['a', '_a'],
    ['b', '_b'],
  ],
};

const uid = (id: string, type = 'U') => new EntityUid(type, id);

function entity(
  id: string,
  attrs: Record<string, Value>,
  parents: readonly string[] = [],
  tags: Record<string, Value> = {},
): Entity {
  const [attributes, tagged] = [attrs, tags].map((values) => new Map(Object.entries(values)));
  return { uid: uid(id), attrs: attributes!, parents: parents.map((each) => uid(each)), tags: tagged! };
}

function graphOf(store: HandleStore): Graph {
  const graph = new Graph(store, NODES);
  return graph;
}

const fieldsOf = (node: Node) => [(node as PolicyNode)._a, (node as PolicyNode)._b];
const record = (fields: Record<string, Value>) => new CedarRecord(new Map(Object.entries(fields)));

describe('a node', () => {
  test('follows its entity', () => {
    const store = new HandleStore();
    store.upsert(entity('x', { a: 1, c: 3 }));
    const graph = graphOf(store);
    const node = graph.intern(uid('x'));
    expect([fieldsOf(node), node.$type, node.$data === store.find('U', 'x')!.entity]).toEqual([
      [1, undefined],
      'U',
      true,
    ]);
    store.upsert(entity('x', { b: true }));
    expect(fieldsOf(node)).toEqual([undefined, true]);
    store.remove(uid('x'));
    expect([fieldsOf(node), node.$data]).toEqual([[undefined, undefined], undefined]);
    store.upsert(entity('x', { a: 'back' }));
    expect(graph.intern(uid('x'))).toBe(node);
    expect(fieldsOf(node)).toEqual(['back', undefined]);
  });

  test('forgets its plan when its ancestors change, and no sooner', () => {
    const store = new HandleStore();
    store.upsert(entity('x', {}, ['g']));
    const graph = graphOf(store);
    const node = graph.intern(uid('x'));
    const plan = { number: 7, below: [] };
    const changes: [boolean, () => void][] = [
      [true, () => store.upsert(entity('x', { a: 1 }, ['g']))],
      [true, () => store.upsert(entity('y', {}, ['g']))],
      [false, () => store.upsert(entity('x', {}, ['g', 'h']))],
      [false, () => store.upsert(entity('g', {}, ['top']))],
      [true, () => store.upsert(entity('g', { a: 1 }, ['top']))],
      [false, () => store.upsert(entity('x', {}, ['h']))],
      [false, () => store.upsert(entity('h', {}, ['top']))],
      [false, () => store.remove(uid('x'))],
    ];
    for (const [kept, change] of changes) {
      node.$plan = plan;
      change();
      expect(node.$plan).toBe(kept ? plan : NO_PLAN);
    }
    expect([node.$mask, node.$ancestors.list]).toEqual([0, []]);
  });

  test('is told from those of other groups, of which many share a bit', () => {
    const store = new HandleStore();
    const groups = Array.from({ length: 100 }, (_, i) => `g${i}`);
    for (const [i, group] of groups.entries()) store.upsert(entity(`x${i}`, {}, [group]));
    const graph = graphOf(store);
    const nodes = groups.map((_, i) => graph.intern(uid(`x${i}`)));
    for (const [i, node] of nodes.entries()) {
      for (const [j, group] of groups.entries()) expect(inEntity(node, graph.intern(uid(group)))).toBe(i === j);
    }
  });

  test('is made for what a change mentions only when it is asked for', () => {
    const store = new HandleStore();
    const graph = graphOf(store);
    store.upsert(entity('x', { a: uid('y') }, ['g']));
    expect(store.find('U', 'x')!.node).toBeUndefined();
    const node = graph.intern(uid('x'));
    expect(fieldsOf(node)[0]).toBe(graph.intern(uid('y')));
    expect(node.$ancestors.list).toEqual([graph.intern(uid('g'))]);
  });
});

describe('a value', () => {
  const store = new HandleStore();
  const graph = graphOf(store);

  test('that is plain stays what it is', () => {
    for (const value of [1, 2n ** 60n, 'text', true]) expect(graph.value(value)).toBe(value);
  });

  test('of entities, records and sets is made of nodes', () => {
    const [x, y] = [graph.intern(uid('x')), graph.intern(uid('y'))];
    expect(graph.value(uid('x'))).toBe(x);
    const nested = graph.value(record({ a: uid('x'), b: record({ b: uid('y') }), c: 3 })) as Node;
    expect(nested.$record).toEqual(record({ a: uid('x'), b: record({ b: uid('y') }), c: 3 }));
    expect(fieldsOf(nested)[0]).toBe(x);
    expect(fieldsOf(fieldsOf(nested)[1] as Node)).toEqual([undefined, y]);
    const set = graph.value(CedarSet.from([uid('x'), uid('y')])) as RuntimeSet;
    expect(set).toBeInstanceOf(RuntimeSet);
    expect([set.has(x), set.hasEntity(y, y.$bit), set.has(1), set.has(graph.intern(uid('z')))]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('finds its entities where it is told to', () => {
    const found = new PolicyNode(uid('found'), undefined);
    const finder = () => found;
    expect(graph.value(uid('x'), finder)).toBe(found);
    const nested = graph.value(record({ a: uid('x'), b: CedarSet.from([uid('y')]) }), finder) as Node;
    expect(fieldsOf(nested)[0]).toBe(found);
    expect((fieldsOf(nested)[1] as RuntimeSet).elements).toEqual([found]);
  });

  test('that is a set gives bitIndexes to entities that are kept, and to no others', () => {
    const kept = graph.intern(uid('in a set'));
    const found = new PolicyNode(uid('found'), undefined);
    expect([kept.$bit, found.$bit]).toEqual([NO_BIT, NO_BIT]);
    graph.value(CedarSet.from([uid('in a set')]));
    graph.value(CedarSet.from([uid('x')]), () => found);
    expect([kept.$bit === NO_BIT, found.$bit]).toEqual([false, NO_BIT]);
  });

  test('that is unknown is our mistake', () =>
    expect(() => graph.value(new Unknown('x'))).toThrow('unknown("x") reached'));

  test('of a record literal has the fields that policies read', () => {
    const node = graph.recordOf(['b', 'c'], [graph.intern(uid('x')), 3]);
    expect(fieldsOf(node)).toEqual([undefined, graph.intern(uid('x'))]);
    expect([...node.$record!.fields]).toEqual([
      ['b', graph.intern(uid('x')).$uid],
      ['c', 3],
    ]);
  });

  test('of a tag is there only where entity and tag are', () => {
    store.upsert(entity('tagged', {}, [], { t: uid('x') }));
    const tagged = graph.intern(uid('tagged'));
    expect(graph.tag(tagged, 't')).toBe(graph.intern(uid('x')));
    for (const [of, tag] of [
      [tagged, 'other'],
      [tagged, 1],
      [graph.intern(uid('x')), 't'],
      ['tagged', 't'],
      [graph.emptyContext, 't'],
    ] as const)
      expect(graph.tag(of, tag)).toBeUndefined();
  });
});

describe('a request', () => {
  test('learns nothing of what another store knows', () => {
    const other = new HandleStore();
    other.upsert(entity('x', { a: 1 }, [], { t: 2 }));
    const graph = graphOf(new HandleStore());
    graph.begin();
    const transient = graph.resolve(other.find('U', 'x')!);
    expect([transient.$data, transient.$ancestors.list, fieldsOf(transient)]).toEqual([
      undefined,
      [],
      [undefined, undefined],
    ]);
    expect(graph.tag(transient, 't')).toBeUndefined();
  });

  test('has one node for each transient, and the next has another', () => {
    const graph = graphOf(new HandleStore());
    graph.begin();
    const [one, other] = [graph.resolve(uid('x')), graph.resolve(uid('y'))];
    expect(graph.resolve(uid('x'))).toBe(one);
    expect(other).not.toBe(one);
    expect((fieldsOf(graph.context(record({ a: uid('x') }))) as unknown[])[0]).toBe(one);
    expect(graph.owns(one)).toBe(false);
    graph.begin();
    expect(graph.resolve(uid('x'))).not.toBe(one);
    expect(graph.store.find('U', 'x')).toBeUndefined();
  });

  test('has the kept node of what the store knows', () => {
    const store = new HandleStore();
    const graph = graphOf(store);
    store.upsert(entity('x', {}, ['g']));
    const node = graph.resolve(uid('x'));
    expect([graph.owns(node), graph.resolve(uid('g')), graph.kept([node, graph.resolve(uid('z'))])]).toEqual([
      true,
      graph.intern(uid('g')),
      [node],
    ]);
  });

  test('keeps its action, unless it met it before or there are very many', () => {
    const graph = graphOf(new HandleStore());
    const view = graph.action(uid('view', 'Action'));
    expect(graph.owns(view)).toBe(true);
    graph.begin();
    expect(graph.action(uid('view', 'Action'))).toBe(view);
    const met = graph.resolve(uid('edit', 'Action'));
    expect(graph.action(uid('edit', 'Action'))).toBe(met);
    expect(graph.owns(met)).toBe(false);
    let kept = 1;
    for (let n = 0; n < 5000; n++) {
      graph.begin();
      if (graph.owns(graph.action(uid(`${n}`, 'Action')))) kept++;
      else expect(graph.store.find('Action', `${n}`)).toBeUndefined();
    }
    expect(kept).toBe(4096);
  });

  test('may name what the store knows by a plain text', () => {
    const store = new HandleStore();
    const graph = graphOf(store);
    store.intern(uid('x'));
    const node = graph.ofText('U::"x"');
    expect(node).toBe(graph.intern(uid('x')));
    expect(graph.named.get('U::"x"')).toBe(node);
    expect(graph.ofText('U::"x"')).toBe(node);
    for (const text of ['U::"y"', 'V::"x"', ' U::"x"', 'U::"\\u{78}"', 'x']) expect(graph.ofText(text)).toBeUndefined();
  });
});

describe('graphs of one store', () => {
  test('find their own nodes, and the bit of one that is released', () => {
    const store = new HandleStore();
    const [one, other] = [graphOf(store), graphOf(store)];
    const handle = store.intern(uid('x'));
    const [first, second] = [one.nodeOf(handle), other.nodeOf(handle)];
    expect([handle.graph, handle.node]).toEqual([one, first]);
    expect(other.named.get(handle)).toBe(second);
    expect([one.owns(first), one.owns(second), other.owns(first), other.owns(second)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    one.release();
    const third = graphOf(store);
    const node = third.nodeOf(handle);
    expect([handle.graph, handle.node]).toEqual([third, node]);
    expect(other.nodeOf(handle)).toBe(second);
    store.upsert(entity('x', { a: 1 }));
    expect([fieldsOf(second), fieldsOf(node)]).toEqual([
      [1, undefined],
      [1, undefined],
    ]);
  });

  test('do not own what another store knows', () => {
    const [one, other] = [graphOf(new HandleStore()), graphOf(new HandleStore())];
    expect(one.owns(other.intern(uid('x')))).toBe(false);
    expect(one.owns(one.emptyContext)).toBe(false);
  });
});
