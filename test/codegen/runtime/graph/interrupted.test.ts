/**
 * Interrupted — wherever the stack ends in a change or in the making of nodes, the store has the whole change or nothing of it, and a graph answers
 * right or says that it is broken.
 *
 * The stack ends at another call each time: the operation begins a few frames nearer to the end than the last time.
 */
import { describe, expect, test } from 'vitest';
import { Graph } from '../../../../codegen/runtime/graph/graph.ts';
import { inEntity, Node } from '../../../../codegen/runtime/graph/node.ts';
import type { EntityHandle } from '../../../../codegen/runtime/store/entity-handle.ts';
import { type Follower, HandleStore } from '../../../../codegen/runtime/store/store.ts';
import { Entities, type Entity } from '../../../../src/value/entities.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';
import { CedarRecord } from '../../../../src/value/record.ts';
import { CedarSet } from '../../../../src/value/set.ts';
import { Unknown } from '../../../../src/value/unknown.ts';
import type { Value } from '../../../../src/value/value.ts';
import { Random } from '../../../arbitrary/random.ts';
import { runsOf } from '../../../property/holds.ts';

const NODES = { class: class extends Node {}, fields: [['a', '_a']] } as const;
const IDS = [...'abcdefgh'];
const uid = (id: string) => new EntityUid('E', id);

function entity(id: string, parents: readonly string[], a?: Value): Entity {
  return {
    uid: uid(id),
    attrs: new Map(a === undefined ? [] : [['a', a]]),
    parents: parents.map(uid),
    tags: new Map(),
  };
}

/** Calls `work` this many frames further down. */
function dive(frames: number, work: () => void): void {
  if (frames === 0) work();
  else dive(frames - 1, work);
}

/** The change or the question, and whether it was interrupted. */
function interrupts(frames: number, work: () => void): boolean {
  try {
    dive(frames, work);
    return false;
  } catch (error) {
    if (error instanceof RangeError) return true;
    throw error;
  }
}

/** How many frames of `dive` fit on the stack, which changes as V8 optimizes it. */
function depthOfStack(): number {
  let [low, high] = [0, 1 << 17];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (interrupts(middle, () => {})) high = middle;
    else low = middle;
  }
  return low;
}

interface Change {
  readonly id: string;
  readonly next: Entity | undefined;
}

class Trial {
  readonly #random: Random;
  readonly #store = new HandleStore(2);
  readonly #data = new Map<string, Entity>();
  readonly caches = [{ entities: {} as unknown }, { entities: {} as unknown }];
  #graphs: Graph[] = [];
  interrupted = 0;
  broken = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
    for (const id of IDS) this.#note({ id, next: entity(id, []) });
    for (const each of this.#data.values()) this.#store.upsert(each);
    this.#bind();
  }

  /** One change and one question, each begun that near to the end of the stack. */
  step(frames: number): void {
    const change = this.#change();
    const { next } = change;
    const make = () => (next === undefined ? void this.#store.remove(uid(change.id)) : this.#store.upsert(next));
    if (interrupts(frames, make)) this.interrupted++;
    else this.#note(change);
    this.#check();
    // A new one has no nodes yet.
    this.#graphs.pop()!.release();
    this.#bind();
    const graph = this.#graphs[1]!;
    if (interrupts(frames, () => void graph.demanded(uid(this.#random.pick(IDS))))) this.interrupted++;
    this.#check();
  }

  /** No cycle: parents stand later. */
  #change(): Change {
    const random = this.#random;
    const i = random.int(IDS.length);
    const id = IDS[i]!;
    if (random.chance(25)) return { id, next: undefined };
    const parents = random.some(IDS.slice(i + 1), 40);
    const named = random.some(IDS, 30).map(uid);
    const values = [undefined, 1, CedarSet.from(named), new CedarRecord(new Map([['a', CedarSet.from(named)]]))];
    return { id, next: entity(id, parents, random.pick(values)) };
  }

  #note({ id, next }: Change): void {
    if (next === undefined) this.#data.delete(id);
    else this.#data.set(id, next);
  }

  #bind(): void {
    this.#graphs = this.caches.map((cache, i) => {
      const known = this.#graphs[i];
      if (known !== undefined && !known.broken) return known;
      known?.release();
      cache.entities = this.#store;
      return new Graph(this.#store, NODES, { cache });
    });
  }

  /** With stack enough, everything is as the data say, which were changed only by what was not interrupted. */
  #check(): void {
    const stored = [...this.#store.entries()].map((handle) => handle.entity!.written(handle));
    expect(new Map(stored.map((each) => [each.uid.id, each]))).toEqual(this.#data);
    for (const [i, graph] of this.#graphs.entries()) {
      expect(this.caches[i]!.entities === undefined).toBe(graph.broken);
      if (!graph.broken) continue;
      this.broken++;
      expect(() => graph.begin()).toThrow('broken');
    }
    this.#bind();
    const entities = Entities.from(this.#data.values());
    for (const graph of this.#graphs) for (const id of IDS) this.#checkNode(graph, id, entities);
  }

  #checkNode(graph: Graph, id: string, entities: Entities): void {
    const node = graph.demanded(uid(id));
    const known = entities.get(uid(id));
    for (const other of IDS) {
      const above = graph.demanded(uid(other));
      const isIn = other === id || known?.ancestors.has(uid(other).key) === true;
      if (inEntity(node, above) !== isIn) throw new Error(`${id} in ${other}`);
    }
    const field = (node as unknown as { _a: unknown })._a;
    if ((field === undefined) !== (known?.attrs.get('a') === undefined)) throw new Error(`attribute of ${id}`);
  }
}

/** An operation has some dozen frames at most, of `dive`'s size. */
const FRAMES = 40;
const STEPS = 12;

describe('a full stack', () => {
  test.each([1, 2, 3])('interrupts nothing half-way (%i)', (seed) => {
    const trial = new Trial(seed);
    for (let n = 0; n < runsOf(STEPS); n++) {
      const depth = depthOfStack();
      for (let left = 0; left < FRAMES; left++) trial.step(depth - left);
    }
    expect(trial.interrupted).toBeGreaterThan(20);
    expect(trial.broken).toBeGreaterThan(0);
  });
});

/** Counts what it is told, and fails if it is asked to. */
class Listener implements Follower {
  broken = false;
  readonly cache = { entities: {} as unknown };
  readonly #fails: boolean;
  told: string[] = [];
  released = 0;

  constructor(fails: boolean) {
    this.#fails = fails;
  }

  follow({ id }: EntityHandle): void {
    this.told.push(id);
    if (this.#fails) throw new Error('cannot follow');
  }

  pins(): boolean {
    return false;
  }

  forget(): void {}

  release(): void {
    this.released++;
    throw new Error('cannot even be released');
  }
}

test('a follower that fails is broken and told nothing more; the change is complete, and the others are told', () => {
  const store = new HandleStore();
  const [before, failing, after] = [new Listener(false), new Listener(true), new Listener(false)];
  for (const each of [before, failing, after]) store.attach(each);
  store.upsert(entity('a', ['b']));
  expect(store.find('E', 'a')!.entity!.parents.map(({ id }) => id)).toEqual(['b']);
  expect([failing.told, failing.broken, failing.cache.entities]).toEqual([['a'], true, undefined]);
  expect([before.told, after.told]).toEqual([['a'], ['a']]);
  store.remove(uid('a'));
  expect(failing.told).toEqual(['a']);
});

test('a graph that cannot follow is broken, and its engine does not find it any more', () => {
  const store = new HandleStore();
  store.upsert(entity('a', []));
  const caches = [{ entities: store as unknown }, { entities: store as unknown }];
  const [met, other] = caches.map((cache) => new Graph(store, NODES, { cache }));
  met!.intern(uid('a'));
  store.upsert(entity('a', [], new Unknown('never in a store')));
  expect([met!.broken, other!.broken]).toEqual([true, false]);
  expect(caches.map(({ entities }) => entities)).toEqual([undefined, store]);
  expect(store.followerCount).toBe(1);
  expect(() => other!.intern(uid('a'))).toThrow('unknown');
  expect([other!.broken, caches[1]!.entities]).toEqual([true, undefined]);
});

test('a graph that is released gives its nodes back, and answers nothing more', () => {
  const store = new HandleStore();
  store.upsert(entity('a', ['b']));
  const [one, other] = [new Graph(store, NODES), new Graph(store, NODES)];
  for (const graph of [one, other]) graph.intern(uid('a'));
  one.release();
  expect([...store.ofType('E')!.values()].map(({ graph, node }) => [graph === store, node])).toEqual([
    [true, undefined],
    [true, undefined],
  ]);
  expect(() => one.begin()).toThrow('released');
  expect(inEntity(other.intern(uid('a')), other.intern(uid('b')))).toBe(true);
  expect(store.followerCount).toBe(1);
});
