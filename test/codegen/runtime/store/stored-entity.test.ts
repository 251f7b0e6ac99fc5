/**
 * Stored entities — that an entity reads as it was given, whatever it shares with others and however many of those there are.
 */
import { describe, expect, test } from 'vitest';
import type { EntityHandle } from '../../../../codegen/runtime/store/entity-handle.ts';
import { HandleStore, plainUid, type Follower as StoreFollower } from '../../../../codegen/runtime/store/store.ts';
import { EntitiesError, type Entity } from '../../../../src/value/entities.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';
import { CedarRecord } from '../../../../src/value/record.ts';
import { CedarSet } from '../../../../src/value/set.ts';
import type { Value } from '../../../../src/value/value.ts';
import { Random } from '../../../arbitrary/random.ts';

class Follower implements StoreFollower {
  broken = false;
  readonly cache = undefined;
  readonly follow: (handle: EntityHandle) => void;

  constructor(follow: (handle: EntityHandle) => void) {
    this.follow = follow;
  }

  pins(): boolean {
    return false;
  }

  forget(): void {}
  release(): void {}
}

function entity(id: string, attrs: Record<string, Value>, tags: Record<string, Value> = {}): Entity {
  const [attributes, tagged] = [attrs, tags].map((values) => new Map(Object.entries(values)));
  return { uid: new EntityUid('E', id), attrs: attributes!, parents: [], tags: tagged! };
}

function expectStored(store: HandleStore, given: Entity): void {
  const stored = store.find('E', given.uid.id)!.entity!;
  expect(stored.written(given.uid)).toEqual(given);
  expect([...stored.attrs.keys()]).toEqual([...given.attrs.keys()]);
  for (const [name, value] of given.attrs) {
    expect(stored.attrs.get(name)).toBe(value);
    expect(stored.attrs.has(name)).toBe(true);
  }
  expect(stored.attrs.get('none')).toBeUndefined();
  expect(stored.attrs.has('none')).toBe(false);
  expect([...stored.tags]).toEqual([...given.tags]);
}

const names = (count: number, prefix = 'a') => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const attrsOf = (count: number, value: (i: number) => Value = (i) => i) =>
  Object.fromEntries(names(count).map((name, i) => [name, value(i)]));

describe('an entity', () => {
  test.each([0, 1, 2, 3, 4, 5, 7, 8, 9, 30])('of %i attributes is given back as it was given', (count) => {
    for (const tags of [{}, { t: 'tag' }, { t: 'tag', a0: CedarSet.from([1]) }]) {
      const store = new HandleStore();
      const all = names(3, 'e').map((id, n) =>
        entity(
          id,
          attrsOf(count, (i) => (i % 2 === 0 ? `text ${n}` : i)),
          tags,
        ),
      );
      for (const each of all) store.upsert(each);
      for (const each of all) expectStored(store, each);
    }
  });

  test('is told from others that have the same names in another order, more of them, or tags', () => {
    const store = new HandleStore();
    const all = [
      entity('1', { a: 1, b: 2 }),
      entity('2', { b: 3, a: 4 }),
      entity('3', { a: 5 }),
      entity('4', { a: 5 }, { b: 6 }),
      entity('5', { a: 5, b: 6 }, { b: 6 }),
      entity('6', { a: 1, b: 2, c: 3 }),
      entity('7', { 'a","b': 1 }),
      entity('8', { a: 7, b: 8 }),
    ];
    for (const each of all) store.upsert(each);
    for (const each of all) expectStored(store, each);
    const layoutOf = (id: string) => store.find('E', id)!.entity!.layout;
    expect(layoutOf('8')).toBe(layoutOf('1'));
    expect(new Set(all.map(({ uid }) => layoutOf(uid.id))).size).toBe(all.length - 1);
  });

  test('keeps its layout and parent set when it gets other values, and no others', () => {
    const store = new HandleStore();
    const parents = names(2, 'parent').map((id) => new EntityUid('E', id));
    const upsert = (attrs: Record<string, Value>, above = parents, tags: Record<string, Value> = {}) => {
      const given = { ...entity('x', attrs, tags), parents: above };
      store.upsert(given);
      store.upsert(entity('other', { c: 1 }));
      expectStored(store, given);
      return store.find('E', 'x')!.entity!;
    };
    const { layout, parentSet } = upsert({ a: 1, b: 2 });
    const next = upsert({ a: 3, b: 'text' });
    expect([next.layout === layout, next.parentSet === parentSet]).toEqual([true, true]);
    const others = [upsert({ b: 1, a: 2 }), upsert({ a: 1, b: 2 }, parents, { t: 1 }), upsert({ a: 1 })];
    expect(others.map((each) => [each.layout === layout, each.parentSet === parentSet])).toEqual(
      others.map(() => [false, true]),
    );
    expect(upsert({ a: 1, b: 2 }, [...parents].reverse()).parentSet).not.toBe(parentSet);
    expect([upsert({ a: 1, b: 2 }).layout, [...upsert({}).parentSet.members()]]).toEqual([
      layout,
      [store.find('E', 'x')],
    ]);
  });

  test('is itself among thousands of different ones', () => {
    const store = new HandleStore();
    const all = names(1500, 'e').map((id, i) => entity(id, { [`only ${i}`]: `text ${i}`, text: `text ${i}` }));
    for (const each of [...all, ...all]) store.upsert(each);
    for (const each of all) expectStored(store, each);
    const alike = names(2000, 'f').map((id, i) => entity(id, { text: `text ${i % 1000}` }));
    for (const each of alike) store.upsert(each);
    for (const each of alike) expectStored(store, each);
  });
});

describe('what a store gives out', () => {
  const given = () =>
    entity(
      'x',
      {
        set: CedarSet.from([1, CedarSet.from([new EntityUid('E', 'deep')])]),
        record: new CedarRecord(new Map<string, Value>([['inner', new CedarRecord(new Map([['a', 1]]))]])),
        uid: new EntityUid('E', 'named'),
      },
      { tag: CedarSet.from([1]) },
    );

  /** Changes all that can be changed in it. */
  function spoil(value: unknown): void {
    if (value instanceof CedarSet) {
      value.elements.forEach(spoil);
      (value.elements as Value[]).push('spoilt');
    } else if (value instanceof CedarRecord) {
      spoil(value.fields);
    } else if (value instanceof Map) {
      value.forEach(spoil);
      value.set('spoilt', true);
    } else if (value instanceof EntityUid) {
      (value as { id: string }).id = 'spoilt';
    } else if (Array.isArray(value)) {
      value.forEach(spoil);
      value.push(new EntityUid('E', 'spoilt'));
    }
  }

  test('may be changed, and nothing changes in the store or in another that is given out', () => {
    const store = new HandleStore();
    store.upsert({ ...given(), parents: [new EntityUid('E', 'parent')] });
    store.upsert(entity('plain', {}));
    const written = (id: string) => store.find('E', id)!.entity!.written(store.find('E', id)!);
    for (const id of ['x', 'plain']) for (const part of Object.values(written(id))) spoil(part);
    expect(written('x')).toEqual({ ...given(), parents: [new EntityUid('E', 'parent')] });
    expect(written('plain')).toEqual(entity('plain', {}));
    expect(() => (store.find('E', 'plain')!.entity!.tags as Map<string, Value>).set('admin', true)).toThrow(TypeError);
    expect(new HandleStore().find('E', 'plain')).toBeUndefined();
  });
});

describe('a store', () => {
  test('knows every entity that the data mention, and counts those it has', () => {
    const store = new HandleStore();
    const uid = (id: string) => new EntityUid('U', id);
    const deep = CedarSet.from([new CedarRecord(new Map<string, Value>([['a', uid('deep')]]))]);
    store.upsert({ ...entity('1', { a: uid('attr'), b: deep }, { t: uid('tag') }), parents: [uid('parent')] });
    expect(['attr', 'deep', 'tag', 'parent'].map((id) => store.find('U', id)?.id)).toEqual([
      'attr',
      'deep',
      'tag',
      'parent',
    ]);
    expect(store.find('U', 'other')).toBeUndefined();
    expect([store.size, [...store.entries()].map(({ id }) => id)]).toEqual([1, ['1']]);
    expect([store.remove(uid('attr')), store.remove(uid('other')), store.size]).toEqual([false, false, 1]);
    expect([store.remove(new EntityUid('E', '1')), store.size, [...store.entries()]]).toEqual([true, 0, []]);
  });

  test('gives the handles of a type, which are uids', () => {
    const store = new HandleStore();
    store.upsert(entity('1', {}));
    const handle = store.ofType('E')?.get('1');
    expect(handle).toBe(store.find('E', '1'));
    expect(store.ofType('U')).toBeUndefined();
  });

  test('makes one set of those that list the same parents in the same order', () => {
    const store = new HandleStore();
    const lists = ['', 'g', 'h', 'gh', 'hg', 'gi', 'ghi', 'gg'];
    const all = names(40, '').map((id, i) => ({ id, list: lists[i % lists.length]! }));
    for (const { id, list } of all)
      store.upsert({ ...entity(id, {}), parents: [...list].map((parent) => new EntityUid('G', parent)) });
    const setOf = (id: string) => store.find('E', id)!.entity!.parentSet;
    for (const one of all) {
      for (const other of all) expect(setOf(one.id) === setOf(other.id)).toBe(one.list === other.list);
      expect(setOf(one.id).parents.map(({ id }) => id)).toEqual([...one.list]);
    }
  });

  test('takes its own handles for what they are, and makes its own of others', () => {
    const [one, other] = [new HandleStore(), new HandleStore()];
    const handle = one.intern(new EntityUid('U', 'a'));
    expect(one.intern(handle)).toBe(handle);
    expect(other.intern(handle)).not.toBe(handle);
    expect(other.intern(handle)).toBe(other.find('U', 'a'));
  });

  test('tells its followers until they leave', () => {
    const store = new HandleStore();
    const told: string[] = [];
    const follower = new Follower(({ id }) => told.push(id));
    store.attach(follower);
    store.upsert(entity('1', {}));
    store.remove(new EntityUid('E', '1'));
    store.detach(follower);
    store.upsert(entity('2', {}));
    expect(told).toEqual(['1', '1']);
  });

  test('refuses an entity above itself, and keeps what it had', () => {
    const store = new HandleStore();
    const uid = (id: string) => new EntityUid('E', id);
    const under = (id: string, ...parents: string[]): Entity => ({ ...entity(id, {}), parents: parents.map(uid) });
    expect(() => store.upsert(under('a', 'b', 'a'))).toThrow(EntitiesError);
    expect(store.size).toBe(0);
    for (const each of [under('a', 'b', 'c'), under('b', 'd'), under('c', 'd')]) store.upsert(each);
    expect(() => store.upsert(under('d', 'e', 'a'))).toThrow('d');
    store.upsert(under('d', 'e'));
    expect(store.find('E', 'd')!.entity!.parents.map(({ id }) => id)).toEqual(['e']);
  });

  test('knows who lists whom after every change', () => {
    const random = new Random(3);
    const store = new HandleStore();
    const parents = new Map<string, readonly string[]>();
    const ids = names(20, '');
    for (let step = 0; step < 600; step++) {
      const i = random.int(ids.length);
      const id = ids[i]!;
      if (random.chance(25)) {
        store.remove(new EntityUid('E', id));
        parents.delete(id);
      } else {
        // Always later ones, so that there are no cycles; few lists, so that some are shared.
        const list = random.list(0, 3, () => ids[Math.min(19, i + 1 + random.int(4))]!).filter((each) => each !== id);
        store.upsert({ ...entity(id, {}), parents: list.map((each) => new EntityUid('E', each)) });
        parents.set(id, list);
      }
      for (const each of random.some(ids, 20)) expectBelow(store, parents, each);
    }
  });
});

function expectBelow(store: HandleStore, parents: ReadonlyMap<string, readonly string[]>, id: string): void {
  const handle = store.find('E', id);
  const sets = handle === undefined ? [] : [...store.below(handle)];
  const members = sets.flatMap((each) => [...each.members()]).map((each: EntityHandle) => each.id);
  const expected = [...parents].filter(([, list]) => list.includes(id)).map(([below]) => below);
  expect(members.sort()).toEqual(expected.sort());
}

test.each([
  ['User::"alice"', 'User', 'alice'],
  ['A::B_9::"x"', 'A::B_9', 'x'],
  ['_::""', '_', ''],
  ['U::"a::b"', 'U', 'a::b'],
  ['U:: "a"', undefined, undefined],
  ['U::"a', undefined, undefined],
  ['U::"', undefined, undefined],
  ['::"a"', undefined, undefined],
  ['"a"', undefined, undefined],
  ['', undefined, undefined],
  [' U::"a"', undefined, undefined],
  ['U::"a" ', undefined, undefined],
  ['9::"a"', undefined, undefined],
  ['A::9::"a"', undefined, undefined],
  ['A::::"a"', undefined, undefined],
  ['A B::"a"', undefined, undefined],
  ['U::"a"b"', undefined, undefined],
  ['U::"a\\n"', undefined, undefined],
  ['U::"a\r"', undefined, undefined],
])('%j is plainly the uid of type %j and id %j', (text, type, id) => {
  const uid = plainUid(text);
  expect([uid?.type, uid?.id]).toEqual([type, id]);
});
