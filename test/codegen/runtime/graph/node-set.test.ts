/**
 * Node sets — that words of bits, near one another or far apart, say the same as a set of nodes.
 */
import { describe, expect, test } from 'vitest';
import { bitOf, NO_BIT, wordOf } from '../../../../codegen/runtime/graph/bit-index.ts';
import { BitIndexes } from '../../../../codegen/runtime/graph/bit-indexes.ts';
import { Node } from '../../../../codegen/runtime/graph/node.ts';
import { NodeSet, pack } from '../../../../codegen/runtime/graph/node-set.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';
import { Random } from '../../../arbitrary/random.ts';

/** Nodes with places, in the order of them. */
function withBits(count: number): readonly [nodes: readonly Node[], bitIndexes: BitIndexes<Node>] {
  const bitIndexes = new BitIndexes<Node>(true);
  const nodes = Array.from({ length: count }, (_, i) => new Node(new EntityUid('E', `${i}`), undefined));
  for (const node of nodes) bitIndexes.give(node);
  return [nodes, bitIndexes];
}

describe('bitIndexes', () => {
  test('are all different, and lead back to their nodes', () => {
    const [nodes, bitIndexes] = withBits(200);
    expect(new Set(nodes.map(({ $bit }) => `${wordOf($bit)} ${bitOf($bit)}`)).size).toBe(200);
    for (const node of nodes) expect(bitIndexes.at(wordOf(node.$bit), bitOf(node.$bit))).toBe(node);
  });

  test('have one of thirty bits, and not that of an entity without a bit', () => {
    for (const { $bit } of withBits(200)[0]) {
      const bit = bitOf($bit);
      expect([bit > 0, bit < 2 ** 30, bit & (bit - 1), bit & bitOf(NO_BIT)]).toEqual([true, true, 0, 0]);
    }
  });

  test('are given once, and groups are counted once', () => {
    const [[node], bitIndexes] = withBits(1);
    const { $bit } = node!;
    bitIndexes.give(node!);
    expect([bitIndexes.nodes, bitIndexes.isGroup(node!)]).toEqual([[node], false]);
    expect([bitIndexes.ofGroup(node!), bitIndexes.ofGroup(node!), node!.$bit]).toEqual([
      bitOf($bit),
      bitOf($bit),
      $bit,
    ]);
    expect([bitIndexes.groups, bitIndexes.isGroup(node!), bitIndexes.nodes.length]).toEqual([1, true, 1]);
  });

  test('of nodes that come and go are not remembered', () => {
    const bitIndexes = new BitIndexes<Node>(false);
    const node = new Node(new EntityUid('E', ''), undefined);
    expect(bitIndexes.isGroup(node)).toBe(false);
    expect(bitIndexes.ofGroup(node)).toBe(bitOf(node.$bit));
    expect([node.$bit === NO_BIT, bitIndexes.isGroup(node)]).toEqual([false, true]);
    expect(bitIndexes.nodes).toEqual([]);
  });

  test('that are given back go to others, and make no group of them', () => {
    const [[group, node], bitIndexes] = withBits(2);
    bitIndexes.ofGroup(group!);
    const { $bit } = group!;
    bitIndexes.free(group!);
    const next = new Node(new EntityUid('E', 'next'), undefined);
    bitIndexes.give(next);
    expect([group!.$bit, next.$bit, bitIndexes.isGroup(next)]).toEqual([NO_BIT, $bit, false]);
    expect(bitIndexes.nodes).toEqual([next, node]);
    expect([bitIndexes.ofGroup(next), bitIndexes.groups]).toEqual([bitOf($bit), 2]);
  });
});

describe('words', () => {
  const inWords = (words: ReturnType<typeof pack>, { $bit }: Node) =>
    ((words!.words[wordOf($bit) - words!.first] ?? 0) & bitOf($bit)) !== 0;

  test('have the bits of their nodes and no others', () => {
    const [nodes] = withBits(200);
    const random = new Random(1);
    for (let round = 0; round < 50; round++) {
      const some = random.some(nodes.slice(random.int(100), 100 + random.int(100)), 30);
      const words = pack(some)!;
      for (const node of nodes) expect(inWords(words, node)).toBe(some.includes(node));
    }
  });

  test('of nothing are none', () => expect(pack([])).toEqual({ words: [], first: 0 }));

  test('are as few as their nodes need, if that is no more than two for each and four', () => {
    const [nodes] = withBits(30 * 20);
    const at = (...words: number[]) => pack(words.map((word) => nodes[30 * word]!));
    expect(at(7)).toEqual({ words: [1], first: 7 });
    expect(at(9, 7)).toEqual({ words: [1, 0, 1], first: 7 });
    expect(at(3, 10)).toMatchObject({ first: 3, words: { length: 8 } });
    expect(at(3, 11)).toBeUndefined();
    expect(at(3, 11, 12)).toMatchObject({ words: { length: 10 } });
    expect(at(3, 11, 13)).toBeUndefined();
  });
});

describe('a node set', () => {
  /** Each has some of those before as parents: near ones, far ones, or both. */
  function hierarchy(random: Random, spread: number): readonly [nodes: readonly Node[], above: readonly Set<Node>[]] {
    const [nodes, bitIndexes] = withBits(spread * 40);
    const few = nodes.filter((_, i) => i % spread === 0);
    const above: Set<Node>[] = [];
    for (const [i, node] of few.entries()) {
      const parents = random.list(0, 3, () => few[random.int(Math.max(1, i))]!).filter((each) => each !== node);
      const all = new Set(parents.flatMap((parent) => [parent, ...above[few.indexOf(parent)]!]));
      above.push(all);
      node.$ancestors = parents.length === 0 ? NodeSet.none : NodeSet.above(parents, bitIndexes);
    }
    return [few, above];
  }

  test.each([1, 7, 30, 90, 300])('has the parents and all that are above them, %i bitIndexes apart', (spread) => {
    for (let seed = 0; seed < 5; seed++) {
      const [nodes, above] = hierarchy(new Random(seed), spread);
      for (const [i, { $ancestors }] of nodes.entries()) {
        for (const node of nodes) expect(has($ancestors, node)).toBe(above[i]!.has(node));
        expect(new Set($ancestors.list)).toEqual(above[i]);
        expect($ancestors.list).toHaveLength(above[i]!.size);
        expect($ancestors.list).toBe($ancestors.list);
      }
    }
  });

  test.each([1, 7, 30, 90, 300])('meets nodes if it has one of them, %i bitIndexes apart', (spread) => {
    for (let seed = 0; seed < 5; seed++) {
      const random = new Random(seed);
      const [nodes, above] = hierarchy(random, spread);
      for (const [i, { $ancestors }] of nodes.entries()) {
        const some = random.list(0, 4, () => random.pick(nodes));
        const expected = some.some((node) => above[i]!.has(node));
        expect([$ancestors.meets(some, pack(some)), $ancestors.meets(some, undefined)]).toEqual([expected, expected]);
      }
    }
  });

  test('of nodes without bitIndexes has just them', () => {
    const [a, b] = ['a', 'b'].map((id) => new Node(new EntityUid('E', id), undefined));
    const set = NodeSet.of(new Set([a!]));
    expect([has(set, a!), has(set, b!), set.list]).toEqual([true, false, [a]]);
    expect(NodeSet.of(new Set<Node>())).toBe(NodeSet.none);
    expect([has(NodeSet.none, a!), NodeSet.none.list]).toEqual([false, []]);
  });
});

function has(set: NodeSet<Node>, node: Node): boolean {
  return set.has(node, node.$bit);
}

describe('layers', () => {
  /** Entity `i` is below these. */
  const SHAPES: Readonly<Record<string, (i: number) => readonly number[]>> = {
    'a chain': (i) => [i - 1],
    'a chain with short cuts': (i) => [i - 1, (i * 7919) % i],
    'two chains that meet now and then': (i) => (i % 500 === 0 ? [i - 1, i - 2] : [Math.max(0, i - 2)]),
    'rows of fifty': (i) => (i < 50 ? [] : [0, 17, 33].map((k) => i - (i % 50) - 50 + ((i + k) % 50))),
  };

  test.each(Object.keys(SHAPES))('of %s say what sets say', (name) => {
    const COUNT = 2500;
    const [nodes, bitIndexes] = withBits(COUNT);
    const above = nodes.map(() => new Set<number>());
    for (let i = 1; i < COUNT; i++) {
      const parents = SHAPES[name]!(i).filter((parent) => parent < i);
      nodes[i]!.$ancestors =
        parents.length === 0
          ? NodeSet.none
          : NodeSet.above(
              parents.map((j) => nodes[j]!),
              bitIndexes,
            );
      for (const parent of parents) for (const each of [parent, ...above[parent]!]) above[i]!.add(each);
      if (i % 97 !== 0 && i < COUNT - 3) continue;
      const { $ancestors } = nodes[i]!;
      expect($ancestors.size).toBe(above[i]!.size);
      expect(new Set($ancestors.list.map(({ $uid }) => Number($uid!.id)))).toEqual(above[i]);
      const wrong = nodes.findIndex((node, j) => $ancestors.has(node, node.$bit) !== above[i]!.has(j));
      expect(wrong).toBe(-1);
      const few = nodes.filter((_, j) => j % 613 === i % 613);
      expect($ancestors.meets(few, pack(few))).toBe(few.some(({ $uid }) => above[i]!.has(Number($uid!.id))));
    }
  });
});
