/**
 * Lookups — the nodes of what requests name are the graph's present ones, also after the store has swept handles.
 */
import { describe, expect, test } from 'vitest';
import { Graph } from '../../../../codegen/runtime/graph/graph.ts';
import { Node } from '../../../../codegen/runtime/graph/node.ts';
import { ACTIONS_COMPARED_AT_MOST } from '../../../../codegen/runtime/limits.ts';
import { HandleStore } from '../../../../codegen/runtime/store/store.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';

const entity = (type: string, id: string) => ({
  uid: new EntityUid(type, id),
  attrs: new Map(),
  parents: [],
  tags: new Map(),
});

/** A store that sweeps soon, and a graph that has met the entity. */
function met(type: string, id: string) {
  const store = new HandleStore(4);
  const graph = new Graph(store, { class: Node, fields: [] });
  store.upsert(entity(type, id));
  const node = graph.resolve(new EntityUid(type, id));
  graph.ofText(`${type}::"${id}"`);
  return { store, graph, node };
}

function sweepAll(store: HandleStore): void {
  for (const handle of [...store.entries()]) store.remove(handle);
  for (let i = 0; i < 20; i++) {
    store.upsert(entity('Other', `${i}`));
    store.remove(new EntityUid('Other', `${i}`));
  }
}

const LOOKUPS = {
  principals: (graph: Graph, type: string, id: string) => graph.principals.find(type, id),
  resources: (graph: Graph, type: string, id: string) => graph.resources.find(type, id),
  'actions by uid': (graph: Graph, type: string, id: string) => graph.actions.ofUid(type, id),
  'actions by text': (graph: Graph, type: string, id: string) => graph.actions.ofText(`${type}::"${id}"`),
};

describe.each(Object.entries(LOOKUPS))('%s', (_, find) => {
  test('are found again and again', () => {
    const { graph, node } = met('E', 'a');
    for (let i = 0; i < 3; i++) expect(find(graph, 'E', 'a')).toBe(node);
    expect(find(graph, 'E', 'b')).toBeUndefined();
    expect(find(graph, 'F', 'a')).toBeUndefined();
    expect(find(graph, 'E', 'a')).toBe(node);
  });

  test('are told apart by type and id', () => {
    const { store, graph, node } = met('E', 'a');
    store.upsert(entity('F', 'a'));
    store.upsert(entity('E', 'b'));
    const others = [new EntityUid('F', 'a'), new EntityUid('E', 'b')];
    for (const { type, id } of others) graph.ofText(`${type}::"${id}"`);
    for (let i = 0; i < 2; i++) {
      expect(find(graph, 'E', 'a')).toBe(node);
      for (const uid of others) expect(find(graph, uid.type, uid.id)).toBe(graph.resolve(uid));
    }
  });

  test('are others after the store has swept them and they come again', () => {
    const { store, graph, node } = met('E', 'a');
    find(graph, 'E', 'a');
    const { epoch } = graph;
    sweepAll(store);
    expect(graph.epoch).not.toBe(epoch);
    expect(find(graph, 'E', 'a')).toBeUndefined();
    store.upsert(entity('E', 'a'));
    const again = graph.ofText('E::"a"');
    expect(again).not.toBe(node);
    for (let i = 0; i < 2; i++) expect(find(graph, 'E', 'a')).toBe(again);
  });

  test('are found however many there are', () => {
    const { store, graph } = met('E', 'a');
    const ids = Array.from({ length: 3 * ACTIONS_COMPARED_AT_MOST }, (_, i) => `${i}`);
    for (const id of ids) store.upsert(entity('E', id));
    const nodes = ids.map((id) => graph.ofText(`E::"${id}"`));
    for (let i = 0; i < 2; i++) expect(ids.map((id) => find(graph, 'E', id))).toEqual(nodes);
  });

  test('are nobody of a graph that was released', () => {
    const { graph } = met('E', 'a');
    find(graph, 'E', 'a');
    graph.release();
    expect(find(graph, 'E', 'a')).toBeUndefined();
  });
});
