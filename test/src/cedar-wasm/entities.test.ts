/**
 * Entities — what is wrong with entities, as the official build says it.
 */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { checkParseEntities } from '../../../src/cedar-wasm/entities.ts';

const official = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs') as {
  checkParseEntities(call: object): object;
};

const schema = `
  entity Color enum ["red", "green"];
  entity User { color?: Color };
  action view appliesTo { principal: User, resource: User };
`;

const entity = (type: string, id: string, attrs = {}) => ({ uid: { type, id }, attrs, parents: [] });

test.each([
  [entity('Color', 'pink')],
  [entity('User', 'a', { color: { __entity: { type: 'Color', id: 'pink' } } })],
  [entity('User', 'a', { colour: 1 })],
  [entity('Usr', 'a')],
  [{ ...entity('Action', 'view'), parents: [{ type: 'Action', id: 'none' }] }],
])('what does not conform is said as the official build says it, with the help apart: %j', (wrong) => {
  const call = { entities: [wrong], schema };
  expect(checkParseEntities(call)).toEqual(official.checkParseEntities(call));
});
