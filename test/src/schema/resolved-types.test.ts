/**
 * Resolved types — every name with its full name and kind.
 */
import { describe, expect, test } from 'vitest';
import { fragmentToJson } from '../../../src/schema/json/to-json.ts';
import { parseFragment } from '../../../src/schema/parse-schema.ts';
import { resolveTypes } from '../../../src/schema/resolved-types.ts';

function resolved(text: string): unknown {
  const { fragment, diagnostics } = resolveTypes(parseFragment(text).fragment!);
  return fragment === undefined ? diagnostics.map(({ message }) => message) : fragmentToJson(fragment);
}

describe('a schema with resolved types', () => {
  test('names become full, and tell entity types from common types', () => {
    expect(
      resolved('namespace N { entity A in B { t: T, b: Set<B>, l: Long }; entity B; type T = __cedar::Long; }'),
    ).toEqual({
      N: {
        commonTypes: { T: { type: '__cedar::Long' } },
        entityTypes: {
          A: {
            memberOfTypes: ['N::B'],
            shape: {
              type: 'Record',
              attributes: {
                t: { type: 'N::T' },
                b: { type: 'Set', element: { type: 'Entity', name: 'N::B' } },
                l: { type: 'Long' },
              },
            },
          },
          B: {},
        },
        actions: {},
      },
    });
  });

  test('actions name the full types of their parents, principals, resources and contexts', () => {
    const text =
      'namespace N { entity A; type C = {}; action a in b appliesTo { principal: A, resource: A, context: C }; action b; }';
    expect(resolved(text)).toMatchObject({
      N: {
        actions: {
          a: {
            memberOf: [{ id: 'b', type: 'N::Action' }],
            appliesTo: { principalTypes: ['N::A'], resourceTypes: ['N::A'], context: { type: 'N::C' } },
          },
        },
      },
    });
  });

  test('names that stand for nothing are told', () => {
    expect(resolved('entity A { a: X }; action a in b;')).toEqual([
      'failed to resolve type: X',
      'undeclared action: Action::"b"',
    ]);
  });

  test('only names are looked at: a cycle does not matter here', () => {
    expect(resolved('type A = A;')).toEqual({
      '': { commonTypes: { A: { type: 'A' } }, entityTypes: {}, actions: {} },
    });
  });
});
