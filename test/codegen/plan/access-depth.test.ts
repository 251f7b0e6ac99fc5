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
    expect(accessDepthOf(policy)).toMatchObject({ values, ancestors });
  });

  test.each([
    ['principal.a', false, false],
    ['principal in resource', true, false],
    ['resource in principal.a', false, true],
    ['action in resource', false, false],
    ['principal in resource && resource in principal', true, true],
    // An entity that is named, or found in a value, may be either.
    ['User::"a" in resource', true, true],
    ['principal.a in resource', true, true],
    ['(if principal.a then principal else principal) in resource', true, true],
  ])('of %s asks for ancestors of the principal: %s, of the resource: %s', (condition, principal, resource) => {
    const policy = policyOf(`permit(principal, action, resource) when { ${condition} };`);
    expect(accessDepthOf(policy)).toMatchObject({ principal, resource });
  });

  test('asks for ancestors where scopes do', () => {
    const of = (scope: string) => accessDepthOf(policyOf(`permit(${scope});`));
    expect(of('principal, action, resource in F::"a"')).toMatchObject({ principal: false, resource: true });
    expect(of('principal is U in F::"a", action in [Action::"a"], resource == F::"a"')).toMatchObject({
      ...{ principal: true, resource: false },
    });
  });

  test('is that of the furthest part', () => {
    const policy = policyOf('permit(principal in G::"a", action, resource) when { context.a.b };');
    expect(accessDepthOf(policy)).toEqual({ values: 2, ancestors: 0, principal: true, resource: false });
    const [values, ancestors] = [
      { values: 2, ancestors: 0, principal: true, resource: false },
      { values: 1, ancestors: 3, principal: false, resource: true },
    ];
    const both = { values: 2, ancestors: 3, principal: true, resource: true };
    expect(deeper(values, ancestors)).toEqual(both);
    expect(deeper(ancestors, values)).toEqual(both);
    for (const part of ['principal', 'action', 'resource'] as const) {
      const { values } = accessDepthOf({ ...policy, [part]: policy.condition, condition: undefined });
      expect(values).toBe(2);
    }
  });
});
