/**
 * Data — JSON and JavaScript values as Cedar's: exactly, or refused with the path to what is wrong.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError, DataPath } from '../../../../src/parser/data/data-path.ts';
import { entitiesFromData } from '../../../../src/parser/data/entities.ts';
import { contextFromData, valueFromData } from '../../../../src/parser/data/value.ts';
import { Datetime } from '../../../../src/value/datetime.ts';
import { EntitiesError } from '../../../../src/value/entities.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';
import { valueEquals } from '../../../../src/value/equal.ts';
import { IpAddr } from '../../../../src/value/ipaddr.ts';
import { parseJson } from '../../../../src/value/json.ts';
import { CedarRecord } from '../../../../src/value/record.ts';
import { CedarSet } from '../../../../src/value/set.ts';
import type { Value } from '../../../../src/value/value.ts';

const place = DataPath.root('context', '');
const read = (data: unknown) => valueFromData(data, place);
const record = (fields: Record<string, Value> = {}) => new CedarRecord(new Map(Object.entries(fields)));

function refusal(attempt: () => unknown): DataError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('a value', () => {
  test.each<[unknown, Value]>([
    [true, true],
    ['', ''],
    [-0, 0],
    [9_007_199_254_740_993n, 9_007_199_254_740_993n],
    [5n, 5],
    [-(2n ** 63n), -(2n ** 63n)],
    [[1, 1, [2, 2]], CedarSet.from([1, CedarSet.from([2])])],
    [{}, record()],
    [{ a: { b: [] } }, record({ a: record({ b: CedarSet.empty }) })],
    [Object.create(null), record()],
    [{ __entity: { type: 'A::B', id: 'x' } }, new EntityUid('A::B', 'x')],
    [{ __entity: { type: 'A', id: 'x', more: 1 } }, new EntityUid('A', 'x')],
    [{ __extn: { fn: 'ip', arg: '1.1.1.1' } }, new IpAddr(4, 0x01010101, 32)],
    [{ __extn: { fn: 'ip', args: ['::1'] } }, new IpAddr(6, 1n, 128)],
    [{ __extn: { fn: 'isLoopback', arg: { __extn: { fn: 'ip', arg: '::1' } } } }, true],
    [
      {
        __extn: {
          fn: 'offset',
          args: [{ __extn: { fn: 'datetime', arg: '1970-01-01' } }, { __extn: { fn: 'duration', arg: '1s' } }],
        },
      },
      new Datetime(1000),
    ],
    [new Date(5), new Datetime(5)],
    [new Set([1, new Set([2, 2])]), CedarSet.from([1, CedarSet.from([2])])],
    [
      { a: [new EntityUid('A', 'x')], b: record({ c: 1 }) },
      record({ a: CedarSet.from([new EntityUid('A', 'x')]), b: record({ c: 1 }) }),
    ],
  ])('number %# is what it stands for', (data, expected) => {
    expect(valueEquals(read(data), expected)).toBe(true);
  });

  test.each([
    [{ __entity: { type: 'A' } }],
    [{ __entity: 'A::"x"' }],
    [{ __entity: { type: 'A', id: 1 } }],
    [{ __entity: { type: 'A', id: 'x' }, other: 1 }],
    [{ __extn: { fn: 'ip' } }],
    [{ __extn: { fn: 'ip', arg: '1.1.1.1' }, other: 1 }],
    [{ __extn: [1] }],
    [{ __expr: 1 }],
    [{ __expr: 'a', other: 1 }],
  ])('that only looks like an escape is a record: %j', (data) => {
    const value = read(data) as CedarRecord;
    expect(value).toBeInstanceOf(CedarRecord);
    expect([...value.fields.keys()]).toEqual(Object.keys(data));
  });

  test('may have keys that JavaScript makes much of', () => {
    const hostile = parseJson('{"__proto__": 1, "constructor": 2, "hasOwnProperty": 3, "toString": {"__proto__": 4}}');
    const value = read(hostile) as CedarRecord;
    expect(value.get('__proto__')).toBe(1);
    expect(value.get('constructor')).toBe(2);
    expect(value.get('valueOf')).toBeUndefined();
    expect(read({ valueOf: 1 })).toEqual(record({ valueOf: 1 }));
  });
});

class Money {
  readonly amount = 1;
}

describe('refused, with the path', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a fraction', 1.5],
    ['a double that may have been rounded', 2 ** 53],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['an integer beyond 64 bits', 2n ** 63n],
    ['an integer below 64 bits', -(2n ** 63n) - 1n],
    ['a number with a point in JSON', parseJson('1.0')],
    ['a Date that is none', new Date(Number.NaN)],
    ['a Map', new Map()],
    ['a Set with a fraction', new Set([0.5])],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['an instance of a class', new Money()],
    ['a typed array', new Uint8Array(1)],
    ['a boxed string', Object('x')],
    ['a lone surrogate', 'a\ud800'],
    ['a hole', (() => new Array(1))()],
    ['an escape of former versions', { __expr: 'User::"a"' }],
    ['an entity of no type', { __entity: { type: 'a b', id: 'x' } }],
    ['a call of nothing', { __extn: { fn: 'nope', arg: 'x' } }],
    ['a call with too few arguments', { __extn: { fn: 'offset', arg: 'x' } }],
    ['an address that is none', { __extn: { fn: 'ip', arg: '1.1.1' } }],
  ])('%s', (_, bad) => {
    expect(refusal(() => read({ order: { items: [1, 2, bad] } })).message).toMatch(
      /\(at `context\.order\.items\[2\][^`]*`\)$/,
    );
  });

  test.each(['A B', ' A', 'A\n', 'A::', 'A::::B', 'A:B', '::A', 'A::1', 'A::if', 'A::__cedar', 'É', ''])(
    'a type with a capital that is not a name, or not in normal form: %j',
    (type) => {
      expect(refusal(() => read({ __entity: { type, id: 'x' } })).reason).toContain('failed to parse escape');
    },
  );

  test('a key with a lone surrogate', () => {
    expect(refusal(() => read({ '\ud800': 1 })).message).toContain('lone surrogate in a key');
  });

  test('a key that is not an identifier is quoted in the path', () => {
    expect(refusal(() => read({ 'a b': { '': [null] } })).path).toBe('context["a b"][""][0]');
  });
});

describe('a context', () => {
  test.each([[1], ['x'], [[]], [null], [{ __entity: { type: 'A', id: 'x' } }], [{ __extn: { fn: 'ip', arg: '::1' } }]])(
    'is a record, so not %j',
    (data) => {
      refusal(() => contextFromData(data, place));
    },
  );
});

describe('entities', () => {
  const minimal = { uid: { type: 'A', id: 'x' }, attrs: {}, parents: [] };

  test('have attributes, parents and tags; other members mean nothing', () => {
    const [entity] = entitiesFromData([
      {
        uid: { __entity: { type: 'A', id: 'x' } },
        attrs: { a: 1 },
        parents: [{ type: 'B', id: 'y' }, { __entity: { type: 'B', id: 'z' } }],
        tags: { t: 'v' },
        more: null,
      },
    ]);
    expect(entity).toEqual({
      uid: new EntityUid('A', 'x'),
      attrs: new Map([['a', 1]]),
      parents: [new EntityUid('B', 'y'), new EntityUid('B', 'z')],
      tags: new Map([['t', 'v']]),
    });
  });

  test.each<[string, unknown, string]>([
    ['that are not a list', {}, 'entities'],
    ['that are null', [null], 'entities[0]'],
    ['without uid', [{ attrs: {}, parents: [] }], 'entities[0]'],
    ['without attrs', [{ ...minimal, attrs: undefined }], 'entities[0]'],
    ['without parents', [minimal, { ...minimal, parents: undefined }], 'entities[1]'],
    ['whose attrs are a list', [{ ...minimal, attrs: [] }], 'entities[0].attrs'],
    ['whose attrs are a Map of other keys', [{ ...minimal, attrs: new Map([[1, 1]]) }], 'entities[0].attrs'],
    ['whose parents are not a list', [{ ...minimal, parents: {} }], 'entities[0].parents'],
    ['whose tags are null', [{ ...minimal, tags: null }], 'entities[0].tags'],
    ['whose uid is a bare name', [{ ...minimal, uid: 'alice' }], 'entities[0].uid'],
    ['whose parent is null', [{ ...minimal, parents: [null] }], 'entities[0].parents[0]'],
    ['with a null deep in an attribute', [{ ...minimal, attrs: { a: [{ b: null }] } }], 'entities[0].attrs.a[0].b'],
    ['with a tag that is a fraction', [{ ...minimal, tags: { t: 0.5 } }], 'entities[0].tags.t'],
  ])('%s are refused', (_, data, path) => {
    expect(refusal(() => entitiesFromData(data)).path).toBe(path);
  });

  test('an action is only below actions', () => {
    const action = { uid: { type: 'N::Action', id: 'x' }, attrs: {}, parents: [{ type: 'A', id: 'y' }] };
    expect(() => entitiesFromData([action])).toThrow(EntitiesError);
    expect(entitiesFromData([{ ...minimal, parents: [{ type: 'Action', id: 'y' }] }])).toHaveLength(1);
  });
});

test('whatever is given is read or refused, and nothing else happens', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
  });
  fc.assert(
    fc.property(anything, (data) => {
      for (const reader of [read, (each: unknown) => entitiesFromData(each)]) {
        try {
          reader(data);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }
    }),
    { numRuns: 2000 },
  );
});
