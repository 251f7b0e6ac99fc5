/**
 * Reach — how many steps from the request's entities a policy looks.
 */
import { describe, expect, test } from 'vitest';
import { accessDepthOf, deeper } from '../../../codegen/plan/access-depth.ts';
import { policyOf } from '../of.ts';

describe('accessDepth', () => {
  test.each([
    ['true', 0, 0],
    ['principal == resource', 0, 0],
    ['principal in resource', 0, 0],
    ['principal.a', 1, 0],
    ['principal has a', 1, 0],
    ['principal.hasTag("a")', 1, 0],
    ['principal.getTag("a") == 1', 1, 0],
    ['principal.a.b', 2, 0],
    ['principal.a has b', 2, 0],
    ['principal.getTag("a").b', 2, 0],
    ['principal.a.hasTag("b")', 2, 0],
    ['principal.a in resource', 1, 1],
    ['principal in resource.a', 1, 0],
    ['principal.a.b in resource.c', 2, 2],
    ['principal.a in resource || principal.b.c.d', 3, 1],
    ['(if principal.a then principal.b else resource.c.d) in resource', 2, 2],
    ['[principal.a.b].contains(principal.c)', 2, 0],
    ['principal.getTag(context.a.b) == 1', 3, 0],
    ['principal.getTag(context.a) in resource', 2, 2],
  ])('of %s is %i for values and %i for ancestors', (condition, values, ancestors) => {
    const policy = policyOf(`permit(principal, action, resource) when { ${condition} };`);
    expect(accessDepthOf(policy)).toEqual({ values, ancestors });
  });

  test('is that of the furthest part', () => {
    const policy = policyOf('permit(principal in G::"a", action, resource) when { context.a.b };');
    expect(accessDepthOf(policy)).toEqual({ values: 2, ancestors: 0 });
    const [values, ancestors] = [
      { values: 2, ancestors: 0 },
      { values: 1, ancestors: 3 },
    ];
    expect(deeper(values, ancestors)).toEqual({ values: 2, ancestors: 3 });
    expect(deeper(ancestors, values)).toEqual({ values: 2, ancestors: 3 });
    for (const part of ['principal', 'action', 'resource'] as const)
      expect(accessDepthOf({ ...policy, [part]: policy.condition, condition: undefined })).toEqual(values);
  });
});
