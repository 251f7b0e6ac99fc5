/**
 * Index keys — the bits of an entity name every index with a row that it meets, whenever rows and ancestors came.
 */
import { expect, test } from 'vitest';
import { Node } from '../../../../codegen/runtime/graph/node.ts';
import { NodeSet } from '../../../../codegen/runtime/graph/node-set.ts';
import { IndexKeys } from '../../../../codegen/runtime/index/index-keys.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';

function below(...above: readonly Node[]): Node {
  const node = new Node(new EntityUid('E', 'e'), undefined);
  node.$ancestors = NodeSet.of(new Set(above));
  return node;
}

test('a row that binds by `==` counts for its entity, one that binds by `in` for what is below it too', () => {
  const keys = new IndexKeys();
  const [eq, within] = [keys.nextIndexBit(), keys.nextIndexBit()];
  const group = below();
  const member = below(group);
  expect([keys.bitsOf(group), keys.bitsOf(member)]).toEqual([0, 0]);
  keys.give(group, 'eq', eq);
  expect([keys.bitsOf(group), keys.bitsOf(member)]).toEqual([eq, 0]);
  keys.give(group, 'in', within);
  expect([keys.bitsOf(group), keys.bitsOf(member)]).toEqual([eq | within, within]);
});

test('a set knows of a bit that came after it was gathered, also of a key that it had', () => {
  const keys = new IndexKeys();
  const [first, second] = [keys.nextIndexBit(), keys.nextIndexBit()];
  const [group, other] = [below(), below()];
  const member = below(group, other);
  keys.give(group, 'in', first);
  expect(keys.bitsOf(member)).toBe(first);
  keys.give(group, 'in', second);
  expect(keys.bitsOf(member)).toBe(first | second);
  keys.give(other, 'in', first);
  expect([...keys.gathered(member.$ancestors).indexKeys]).toEqual([1, first | second, 2, first]);
});

test('an entity that gets other ancestors has the bits of these', () => {
  const keys = new IndexKeys();
  const bit = keys.nextIndexBit();
  const group = below();
  const entity = below();
  keys.give(group, 'in', bit);
  expect(keys.bitsOf(entity)).toBe(0);
  entity.$ancestors = NodeSet.of(new Set([group]));
  expect(keys.bitsOf(entity)).toBe(bit);
  entity.$ancestors = NodeSet.none;
  expect(keys.bitsOf(entity)).toBe(0);
});

test('two graphs whose entities have no ancestors do not mix', () => {
  const [some, others] = [new IndexKeys(), new IndexKeys()];
  const [bit, otherBit] = [some.nextIndexBit(), others.nextIndexBit()];
  const [group, otherGroup] = [below(), below()];
  some.give(group, 'in', bit);
  others.give(otherGroup, 'in', otherBit);
  expect([some.bitsOf(group), others.bitsOf(below()), some.bitsOf(below()), others.bitsOf(otherGroup)]).toEqual([
    bit,
    0,
    0,
    otherBit,
  ]);
  expect(NodeSet.none).toMatchObject({ indexKeysVersion: -1, indexBits: 0, indexKeys: [] });
});

test('more indexes than a word has bits share them, and each bit is a small integer on every machine', () => {
  const keys = new IndexKeys();
  const bits = Array.from({ length: 70 }, () => keys.nextIndexBit());
  expect(new Set(bits).size).toBe(30);
  expect(bits.every((bit) => bit > 0 && bit < 2 ** 30)).toBe(true);
  const group = below();
  for (const bit of bits) keys.give(group, 'in', bit);
  expect(keys.bitsOf(below(group))).toBe(2 ** 30 - 1);
});
