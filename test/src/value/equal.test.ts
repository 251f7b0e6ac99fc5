/**
 * Equality — sets without order and repetition, records without order, extension values by what they are.
 */
import { describe, expect, test } from 'vitest';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { valueEquals } from '../../../src/value/equal.ts';
import { applyExtFun, isExtFunFailure } from '../../../src/value/ext-fun.ts';
import { CedarRecord } from '../../../src/value/record.ts';
import { CedarSet } from '../../../src/value/set.ts';
import type { Value } from '../../../src/value/value.ts';

const set = (...values: Value[]) => CedarSet.from(values);
const record = (...fields: [string, Value][]) => new CedarRecord(new Map(fields));
const uid = (type: string, id: string) => new EntityUid(type, id);

function ext(fn: string, text: string): Value {
  const result = applyExtFun(fn, [text]);
  if (isExtFunFailure(result)) throw new Error(result.failure.message);
  return result;
}

describe('equal', () => {
  test.each<[string, Value, Value]>([
    ['sets in another order', set(1, 2), set(2, 1)],
    ['sets with repetitions', set(1, 1, 2), set(1, 2)],
    ['sets of sets', set(set(1, 2), set(2, 1)), set(set(1, 2))],
    ['records in another order', record(['a', 1], ['b', 2]), record(['b', 2], ['a', 1])],
    ['a key that JavaScript makes much of', record(['__proto__', 1]), record(['__proto__', 1])],
    ['Longs beyond 53 bits', 2n ** 60n, 2n ** 60n],
    ['uids', uid('A::B', 'x'), uid('A::B', 'x')],
    ['decimals', ext('decimal', '01.0'), ext('decimal', '1.0000')],
    ['decimals of zero', ext('decimal', '-0.0'), ext('decimal', '0.0')],
    ['durations', ext('duration', '1h'), ext('duration', '60m')],
    ['instants', ext('datetime', '2024-01-01T01:00:00+0100'), ext('datetime', '2024-01-01')],
    ['addresses', ext('ip', '127.0.0.1'), ext('ip', '127.0.0.1/32')],
    ['long addresses', ext('ip', '::1'), ext('ip', '0:0:0:0:0:0:0:1/128')],
  ])('%s', (_, a, b) => {
    expect([valueEquals(a, b), valueEquals(b, a), set(a, b).size]).toEqual([true, true, 1]);
  });
});

describe('different', () => {
  test.each<[string, Value, Value]>([
    ['a Long and a Bool', 1, true],
    ['a Long and a String', 1, '1'],
    ['a Bool and a String', true, 'true'],
    ['a set and a record', set(), record()],
    ['neighbours beyond 53 bits', 2n ** 53n, 2n ** 53n + 1n],
    ['a string and its decomposed form', '\u00e9', 'e\u0301'],
    ['strings of another case', 'a', 'A'],
    ['uids of another type', uid('A', 'x'), uid('B', 'x')],
    ['uids whose parts run into each other', uid('A', 'b"::c'), uid('A::b', 'c')],
    ['a uid and its text', uid('A', 'x'), 'A::"x"'],
    ['a set and its element', set(1), 1],
    ['sets whose strings contain commas and quotes', set('a,"b', 'c'), set('a', '"b,c')],
    ['sets of uids whose ids contain commas', set(uid('A', 'x,A::1"y')), set(uid('A', 'x'), uid('A', 'y'))],
    ['a set of two and a subset', set(1, 2), set(1)],
    ['records of other keys', record(['a', 1]), record(['b', 1])],
    ['a record with a key more', record(['a', 1], ['b', 2]), record(['a', 1])],
    ['records whose keys contain colons', record(['a":1,"b', 1]), record(['a', 1], ['b', 1])],
    ['an address and a string', ext('ip', '1.1.1.1'), '1.1.1.1'],
    ['host bits', ext('ip', '127.0.0.0/24'), ext('ip', '127.0.0.1/24')],
    ['zero of both families', ext('ip', '0.0.0.1/32'), ext('ip', '::1/32')],
    ['an instant and a duration', ext('datetime', '1970-01-01'), ext('duration', '0ms')],
    ['a decimal and a duration', ext('decimal', '0.0001'), ext('duration', '1ms')],
  ])('%s', (_, a, b) => {
    expect([valueEquals(a, b), valueEquals(b, a), set(a, b).size]).toEqual([false, false, 2]);
  });
});

describe('a set', () => {
  const mixed = set(1, true, 'a', uid('A', 'x'), set(1), record(['k', 1]), ext('decimal', '1.0'));

  test('has what it was made of, of all kinds', () => {
    for (const element of mixed.elements) expect(mixed.has(element)).toBe(true);
    for (const other of [2, false, 'b', uid('A', 'y'), set(2), record(['k', 2]), ext('decimal', '2.0')]) {
      expect(mixed.has(other)).toBe(false);
    }
  });

  test('contains all of the empty set and any of none of it', () => {
    expect([mixed.hasAll(set()), set().hasAll(set()), set().hasAll(mixed)]).toEqual([true, true, false]);
    expect([mixed.hasAny(set()), set().hasAny(mixed), mixed.hasAny(set('b', 'a'))]).toEqual([false, false, true]);
  });

  test('of many deep elements is made without a search for each', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => set(i % 1000, i));
    expect(CedarSet.from(many).size).toBe(100_000);
  });
});
