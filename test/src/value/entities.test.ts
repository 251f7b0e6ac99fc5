/**
 * Entities — ancestors at any depth; cycles and contradictions refused.
 */
import { describe, expect, test } from 'vitest';
import { Entities, EntitiesError, type Entity } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import type { Value } from '../../../src/value/value.ts';

const uid = (id: string) => new EntityUid('E', id);

function entity(id: string, parents: string[] = [], attrs: Record<string, Value> = {}): Entity {
  return { uid: uid(id), parents: parents.map(uid), attrs: new Map(Object.entries(attrs)), tags: new Map() };
}

function ancestors(entities: Entity[], id: string): string[] {
  const keys = Entities.from(entities).get(uid(id))!.ancestors;
  return 'abcdefgh'.split('').filter((each) => keys.has(uid(each).key));
}

function refusal(...entities: Entity[]): string {
  try {
    Entities.from(entities);
  } catch (error) {
    if (error instanceof EntitiesError) return error.message;
  }
  return 'accepted';
}

describe('ancestors', () => {
  test('are parents and theirs, whatever the order of the entries', () => {
    const chain = [entity('a', ['b']), entity('b', ['c']), entity('c', ['d'])];
    expect(ancestors(chain, 'a')).toEqual(['b', 'c', 'd']);
    expect(ancestors([...chain].reverse(), 'a')).toEqual(['b', 'c', 'd']);
  });

  test('meet again in a diamond', () => {
    const diamond = [entity('a', ['b', 'c']), entity('b', ['d']), entity('c', ['d']), entity('d')];
    expect(ancestors(diamond, 'a')).toEqual(['b', 'c', 'd']);
    expect(ancestors(diamond, 'd')).toEqual([]);
  });

  test('a parent without an entry counts, but leads no further', () => {
    expect(ancestors([entity('a', ['b']), entity('c', ['d'])], 'a')).toEqual(['b']);
    expect(Entities.from([entity('a', ['b'])]).get(uid('b'))).toBeUndefined();
  });

  test('of a long chain are all of it', () => {
    const chain = Array.from({ length: 3000 }, (_, i) => entity(`${i}`, [`${i + 1}`]));
    expect(Entities.from(chain).get(uid('0'))?.ancestors.size).toBe(3000);
  });
});

describe('refused', () => {
  test('an entity that is its own ancestor', () => {
    expect(refusal(entity('a', ['a']))).toBe('input graph has a cycle containing vertex `E::"a"`');
    expect(refusal(entity('a', ['b']), entity('b', ['a']))).toContain('input graph has a cycle');
    expect(refusal(entity('x', ['a']), entity('a', ['b']), entity('b', ['c']), entity('c', ['a']))).toContain('cycle');
  });

  test('two entries of one uid that differ, and only those', () => {
    expect(refusal(entity('a', [], { n: 1 }), entity('a', [], { n: 1 }))).toBe('accepted');
    expect(refusal(entity('a', ['b', 'c']), entity('a', ['c', 'b', 'c']))).toBe('accepted');
    for (const other of [
      entity('a'),
      entity('a', [], { n: 2 }),
      entity('a', ['b'], { n: 1 }),
      entity('a', [], { m: 1 }),
    ]) {
      expect(refusal(entity('a', [], { n: 1 }), other)).toBe('duplicate entity entry `E::"a"`');
    }
  });
});
