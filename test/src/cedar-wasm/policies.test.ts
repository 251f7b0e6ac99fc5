/**
 * Policies — the drop-in's functions that parse and convert policies.
 *
 * That they answer as the official build does is tested against recorded answers (test/corpus); here stand the shapes and a few traps.
 */
import { describe, expect, test } from 'vitest';
import { CallShapeError } from '../../../src/cedar-wasm/call.ts';
import {
  checkParsePolicySet,
  policySetTextToParts,
  policyToJson,
  policyToText,
  templateToJson,
  templateToText,
} from '../../../src/cedar-wasm/policies.ts';

const STATIC = 'permit(principal, action, resource);';
const TEMPLATE = 'permit(principal == ?principal, action, resource);';

function errorOf(answer: { readonly type: string }) {
  if (answer.type !== 'failure') throw new Error('it succeeded');
  return (answer as Extract<ReturnType<typeof policyToJson>, { type: 'failure' }>).errors[0]!;
}

describe('detailed errors', () => {
  test('have all their members', () => {
    expect(errorOf(policyToJson(TEMPLATE))).toEqual({
      message:
        'failed to parse policy from string: expected a static policy, got a template containing the slot ?principal',
      help: 'try removing the template slot(s) from this policy',
      code: null,
      url: null,
      severity: null,
      sourceLocations: [{ label: null, start: 20, end: 30 }],
      related: [],
    });
  });

  test('tell the last of two slots', () => {
    const { message } = errorOf(policyToJson('permit(principal == ?principal, action, resource in ?resource);'));
    expect(message).toContain('the slot ?resource');
  });

  test('count places in UTF-8 bytes', () => {
    const text = '// é€😀\npermit(principal, action, resource) when { "é" == x };';
    const { start, end } = errorOf(policyToJson(text)).sourceLocations[0]!;
    expect(Buffer.from(text).subarray(start, end).toString()).toBe('x');
  });

  test('the first problem leads, the others are related to it', () => {
    const { message, related } = errorOf(policyToJson('allow(principal, action, resource) when { x };'));
    expect(message).toBe('failed to parse policy from string: invalid policy effect: allow');
    expect(related.map((each) => each.message)).toEqual(['invalid variable: x']);
  });
});

describe('texts', () => {
  test('stay as they were', () => {
    const text = ` // c\n${STATIC} // d\n`;
    expect(policyToText(text)).toEqual({ type: 'success', text });
    expect(templateToText(TEMPLATE)).toEqual({ type: 'success', text: TEMPLATE });
  });

  test('come in parts sorted by id, so that policy10 is before policy2', () => {
    const policies = Array.from({ length: 11 }, (_, i) => `permit(principal, action, resource) when { ${i} == 1 };`);
    const answer = policySetTextToParts([...policies, TEMPLATE].join('\n'));
    expect(answer).toEqual({
      type: 'success',
      policies: [0, 1, 10, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => policies[i]),
      policy_templates: [TEMPLATE],
    });
  });

  test('a static policy is not a template', () => {
    expect(errorOf(templateToJson(STATIC)).message).toBe(
      'failed to parse template from string: expected a template, got a static policy',
    );
  });
});

describe('JSON', () => {
  test('goes back in the spelling it came with', () => {
    const json = {
      effect: 'permit',
      principal: { op: '==', entity: { __entity: { type: 'U', id: 'a' } } },
      action: { op: 'in', entities: [{ type: 'Action', id: 'a' }] },
      resource: { op: 'All' },
      conditions: [
        {
          kind: 'when',
          body: { like: { left: { Value: 'x' }, pattern: [{ Literal: 'ab' }, { Literal: '' }, 'Wildcard'] } },
        },
        { kind: 'unless', body: { has: { left: { Var: 'context' }, attr: ['a'] } } },
      ],
    };
    const answer = policyToJson(json);
    expect(answer.type === 'success' && JSON.parse(JSON.stringify(answer.json))).toEqual(json);
  });

  test('every escape of a value goes back as it came', () => {
    const any = { op: 'All' };
    const date = { __extn: { fn: 'datetime', args: ['2024-01-01'] } };
    const values = [
      { __extn: { fn: 'ip', args: ['1.2.3.4'] } },
      { __extn: { fn: 'ip', arg: '1.2.3.4' } },
      { __extn: { fn: 'offset', args: [date, { __extn: { fn: 'duration', arg: '1h' } }] } },
      [date, { a: date, b: { __entity: { type: 'A', id: 'b' } } }],
      { Value: date, __entity: { type: 'A', id: 'b' } },
      { type: 'A', id: 'b' },
    ];
    const bodies = [
      ...values.map((Value) => ({ Value })),
      { Set: [{ Value: date }] },
      { Record: { Value: { Value: date } } },
    ];
    for (const body of bodies) {
      const json = {
        effect: 'permit',
        principal: any,
        action: any,
        resource: any,
        conditions: [{ kind: 'when', body }],
      };
      const answer = policyToJson(json);
      expect(answer.type === 'success' && JSON.parse(JSON.stringify(answer.json))).toEqual(json);
    }
  });

  test('a Long beyond 2^53 goes in and out as a bigint', () => {
    const all = { op: 'All' };
    const conditions = [{ kind: 'when', body: { Value: 9007199254740993n } }];
    const answer = policyToJson({ effect: 'permit', principal: all, action: all, resource: all, conditions });
    expect(answer).toMatchObject({ json: { conditions: [{ body: { Value: 9007199254740993n } }] } });
  });
});

describe('policy sets', () => {
  test.each([{}, [], { staticPolicies: STATIC }, { staticPolicies: [STATIC] }, { staticPolicies: { '': STATIC } }])(
    '%j parses',
    (policies) => {
      expect(checkParsePolicySet(policies)).toEqual({ type: 'success' });
    },
  );

  test('two texts in a list have the same id', () => {
    const { message } = errorOf(checkParsePolicySet({ staticPolicies: [STATIC, STATIC] }));
    expect(message).toBe('duplicate template or policy id `policy0`');
  });

  test('every wrong part is reported', () => {
    const answer = checkParsePolicySet({
      staticPolicies: { a: 'x', b: TEMPLATE },
      templates: { t: STATIC },
      templateLinks: [{ templateId: 't', newId: 'l', values: {} }],
    });
    expect(answer.type === 'failure' && answer.errors.map(({ message }) => message)).toEqual([
      'failed to parse policy with id `a` from string: unexpected end of input',
      'failed to parse policy with id `b` from string: expected a static policy, got a template containing the slot ?principal',
      'failed to parse template with id `t` from string: expected a template, got a static policy',
      'unable to link template: failed to find a template with id `t`',
    ]);
  });

  let deep: unknown = 1;
  for (let i = 0; i < 200; i++) deep = [deep];

  test.each([
    [undefined, 'invalid type: null, expected struct PolicySet'],
    [{ x: 1 }, 'unknown field `x`, expected one of `staticPolicies`, `templates`, `templateLinks`'],
    [{ templates: [] }, 'invalid type: sequence, expected a map'],
    [{ templateLinks: [{ newId: 'a', values: {} }] }, 'missing field `templateId`'],
    [
      { templateLinks: [{ templateId: 't', newId: 'a', values: { principal: 1 } }] },
      'unknown variant `principal`, expected `?principal` or `?resource`',
    ],
    [{ staticPolicies: '\ud800' }, 'lone surrogate in a string'],
    [{ staticPolicies: { a: deep } }, 'recursion limit exceeded'],
  ])('the shape of %.60j is wrong: it throws', (policies, message) => {
    expect(() => checkParsePolicySet(policies)).toThrow(new CallShapeError(message));
  });
});
