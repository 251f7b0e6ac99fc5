/**
 * Incremental maintenance — after any changes, whatever was asked in between, every graph of a store says what the data say.
 *
 * Few names and short runs: what is wrong only for a while, or only for what was never asked about, is found where the same few sets of parents come and
 * go. What is asked in between differs from run to run, down to nothing at all.
 */
import { describe, expect, test } from 'vitest';
import type { RuntimeSet } from '../../../../codegen/runtime/evaluate/runtime-value.ts';
import { Graph } from '../../../../codegen/runtime/graph/graph.ts';
import { inEntity, Node } from '../../../../codegen/runtime/graph/node.ts';
import type { EntityHandle } from '../../../../codegen/runtime/store/entity-handle.ts';
import { HandleStore } from '../../../../codegen/runtime/store/store.ts';
import { Entities, EntitiesError, type Entity } from '../../../../src/value/entities.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';
import { CedarSet } from '../../../../src/value/set.ts';
import type { Value } from '../../../../src/value/value.ts';
import { Random } from '../../../arbitrary/random.ts';
import { runsOf } from '../../../property/holds.ts';

class PolicyNode extends Node {
  _a: unknown = undefined;
}

const NODES = { class: PolicyNode, fields: [['a', '_a']] } as const;

/** What is asked about between two changes. */
type Asked = 'all' | 'some' | 'nothing';

class ErrorLog {
  readonly #random: Random;
  readonly #uids: readonly EntityUid[];
  readonly #asked: Asked;
  readonly store: HandleStore;
  readonly #data = new Map<string, Entity>();
  readonly #graphs: Graph[] = [];
  /** Lists of parents that come again and again. */
  readonly #lists: readonly (readonly EntityUid[])[];
  readonly script: string[] = [];

  constructor(seed: number) {
    this.#random = new Random(seed);
    const random = this.#random;
    // With sweeps after every few changes in half of the runs.
    this.store = random.chance(50) ? new HandleStore() : new HandleStore(random.int(2));
    this.#uids = Array.from({ length: 4 + random.int(3) }, (_, i) => new EntityUid('E', 'abcdefg'[i]!));
    this.#lists = random.list(1, 2, () => random.list(1, 2, () => this.#above(1)));
    this.#asked = (['all', 'some', 'some', 'some', 'nothing'] as const)[random.int(5)]!;
    this.#bind();
  }

  go(steps: number): void {
    for (let step = 0; step < steps; step++) {
      this.#change();
      if (this.#random.chance(4)) this.#rebind();
      if (this.#asked === 'nothing') continue;
      for (const uid of this.#asked === 'all' ? this.#uids : this.#random.some(this.#uids, 20)) this.#ask(uid);
    }
    for (const uid of this.#uids) this.#ask(uid);
  }

  #change(): void {
    const uid = this.#any();
    if (this.#random.chance(30)) {
      this.script.push(`remove ${uid.id}`);
      this.store.remove(uid);
      this.#data.delete(uid.key);
      return;
    }
    const random = this.#random;
    const from = this.#uids.indexOf(uid);
    const parents = random.chance(60)
      ? this.#lists[random.int(this.#lists.length)]!
      : random.list(0, 2, () => (random.chance(80) ? this.#above(from) : this.#any()));
    const attrs = new Map<string, Value>(random.chance(40) ? [['a', this.#value()]] : []);
    const tags = new Map<string, Value>(random.chance(20) ? [['t', this.#value()]] : []);
    const entity = { uid, attrs, parents, tags };
    const next = new Map(this.#data).set(uid.key, entity);
    this.script.push(`upsert ${uid.id} [${parents.map(({ id }) => id)}]`);
    if (isCyclic(next)) {
      this.#require(
        refuses(() => this.store.upsert(entity)),
        'refuses a cycle',
      );
    } else {
      this.store.upsert(entity);
      this.#data.set(uid.key, entity);
    }
  }

  #value(): Value {
    const uids = this.#random.list(0, 3, () => this.#any());
    return this.#random.chance(50) ? this.#random.int(3) : CedarSet.from(uids);
  }

  #any(): EntityUid {
    return this.#uids[this.#random.int(this.#uids.length)]!;
  }

  /** One that stands later, if there is any: most lists of parents should make no cycle. */
  #above(i: number): EntityUid {
    const next = Math.min(i + 1, this.#uids.length - 1);
    return this.#uids[next + this.#random.int(this.#uids.length - next)]!;
  }

  #bind(): void {
    const count = 1 + this.#random.int(3);
    while (this.#graphs.length < count) this.#graphs.push(new Graph(this.store, NODES));
  }

  #rebind(): void {
    this.script.push('rebind');
    this.#graphs.shift()!.release();
    this.#bind();
  }

  #ask(uid: EntityUid): void {
    const graph = this.#graphs[this.#random.int(this.#graphs.length)]!;
    this.script.push(`ask ${uid.id} of ${this.#graphs.indexOf(graph)}`);
    const node = graph.demanded(uid) as PolicyNode;
    const entities = Entities.from(this.#data.values());
    const known = entities.get(uid);
    const ancestors = known?.ancestors ?? new Set<string>();
    this.#require(!graph.broken, 'is not broken');
    const { list, size } = node.$ancestors;
    this.#require(size === ancestors.size && list.every(({ $uid }) => ancestors.has($uid!.key)), 'has its ancestors');
    for (const other of this.#uids) {
      const above = metBefore(graph, this.store.find(other.type, other.id));
      // Who asks about all of them would leave nothing that was never asked about.
      if (above === undefined) continue;
      const isIn = other === uid || ancestors.has(other.key);
      this.#require(inEntity(node, above) === isIn, `in ${other.id}`);
      this.#askSet(node._a as RuntimeSet | undefined, known?.attrs.get('a'), above, entities);
    }
    this.#require((graph.tag(node, 't') !== undefined) === (known?.tags.has('t') ?? false), 'has its tag');
  }

  /** The attribute, as a set that holds the node or what is above it. */
  #askSet(field: RuntimeSet | undefined, value: Value | undefined, node: Node, entities: Entities): void {
    if (!(value instanceof CedarSet)) {
      this.#require(field === (value as unknown), 'has its attribute');
      return;
    }
    const uid = node.$uid!;
    this.#require(field!.has(node) === value.has(uid), `set contains ${uid.id}`);
    const ancestors = entities.get(uid)?.ancestors;
    const isIn = value.elements.some(
      (each) => uid.equals(each as EntityUid) || ancestors?.has((each as EntityUid).key),
    );
    const { $bit, $mask, $ancestors } = node;
    this.#require(field!.hasOrIsAbove(node, $bit, $mask, $ancestors) === isIn, `set is above ${uid.id}`);
  }

  /** Cheaper than an assertion, of which there would be millions. */
  #require(holds: boolean, what: string): void {
    if (!holds) throw new Error(`${what}: wrong after ${this.script.join('; ')}`);
  }
}

/** The node that the graph has already. */
function metBefore(graph: Graph, handle: EntityHandle | undefined): Node | undefined {
  if (handle === undefined) return undefined;
  return handle.graph === graph ? handle.node : graph.named.get(handle);
}

function refuses(change: () => void): boolean {
  try {
    change();
    return false;
  } catch (error) {
    return error instanceof EntitiesError;
  }
}

function isCyclic(data: ReadonlyMap<string, Entity>): boolean {
  return refuses(() => Entities.from(data.values()));
}

describe('every graph says what the data say', () => {
  for (let batch = 0; batch < 4; batch++) {
    test(`after any changes, whatever was asked in between (${batch})`, () => {
      for (let n = 0; n < runsOf(500); n++) new ErrorLog(batch * 1_000_000 + n).go(40);
    });
  }
});

test('a list of parents that everybody left does not come back with the ancestors it had', () => {
  const store = new HandleStore();
  const graph = new Graph(store, NODES);
  const uid = (id: string) => new EntityUid('E', id);
  const put = (id: string, ...parents: string[]) =>
    store.upsert({ uid: uid(id), attrs: new Map(), parents: parents.map(uid), tags: new Map() });
  put('admins');
  put('A', 'admins');
  put('B');
  put('e1', 'A', 'B');
  put('e2', 'A', 'B');
  const admins = graph.intern(uid('admins'));
  expect(inEntity(graph.demanded(uid('e1')), admins)).toBe(true);
  put('e1');
  store.remove(uid('e2'));
  put('A');
  put('e3', 'A', 'B');
  expect(inEntity(graph.demanded(uid('e3')), admins)).toBe(false);
});
