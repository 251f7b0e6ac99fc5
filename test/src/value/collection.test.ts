/**
 * Collections and keys — sets, records, and what tells values apart.
 */
import { describe, expect, test } from 'vitest';
import { compareCodePoints } from '../../../src/value/code-point.ts';
import { Entities, type EntitiesError, type Entity } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { valueEquals } from '../../../src/value/equal.ts';
import { applyExtFun } from '../../../src/value/ext-fun.ts';
import { negLong, parseDigits } from '../../../src/value/long.ts';
import { patternMatches } from '../../../src/value/pattern.ts';
import { CedarRecord } from '../../../src/value/record.ts';
import { CedarSet } from '../../../src/value/set.ts';
import { Unknown } from '../../../src/value/unknown.ts';
import type { Value } from '../../../src/value/value.ts';
import { valueKey } from '../../../src/value/value-key.ts';

const set = (...values: readonly Value[]) => CedarSet.from(values);
const record = (fields: Readonly<Record<string, Value>>) => new CedarRecord(new Map(Object.entries(fields)));
const ext = (fn: string, text: string) => applyExtFun(fn, [text]) as Value;

describe('sets', () => {
  const [none, one, two, both, many] = [set(), set(1), set(2), set(1, 2), set(1, 2, 3)];

  test.each([
    [both, one, true],
    [both, both, true],
    [both, none, true],
    [none, none, true],
    [one, both, false],
    [one, two, false],
    [both, set(1, 3), false],
    [none, one, false],
    [both, many, false],
  ])('%j holds all of %j: %s', (a, b, holds) => expect(a.hasAll(b)).toBe(holds));

  test.each([
    [both, one, true],
    [one, both, true],
    [many, set(9, 8, 7, 3), true],
    [set(9, 8, 7, 3), many, true],
    [one, two, false],
    [two, set(1, 3), false],
    [none, both, false],
    [both, none, false],
    [none, none, false],
  ])('%j holds some of %j: %s', (a, b, holds) => expect(a.hasAny(b)).toBe(holds));

  test('are equal iff they hold the same', () => {
    expect([both.equals(set(2, 1, 1)), both.equals(one), one.equals(both), both.equals(set(1, 3))]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

test('records are equal iff their fields are', () => {
  const a = record({ x: 1, y: 'b' });
  expect(a.equals(record({ y: 'b', x: 1 }))).toBe(true);
  for (const other of [{ x: 1 }, { x: 1, y: 'c' }, { x: 1, z: 'b' }, { x: 1, y: 'b', z: 1 }])
    expect(a.equals(record(other as Record<string, Value>))).toBe(false);
});

const VALUES: readonly Value[] = [
  true,
  false,
  0,
  1,
  11,
  2n ** 60n,
  '',
  '1',
  'true',
  ',',
  new EntityUid('U', 'a'),
  new EntityUid('V', 'a'),
  new EntityUid('U', 'b'),
  set(),
  set(1),
  set(11),
  set(1, 2),
  set(12),
  set('1', '2'),
  set('1,2'),
  set('1","2'),
  set(set()),
  record({}),
  record({ a: 1 }),
  record({ b: 1 }),
  record({ a: 1, b: 2 }),
  record({ a: 12 }),
  record({ 'a:1,b': 2 }),
  ext('decimal', '1.0'),
  ext('decimal', '1.1'),
  ext('datetime', '1970-01-01'),
  ext('datetime', '1970-01-02'),
  ext('duration', '0ms'),
  ext('duration', '1ms'),
  ext('ip', '::1'),
  ext('ip', '127.0.0.1'),
  new Unknown('x'),
  new Unknown('y'),
];

test('different values differ, in their keys too', () => {
  for (const [i, a] of VALUES.entries())
    for (const [j, b] of VALUES.entries()) {
      expect(valueEquals(a, b), `${i} ${j}`).toBe(i === j);
      expect(valueKey(a) === valueKey(b), `${i} ${j}`).toBe(i === j);
    }
  expect(set(...VALUES).size).toBe(VALUES.length);
});

test('keys are made once', () => {
  const a = record({ a: 1, b: 2 });
  expect([a.key, a.key, set(1, 2).key]).toEqual(['{"a":1,"b":2}', '{"a":1,"b":2}', set(2, 1).key]);
});

describe('order of code points', () => {
  test.each([
    ['a', 'b'],
    ['', 'a'],
    ['a', 'aa'],
    ['aa', 'ab'],
    ['z', 'é'],
    ['\uffee', '\u{1f600}'],
    ['\ud7ff', '\u{10000}'],
    ['\ue000', '\u{10000}'],
    ['a\u{10000}', 'a\u{10001}'],
    ['\ud7ff', '\ue000'],
  ])('%j comes before %j', (a, b) => {
    expect([compareCodePoints(a, b) < 0, compareCodePoints(b, a) > 0, compareCodePoints(a, a)]).toEqual([
      true,
      true,
      0,
    ]);
  });
});

describe('longs', () => {
  test.each([
    [1, -1],
    [-7, 7],
    [0, 0],
    [2n ** 60n, -(2n ** 60n)],
    [-(2n ** 63n), undefined],
  ])('the opposite of %s is %s', (a, b) => expect(negLong(a)).toBe(b));

  test.each([
    ['007', 7n],
    ['0', 0n],
    ['000', 0n],
    ['12345678901234567890', 12345678901234567890n],
    ['000000000000000000000000000001', 1n],
    ['123456789012345678901', undefined],
    ['٣', undefined],
    ['1٣', undefined],
    ['٣1', undefined],
  ])('the digits %s spell %s', (text, number) => expect(parseDigits(text)).toBe(number));
});

describe('decimals', () => {
  const compare = (fn: string, a: string, b: string) => applyExtFun(fn, [ext('decimal', a), ext('decimal', b)]);

  test.each([
    ['lessThan', [true, false, false]],
    ['lessThanOrEqual', [true, true, false]],
    ['greaterThan', [false, false, true]],
    ['greaterThanOrEqual', [false, true, true]],
  ] as const)('%s', (fn, answers) => {
    const pairs = [
      ['1.0', '1.1'],
      ['1.0', '1.00'],
      ['1.1', '-1.0'],
    ] as const;
    expect(pairs.map(([a, b]) => compare(fn, a, b))).toEqual(answers);
  });

  test.each([
    ['1.5', '1.5'],
    ['01.500', '1.5'],
    ['-0.5', '-0.5'],
    ['0.0000', '0.0'],
    ['12.3400', '12.34'],
    ['-1.0001', '-1.0001'],
    ['922337203685477.5807', '922337203685477.5807'],
  ])('%s is written %s', (text, written) => expect(`${ext('decimal', text)}`).toBe(written));
});

test('the days of each month', () => {
  const last = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  for (const [i, day] of last.entries()) {
    const month = `${i + 1}`.padStart(2, '0');
    expect(applyExtFun('datetime', [`2024-${month}-${day}`]), month).toHaveProperty('ms');
    expect(applyExtFun('datetime', [`2024-${month}-${day + 1}`]), month).toHaveProperty('failure');
  }
});

test('an instant that overflows is written as an offset', () => {
  const [late, far] = [ext('datetime', '1970-01-01'), ext('duration', '-9223372036854775808ms')];
  const min = applyExtFun('offset', [late, far]) as Value;
  expect(applyExtFun('toDate', [min])).toMatchObject({
    failure: {
      message:
        'error while evaluating `toDate` extension function: overflows when computing the date of datetime("1970-01-01").offset(duration("-9223372036854775808ms"))',
    },
  });
  expect(applyExtFun('durationSince', [late, min])).toMatchObject({
    failure: { message: expect.stringContaining('error while evaluating `durationSince` extension function: ') },
  });
});

test('entity uids are equal iff type and id are', () => {
  const uid = new EntityUid('U', 'a');
  const others = [new EntityUid('U', 'a'), new EntityUid('V', 'a'), new EntityUid('U', 'b')];
  expect(others.map((other) => uid.equals(other))).toEqual([true, false, false]);
});

test('a run of a pattern does not reach into the end that another has taken', () => {
  expect(patternMatches([null, 'ab', null, 'b'], 'aab')).toBe(false);
  expect(patternMatches([null, 'ab', null, 'b'], 'abab')).toBe(true);
});

test('what is wrong with entities has a code', () => {
  const of = (id: string, ...parents: EntityUid[]): Entity => ({
    uid: new EntityUid('U', id),
    parents,
    attrs: new Map(),
    tags: new Map([['t', id === 'a']]),
  });
  const [a, b] = [new EntityUid('U', 'a'), new EntityUid('U', 'b')];
  const codeOf = (entities: readonly Entity[]) => {
    try {
      Entities.from(entities);
    } catch (error) {
      return [(error as EntitiesError).name, (error as EntitiesError).code];
    }
    return undefined;
  };
  expect(codeOf([of('a', b), of('b')])).toBeUndefined();
  expect(codeOf([of('a', b), of('b', a)])).toEqual(['EntitiesError', 'cycle']);
  expect(codeOf([of('a', a)])).toEqual(['EntitiesError', 'cycle']);
  expect(codeOf([of('a'), of('a', b)])).toEqual(['EntitiesError', 'duplicateEntity']);
});

test('many entities are counted and listed', () => {
  const all = ['a', 'b'].map((id) => ({ uid: new EntityUid('U', id), parents: [], attrs: new Map(), tags: new Map() }));
  const entities = Entities.from(all);
  expect([entities.size, [...entities].map(({ uid }) => uid.id)]).toEqual([2, ['a', 'b']]);
});
