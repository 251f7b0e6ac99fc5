/**
 * To JSON — what is written is read back as the same value.
 */
import { describe, expect, test } from 'vitest';
import { DataPath } from '../../../src/parser/data/data-path.ts';
import { entitiesFromData } from '../../../src/parser/data/entities.ts';
import { valueFromData } from '../../../src/parser/data/value.ts';
import { Datetime } from '../../../src/value/datetime.ts';
import { Decimal } from '../../../src/value/decimal.ts';
import { Duration } from '../../../src/value/duration.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { valueEquals } from '../../../src/value/equal.ts';
import { IpAddr } from '../../../src/value/ipaddr.ts';
import { MAX_LONG, MIN_LONG } from '../../../src/value/long.ts';
import { CedarRecord } from '../../../src/value/record.ts';
import { CedarSet } from '../../../src/value/set.ts';
import { entityToJson, UnwritableRecord, valueToJson } from '../../../src/value/to-json.ts';
import { Unknown } from '../../../src/value/unknown.ts';
import type { Value } from '../../../src/value/value.ts';

const uid = new EntityUid('A::B', 'x"y');
const record = (...fields: [string, Value][]) => new CedarRecord(new Map(fields));

describe('read back', () => {
  test.each<[string, Value]>([
    ['a Bool', true],
    ['the least Long', MIN_LONG],
    ['the greatest Long', MAX_LONG],
    ['a uid', uid],
    ['a set', CedarSet.from([1, 'a', CedarSet.from([uid])])],
    ['a record with keys that JavaScript makes much of', record(['__proto__', 1], ['constructor', 2], ['', 3])],
    ['a decimal between -1 and 0', new Decimal(-5000)],
    ['the least decimal', new Decimal(MIN_LONG)],
    ['an address', new IpAddr(4, 0x7f00_0001, 24)],
    ['a long address', new IpAddr(6, (0xabcdn << 112n) | 1n, 64)],
    ['a duration', new Duration(MIN_LONG)],
    ['an instant', new Datetime(-1)],
    ['the last instant', new Datetime(MAX_LONG)],
    ['an unknown', new Unknown('x')],
  ])('%s', (_, value) => {
    const again = valueFromData(valueToJson(value), DataPath.root('value', ''), { unknowns: true });
    expect(valueEquals(again, value)).toBe(true);
  });

  test('an entity', () => {
    const [entity] = entitiesFromData([
      { uid: { type: 'A', id: 'x' }, attrs: { b: [1], a: {} }, parents: [{ type: 'B', id: 'y' }], tags: { t: 'v' } },
    ]);
    const json = entityToJson(entity!);
    expect(Object.keys(json.attrs)).toEqual(['a', 'b']);
    expect(entitiesFromData([json])).toEqual([{ ...entity, attrs: new Map([...entity!.attrs].reverse()) }]);
  });
});

test.each(['__entity', '__extn', '__expr'])('a record with the key %s would be mistaken, and is refused', (key) => {
  expect(() => valueToJson(CedarSet.from([record([key, 1])]))).toThrow(UnwritableRecord);
});
