/**
 * Uids of data — objects with `type` and `id` and nothing besides are read by a short cut, which gives what the reading member by member gives.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { DataPath } from '../../../../src/parser/data/data-path.ts';
import { uidFromData } from '../../../../src/parser/data/uid.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';

const read = (data: unknown) => uidFromData(data, DataPath.root('uid', ''));
const hidden = (members: object, name: string, value: unknown) =>
  Object.defineProperty({ ...members }, name, { value, enumerable: false });

describe('a uid', () => {
  test.each<[string, unknown]>([
    ['of both members', { type: 'A', id: 'x' }],
    ['in the other order', { id: 'x', type: 'A' }],
    ['without a prototype', Object.assign(Object.create(null), { type: 'A', id: 'x' })],
    ['with a third member', { type: 'A', id: 'x', more: 1 }],
    ['with a hidden member', hidden({ type: 'A', id: 'x' }, '__expr', 'User::"a"')],
    ['of a class', Object.assign(new (class Uid {})(), { type: 'A', id: 'x' })],
    ['in an escape', { __entity: { id: 'x', type: 'A' } }],
    ['beside its escape', { type: 'B', id: 'y', __entity: { type: 'A', id: 'x' } }],
  ])('%s is read', (_, data) => {
    expect(read(data)).toEqual(new EntityUid('A', 'x'));
  });

  test.each<[string, unknown]>([
    ['without an id', { type: 'A' }],
    ['with an inherited id', Object.create({ id: 'x' }, { type: { value: 'A', enumerable: true } })],
    ['with a hidden id', hidden({ type: 'A' }, 'id', 'x')],
    ['with a hidden type', hidden({ id: 'x' }, 'type', 'A')],
    ['whose id is a number', { type: 'A', id: 1 }],
    ['whose type is no name', { type: 'a b', id: 'x' }],
    ['whose type is a reserved word', { type: 'in', id: 'x' }],
    ['whose id has half a character', { type: 'A', id: '\ud800' }],
    ['with one member only, of another name', { type: 'A', ids: 'x' }],
  ])('%s is refused', (_, data) => {
    expect(() => read(data)).toThrow();
    expect(() => read({ __entity: data })).toThrow();
  });

  test('with a former escape is refused', () => {
    expect(() => read({ type: 'A', id: 'x', __expr: 'User::"a"' })).toThrow();
  });

  test('is read by one reading of each member', () => {
    const asked: string[] = [];
    const data = {
      get type() {
        asked.push('type');
        return 'A';
      },
      get id() {
        asked.push('id');
        return 'x';
      },
    };
    expect(read(data)).toEqual(new EntityUid('A', 'x'));
    expect(asked).toEqual(['type', 'id']);
  });
});

describe('where `Object.prototype` is polluted', () => {
  afterEach(() => {
    for (const name of ['type', 'id', 'more']) delete (Object.prototype as Record<string, unknown>)[name];
  });

  test.each(['type', 'id'])('with %s, that is not read', (name) => {
    (Object.prototype as Record<string, unknown>)[name] = 'B';
    const own: Record<string, unknown> = { type: 'A', id: 'x' };
    expect(read(own)).toEqual(new EntityUid('A', 'x'));
    delete own[name];
    expect(() => read(own)).toThrow();
  });

  test('with another member, a uid is read as ever', () => {
    (Object.prototype as Record<string, unknown>).more = 1;
    expect(read({ type: 'A', id: 'x' })).toEqual(new EntityUid('A', 'x'));
  });
});
