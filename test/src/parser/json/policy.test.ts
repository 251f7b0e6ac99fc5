/**
 * JSON policy — policies and policy sets in the JSON policy format.
 */
import { describe, expect, test } from 'vitest';
import { policyFromJson } from '../../../../src/parser/json/policy.ts';
import { parseJsonPolicySet, policySetFromJson } from '../../../../src/parser/json/policy-set.ts';
import { parsePolicies } from '../../../../src/parser/text/policy.ts';
import { policySetToJson, policyToJson } from '../../../../src/syntax/policy-json.ts';
import { PolicySet } from '../../../../src/syntax/policy-set.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';
import { readCases } from '../../../cases/read.ts';

describe('what is wrong with a JSON policy', () => {
  test.each(readCases('json-policy-error'))('$title', ({ input, expected }) => {
    const parsed = policyFromJson(JSON.parse(input));
    if (parsed.ok) throw new Error('it was accepted');
    const { message, help } = parsed.diagnostic;
    expect(help === undefined ? message : `${message}\n  help: ${help}`).toBe(expected);
  });
});

/** Every kind of expression and constraint. */
const TEXT = `
@b("x") @a permit(principal == U::"a", action in [Action::"b", Action::"c"], resource is T in F::"f")
when { if 1 != 2 then {a: 1, "b c": [-2, true]}.a > 3 else -(4) >= 5 + 6 - 7 * 8 }
unless { principal like "a*\\*" && resource has b.c || context["x y"] is A::B in G::"g" };
forbid(principal in ?principal, action == Action::"b", resource == ?resource)
when { !context.s.isEmpty() && [1].contains(2) && principal.hasTag("t") && principal.getTag("t") == "v" }
when { ip("1").isInRange(ip("2")) && context has "a b" && 9007199254740993 < -9223372036854775808 };
permit(principal is U, action, resource);
`;

describe('to JSON and back', () => {
  test('a policy comes back the same, apart from its spans', () => {
    const { policies } = parsePolicies(TEXT);
    expect(policies).toHaveLength(3);
    for (const policy of policies) {
      const json = policyToJson(policy);
      const back = policyFromJson(json, policy.id);
      if (!back.ok) throw new Error(back.diagnostic.message);
      expect(policyToJson(back.policy)).toEqual(json);
    }
  });

  test('a policy set comes back the same, links and all', () => {
    const set = PolicySet.of(parsePolicies(TEXT).policies);
    set.link({
      id: 'l',
      templateId: 'policy1',
      slotEnv: { principal: new EntityUid('U', 'a'), resource: new EntityUid('T', 'b') },
    });
    const json = policySetToJson(set);
    const { policies, diagnostics } = policySetFromJson(json);
    expect(diagnostics).toEqual([]);
    expect(policySetToJson(policies)).toEqual(json);
    expect([...policies.policies()].map(({ id }) => id)).toEqual(['policy0', 'policy2', 'l']);
  });

  test('a Long beyond 2^53 keeps its value', () => {
    const { policies } = parsePolicies('permit(principal, action, resource) when { 9007199254740993 == 1 };');
    expect(policyToJson(policies[0]!)).toMatchObject({
      conditions: [{ body: { '==': { left: { Value: 9007199254740993n } } } }],
    });
  });
});

describe('values', () => {
  const value = (json: unknown) => {
    const all = { op: 'All' };
    const conditions = [{ kind: 'when', body: { Value: json } }];
    return policyFromJson({ effect: 'permit', principal: all, action: all, resource: all, conditions });
  };

  test.each([
    ['an escape with a variant is a record', { __entity: { type: 'A', id: 'b' }, x: 1 }],
    ['an escape of the wrong shape is a record', { __extn: { fn: 1, arg: 2 } }],
    ['any function may be named', { __extn: { fn: 'nosuch', args: [1, 2] } }],
    ['`__proto__` is a key like any other', JSON.parse('{"__proto__":{"a":1}}')],
  ])('%s, and goes back as it came', (_title, json) => {
    const parsed = value(json);
    if (!parsed.ok) throw new Error(parsed.diagnostic.message);
    const back = policyToJson(parsed.policy) as { conditions: { body: { Value: unknown } }[] };
    expect(JSON.parse(JSON.stringify(back.conditions[0]?.body.Value))).toEqual(json);
  });

  test.each([
    null,
    1.5,
    2n ** 63n,
    [null],
    { a: undefined, b: null },
    '\ud800',
    { '\udc00': 1 },
    { __entity: { type: 'A', id: 'b', x: 0.5 } },
  ])('%s is not a value', (json) => {
    expect(value(json).ok).toBe(false);
  });
});

describe('policy sets', () => {
  test('every problem is reported with the part that it is about', () => {
    const all = { op: 'All' };
    const policy = { effect: 'permit', principal: all, action: all, resource: all, conditions: [] };
    const { diagnostics } = policySetFromJson({
      staticPolicies: { a: policy, b: {}, c: { ...policy, principal: { op: '==', slot: '?principal' } } },
      templates: { a: { ...policy, principal: { op: '==', slot: '?principal' } }, t: policy },
      templateLinks: [{ templateId: 'x', newId: 'l', values: {} }, { templateId: 'x' }],
    });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'policy `b`: missing field `effect`',
      'policy `c`: expected a static policy, found a template',
      'template `a`: duplicate template or policy id `a`',
      'template `t`: expected a template, found a static policy',
      'template link 1: failed to find a template with id `x`',
      'template link 2: missing field `newId`',
    ]);
  });

  test('text that is not JSON is refused with line and column', () => {
    expect(parseJsonPolicySet('{\n "staticPolicies": }').diagnostics[0]?.message).toMatch(/line 2 column 20$/);
  });

  test('a duplicate key is refused', () => {
    expect(parseJsonPolicySet('{"templates":{},"templates":{}}').diagnostics).toHaveLength(1);
  });
});
