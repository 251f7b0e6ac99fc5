/**
 * Runtime — the entry of built modules, before the main entry is imported and after it.
 */
import { expect, test } from 'vitest';
import { EntityStore } from '../../src/runtime.ts';

const SCHEMA = 'entity User { age: Long }; action view appliesTo { principal: User, resource: User };';
const ALICE = { uid: { type: 'User', id: 'alice' }, attrs: { age: 30 }, parents: [] };

test('its stores take parsed schemas alone, until the main entry brings the parser; the class is one', async () => {
  const unparsed = /`cedarmill\/runtime` has no parser of schemas: .*import `EntityStore` from 'cedarmill'/;
  expect(() => EntityStore.from([ALICE], { schema: SCHEMA })).toThrow(unparsed);
  expect(() => new EntityStore({ schema: { '': { entityTypes: {}, actions: {} } } })).toThrow(unparsed);
  expect(() => new EntityStore({ schema: ['a'] as never })).toThrow('a schema was expected, got a list');
  expect(() => new EntityStore({ schema: undefined })).toThrow('the option `schema` of `EntityStore`');

  const { EntityStore: MainStore, parseSchema } = await import('../../src/index.ts');
  expect(MainStore).toBe(EntityStore);
  const { schema } = parseSchema(SCHEMA);
  expect(EntityStore.from([ALICE], { schema: schema! }).size).toBe(2);
  expect(EntityStore.from([ALICE], { schema: SCHEMA }).size).toBe(2);
  expect(() => EntityStore.from([{ ...ALICE, attrs: {} }], { schema: SCHEMA })).toThrow('`age`');
});
