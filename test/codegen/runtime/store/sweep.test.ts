/**
 * Sweep — that what comes and goes leaves nothing, and that nothing is swept which something still mentions.
 */
import { describe, expect, test } from 'vitest';
import { Graph } from '../../../../codegen/runtime/graph/graph.ts';
import { inEntity, Node } from '../../../../codegen/runtime/graph/node.ts';
import { HandleStore } from '../../../../codegen/runtime/store/store.ts';
import type { Entity } from '../../../../src/value/entities.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';
import { CedarRecord } from '../../../../src/value/record.ts';
import { CedarSet } from '../../../../src/value/set.ts';
import type { Value } from '../../../../src/value/value.ts';

const NODES = { class: class extends Node {}, fields: [['a', '_a']] } as const;
const uid = (id: string, type = 'E') => new EntityUid(type, id);

function entity(id: string, attrs: Record<string, Value> = {}, parents: readonly string[] = []): Entity {
  return {
    uid: uid(id),
    attrs: new Map(Object.entries(attrs)),
    parents: parents.map((each) => uid(each)),
    tags: new Map(),
  };
}

/** Enough entities that come and go for several sweeps; `from` where names must be new. */
function churn(store: HandleStore, graph?: Graph, from = 0): void {
  for (let n = from; n < from + 50; n++) {
    const next = entity(`gone ${n}`, { a: CedarSet.from([uid(`named ${n}`)]) }, [`group ${n}`]);
    store.upsert(next);
    if (graph !== undefined) for (const id of [`gone ${n}`, `group ${n}`, `named ${n}`]) graph.demanded(uid(id));
    graph?.ofText(`E::"gone ${n}"`);
    store.remove(next.uid);
  }
}

describe('a sweep', () => {
  test('drops uids of which nothing is left, and their types', () => {
    const store = new HandleStore(8);
    store.upsert(entity('stays', { a: uid('named') }, ['parent']));
    for (let n = 0; n < 100; n++) store.intern(uid(`${n}`, `T${n}`));
    churn(store);
    expect(store.handleCount).toBeLessThan(30);
    expect(['stays', 'named', 'parent'].map((id) => store.find('E', id)?.id)).toEqual(['stays', 'named', 'parent']);
    expect([store.ofType('T1'), store.find('E', 'gone 1')]).toEqual([undefined, undefined]);
  });

  test('forgets a type that was asked for before, and finds it when it comes again', () => {
    const store = new HandleStore(8);
    for (let n = 0; n < 100; n++) {
      const handle = store.intern(uid('x', `T${n}`));
      expect(store.find(`T${n}`, 'x')).toBe(handle);
    }
    churn(store);
    expect(Array.from({ length: 100 }, (_, n) => store.find(`T${n}`, 'x')).filter(Boolean)).toEqual([]);
    for (let n = 0; n < 100; n++) {
      const handle = store.intern(uid('x', `T${n}`));
      expect([store.find(`T${n}`, 'x'), store.find(`T${n}`, 'y')]).toEqual([handle, undefined]);
    }
  });

  test('drops nothing that values at any depth, tags, parents or programs mention', () => {
    const store = new HandleStore(0);
    const deep = new CedarRecord(new Map<string, Value>([['b', CedarSet.from([uid('deep')])]]));
    store.upsert({ ...entity('x', { a: uid('named'), deep }, ['parent']), tags: new Map([['t', uid('tag')]]) });
    const graph = new Graph(store, NODES);
    const pinned = graph.intern(uid('pinned'));
    const demanded = graph.demanded(uid('demanded'));
    graph.indexKeys.give(demanded, 'eq', 1);
    const action = graph.action(uid('view', 'Action'));
    const x = graph.demanded(uid('x'));
    churn(store, graph);
    for (const id of ['x', 'named', 'deep', 'parent', 'tag', 'pinned', 'demanded'])
      expect(store.find('E', id)?.id, id).toBe(id);
    expect([graph.intern(uid('pinned')), graph.demanded(uid('demanded'))]).toEqual([pinned, demanded]);
    expect([graph.action(uid('view', 'Action')), graph.demanded(uid('x'))]).toEqual([action, x]);
    expect(inEntity(x, graph.demanded(uid('parent')))).toBe(true);
    expect(store.handleCount).toBeLessThan(60);
  });

  test('leaves nothing of them in a graph, whose nodes get the bits of others', () => {
    const store = new HandleStore(8);
    store.upsert(entity('x', { a: CedarSet.from([uid('y')]) }, ['g']));
    const graph = new Graph(store, NODES);
    const other = new Graph(store, NODES);
    const x = graph.demanded(uid('x'));
    other.demanded(uid('x'));
    for (let n = 0; n < 20; n++) churn(store, n % 2 === 0 ? graph : other, 50 * n);
    expect(graph.bitIndexes.nodes.length).toBeLessThan(200);
    expect(graph.named.size + other.named.size).toBeLessThan(200);
    expect(x.$ancestors.list.map(({ $uid }) => $uid!.id)).toEqual(['g']);
  });

  test('makes a handle that somebody kept a uid like any other, which means the same', () => {
    const store = new HandleStore(8);
    const graph = new Graph(store, NODES);
    const handle = store.intern(uid('mine'));
    graph.nodeOf(handle);
    churn(store);
    expect([store.find('E', 'mine'), handle.store, handle.graph, handle.node]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    store.upsert(entity('mine', { a: 1 }, ['g']));
    expect(store.intern(handle)).toBe(store.find('E', 'mine'));
    expect(store.intern(handle)).not.toBe(handle);
    expect(inEntity(graph.resolve(handle), graph.demanded(uid('g')))).toBe(true);
  });

  test('forgets the text of what it drops', () => {
    const store = new HandleStore(8);
    const graph = new Graph(store, NODES);
    store.intern(uid('named'));
    const before = graph.ofText('E::"named"');
    churn(store);
    store.upsert(entity('named'));
    const after = graph.ofText('E::"named"');
    expect(after).toBe(graph.demanded(uid('named')));
    expect(after).not.toBe(before);
  });
});

test('a graph whose policies left more entities behind than they had at first is overgrown', () => {
  const graph = new Graph(new HandleStore(), NODES);
  for (let n = 0; n < 2000; n++) graph.intern(uid(`at first ${n}`));
  expect(graph.isOvergrown).toBe(false);
  graph.begin();
  for (let n = 0; n < 3000; n++) graph.intern(uid(`later ${n}`));
  expect(graph.isOvergrown).toBe(false);
  for (let n = 0; n < 100; n++) graph.indexKeys.give(graph.demanded(uid(`demanded ${n}`)), 'eq', 1);
  expect(graph.isOvergrown).toBe(true);
});
