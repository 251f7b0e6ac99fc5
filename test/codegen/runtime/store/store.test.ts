/**
 * Store and graph — ancestors that parent set share stay right while groups change at any level.
 */
import { describe, expect, test } from 'vitest';
import { Graph } from '../../../../codegen/runtime/graph/graph.ts';
import { inEntity, Node } from '../../../../codegen/runtime/graph/node.ts';
import { HandleStore } from '../../../../codegen/runtime/store/store.ts';
import { EntitiesError, type Entity } from '../../../../src/value/entities.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';
import { CedarSet } from '../../../../src/value/set.ts';
import type { Value } from '../../../../src/value/value.ts';
import { Random } from '../../../arbitrary/random.ts';
import { runsOf } from '../../../property/holds.ts';

const ENTITIES = 24;
const uids = Array.from({ length: ENTITIES }, (_, i) => new EntityUid('E', `${i}`));

function entity(uid: EntityUid, parents: readonly EntityUid[], attrs: Record<string, Value> = {}): Entity {
  return { uid, attrs: new Map(Object.entries(attrs)), parents, tags: new Map() };
}

/** The ancestors by the parents alone, climbed for each question. */
function above(parents: ReadonlyMap<string, readonly EntityUid[]>, id: string): Set<string> {
  const found = new Set<string>();
  const open = [id];
  for (let below = open.pop(); below !== undefined; below = open.pop()) {
    for (const parent of parents.get(below) ?? []) {
      if (found.has(parent.id)) continue;
      found.add(parent.id);
      open.push(parent.id);
    }
  }
  return found;
}

function graphOf(store: HandleStore): Graph {
  const graph = new Graph(store, { class: class extends Node {}, fields: [] });
  return graph;
}

function expectAncestors(graph: Graph, parents: ReadonlyMap<string, readonly EntityUid[]>): void {
  for (const uid of uids) {
    const expected = above(parents, uid.id);
    const node = graph.intern(uid);
    expect(node.$ancestors.list.map(({ $uid }) => $uid!.id).sort()).toEqual([...expected].sort());
    for (const other of uids) {
      expect(inEntity(node, graph.intern(other))).toBe(other === uid || expected.has(other.id));
    }
  }
}

describe('store and graph', () => {
  for (let seed = 0; seed < Math.min(12, runsOf(12)); seed++) {
    test(`ancestors are those of a climb after every change (${seed})`, () => {
      const random = new Random(seed);
      const store = new HandleStore();
      const parents = new Map<string, readonly EntityUid[]>();
      // One graph from the beginning, and one that is bound in the middle.
      const graphs = [graphOf(store)];
      for (let step = 0; step < 120; step++) {
        const uid = random.pick(uids);
        if (random.chance(15)) {
          expect(store.remove(uid)).toBe(parents.delete(uid.id));
        } else {
          // Few lists of parents, so that many entities are parent set; those of one entity may repeat.
          const list = random.list(0, 3, () => uids[random.int(6)]!);
          const loops = list.some(({ id }) => id === uid.id || above(parents, id).has(uid.id));
          if (loops) expect(() => store.upsert(entity(uid, list))).toThrow(EntitiesError);
          else store.upsert(entity(uid, list));
          if (!loops) parents.set(uid.id, list);
        }
        if (step === 60) graphs.push(graphOf(store));
        if (step % 4 === 0) for (const graph of graphs) expectAncestors(graph, parents);
      }
      expect(store.size).toBe(parents.size);
    });
  }

  test('entities of the same parents share one set of ancestors, until one moves', () => {
    const store = new HandleStore();
    const [a, b, c, group, other, root] = uids as [EntityUid, EntityUid, EntityUid, EntityUid, EntityUid, EntityUid];
    for (const uid of [a, b, c]) store.upsert(entity(uid, [group]));
    const graph = graphOf(store);
    const ancestorsOf = (uid: EntityUid) => graph.intern(uid).$ancestors;
    expect(ancestorsOf(a)).toBe(ancestorsOf(b));
    const before = ancestorsOf(a);
    store.upsert(entity(c, [other]));
    expect(ancestorsOf(a)).toBe(before);
    expect(ancestorsOf(c).list).toEqual([graph.intern(other)]);
    store.upsert(entity(group, [root]));
    expect(ancestorsOf(a)).toBe(ancestorsOf(b));
    expect(ancestorsOf(a).list).toContain(graph.intern(root));
    expect(ancestorsOf(c).list).not.toContain(graph.intern(root));
  });

  test('an entity is given back as it was given, whatever its layout', () => {
    const store = new HandleStore();
    const given = Array.from({ length: 12 }, (_, n): Entity => {
      const names = Array.from({ length: n }, (_, i) => (i === 3 ? '__proto__' : `${i}`));
      const attrs = new Map<string, Value>(names.map((name, i) => [name, i % 2 === 0 ? `text ${i}` : uids[i]!]));
      const tags = new Map<string, Value>(n % 3 === 0 ? [['tag', CedarSet.from([n])]] : []);
      return { uid: uids[n]!, attrs, parents: uids.slice(n + 1, n + 1 + (n % 4)), tags };
    });
    for (const each of given) store.upsert(each);
    for (const each of given) {
      const handle = store.intern(each.uid);
      expect(handle.entity!.written(handle)).toEqual(each);
      for (const [name, value] of each.attrs) expect(handle.entity!.attrs.get(name)).toBe(value);
      expect(handle.entity!.attrs.has('none')).toBe(false);
    }
  });

  test('two graphs that ask by turns each keep their own node', () => {
    const store = new HandleStore();
    const handle = store.intern(uids[0]!);
    const [one, two] = [graphOf(store), graphOf(store)];
    const [first, second] = [one.nodeOf(handle), two.nodeOf(handle)];
    expect(first).not.toBe(second);
    for (let i = 0; i < 3; i++) {
      expect(one.nodeOf(handle)).toBe(first);
      expect(two.nodeOf(handle)).toBe(second);
      expect(one.owns(first) && two.owns(second)).toBe(true);
      expect(one.owns(second) || two.owns(first)).toBe(false);
    }
    one.release();
    expect(two.nodeOf(handle)).toBe(second);
  });
});

test('a store whose entities are exchanged again and again keeps no handles of those that are gone', () => {
  const store = new HandleStore(16);
  const entityOf = (n: number) => ({ uid: new EntityUid('E', `${n}`), attrs: new Map(), parents: [], tags: new Map() });
  for (let n = 1; n < 500; n++) store.exchange([new EntityUid('E', `${n - 1}`)], [entityOf(n)]);
  expect(store.size).toBe(1);
  expect(store.handleCount).toBeLessThan(40);
});
