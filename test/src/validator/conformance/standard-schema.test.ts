/**
 * Standard Schema — what libraries that speak it are told.
 */
import { describe, expect, test } from 'vitest';
import { parseSchema } from '../../../../src/schema/parse-schema.ts';
import { contextSchema, entitiesSchema } from '../../../../src/validator/conformance/standard-schema.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';

const { schema } = parseSchema(`
  entity User { tags: Set<String>, home: { ip: ipaddr } };
  action view appliesTo { principal: User, resource: User, context: { order: { items: Set<Long> } } };
`);

describe('a standard schema', () => {
  const context = contextSchema(schema!, new EntityUid('Action', 'view'))['~standard'];
  const entities = entitiesSchema(schema!)['~standard'];

  test('says who made it', () => expect(context).toMatchObject({ version: 1, vendor: 'cedarmill' }));

  test('gives the context that fits', () => {
    const result = context.validate({ order: { items: [1, 2] } });
    expect(result.issues).toBeUndefined();
  });

  test('gives the path to what does not', () => {
    const [issue] = context.validate({ order: { items: [1, null] } }).issues ?? [];
    expect(issue?.path).toEqual(['order', 'items', 1]);
    expect(context.validate({ order: { items: ['x'] } }).issues).toHaveLength(1);
    expect(context.validate({}).issues).toHaveLength(1);
  });

  test('reads entities by their types', () => {
    const alice = { uid: { type: 'User', id: 'alice' }, attrs: { tags: [], home: { ip: '10.0.0.1' } }, parents: [] };
    expect(entities.validate([alice]).issues).toBeUndefined();
    const [issue] = entities.validate([{ ...alice, attrs: { tags: [null], home: { ip: '10.0.0.1' } } }]).issues ?? [];
    expect(issue?.path).toEqual([0, 'attrs', 'tags', 0]);
  });

  test('knows no context of an action that is not declared', () => {
    const unknown = contextSchema(schema!, new EntityUid('Action', 'nope'))['~standard'];
    expect(unknown.validate({}).issues).toHaveLength(1);
  });
});
