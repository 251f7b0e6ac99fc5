/**
 * Bound plan — which requests without a context surely fit the schema.
 */
import { expect, test } from 'vitest';
import { type BoundPlan, surelyFits } from '../../../codegen/bind/bound-plan.ts';
import { Node } from '../../../codegen/runtime/graph/node.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';

const node = (type: string) => new Node(new EntityUid(type, ''), undefined);
const types = { principals: ['U', 'V'], resources: ['R'], needsContext: false };

test.each([
  [types, 'U', 'R', true],
  [types, 'V', 'R', true],
  [types, 'R', 'R', false],
  [types, 'U', 'U', false],
  [types, 'R', 'U', false],
  [{ ...types, principals: [] }, 'U', 'R', false],
  [{ ...types, needsContext: true }, 'U', 'R', false],
  [undefined, 'U', 'R', false],
])('%j: %s and %s fit: %s', (given, principal, resource, fits) => {
  expect(surelyFits({ types: given } as BoundPlan, node(principal), node(resource))).toBe(fits);
});
