/**
 * Attribute kinds — what can be known of a schema's attributes from their names.
 */
import { expect, test } from 'vitest';
import { attributeKinds } from '../../../src/engine/attribute-kinds.ts';
import { parseSchema } from '../../../src/schema/parse-schema.ts';

test('attributes are known by their names, if all of a name are of one kind', () => {
  const { schema } = parseSchema(`
    type DataPath = { city: String, zip?: Long };
    entity User in [Group] { name: String, home: DataPath, level: Long, manager?: User, notes: Set<{ zip: String }> } tags Bool;
    entity Group { name: String, level: String, home: Set<DataPath>, since: datetime };
    entity Color enum ["red"];
    action view appliesTo { principal: User, resource: Group, context: { admin: Bool, inner: { since: String } } };
  `);
  expect(Object.fromEntries(attributeKinds(schema!))).toEqual({
    name: 'string',
    home: 'any',
    city: 'string',
    zip: 'long',
    level: 'any',
    manager: 'entity',
    notes: 'set',
    since: 'any',
    admin: 'bool',
    inner: 'record',
  });
});
