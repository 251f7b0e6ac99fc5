/**
 * Authorize — the drop-in answers as the official build does, and where that one rounds or panics it is exact.
 */
import * as official from '@cedar-policy/cedar-wasm/nodejs';
import { describe, expect, test } from 'vitest';
import { isAuthorized } from '../../../src/cedar-wasm/authorize.ts';
import { preparsePolicySet, statefulIsAuthorized } from '../../../src/cedar-wasm/authorize-prepared.ts';
import { checkParseContext, checkParseEntities } from '../../../src/cedar-wasm/entities.ts';

const call = {
  principal: { type: 'User', id: 'a' },
  action: { type: 'Action', id: 'view' },
  resource: { type: 'Doc', id: 'd' },
  context: {},
  policies: { staticPolicies: 'permit(principal, action, resource);' as unknown },
  entities: [] as unknown,
};

function plain(answer: () => unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(answer()));
  } catch {
    return 'threw';
  }
}

function when(condition: string, more: object = {}): object {
  return {
    ...call,
    policies: { staticPolicies: `permit(principal, action, resource) when { ${condition} };` },
    ...more,
  };
}

describe('isAuthorized answers as the official build', () => {
  test.each<[string, object]>([
    ['allow', call],
    ['deny', when('false')],
    ['an error of evaluation, its place in bytes', when('"\u00e9\u{1f600}" == context.x')],
    ['a missing attribute', when('principal.x', { entities: [{ uid: call.principal, attrs: { y: 1 }, parents: [] }] })],
    ['a policy that does not parse', when('1 +')],
    ['a principal that is none', { ...call, principal: 'User::"a"' }],
    ['a principal and a resource that are none', { ...call, principal: 1, resource: null }],
    ['a principal before a context', { ...call, principal: 1, context: 1 }],
    ['a context before policies', { ...when('1 +'), context: 1 }],
    ['a context that is an entity', { ...call, context: { __entity: call.principal } }],
    ['entities and policies together', { ...when('1 +'), entities: 1 }],
    ['a member that is unknown', { ...call, nope: 1 }],
    ['a member that is missing', { ...call, context: undefined }],
    ['a cycle', { ...call, entities: [{ uid: call.principal, attrs: {}, parents: [call.principal] }] }],
    [
      'a policy without its template',
      { ...call, policies: { templateLinks: [{ templateId: 't', newId: 'l', values: {} }] } },
    ],
    ['context members that are undefined', when('context has x', { context: { x: undefined } })],
    ['hostile keys', when('context has "__proto__" || context has constructor', { context: { toString: 1 } })],
  ])('%s', (_, argument) => {
    expect(plain(() => isAuthorized(argument))).toEqual(plain(() => official.isAuthorized(argument as never)));
  });
});

describe('integers beyond 2^53', () => {
  const decision = (argument: object) => {
    const answer = isAuthorized(argument);
    return answer.type === 'success' ? answer.response.decision : 'failure';
  };

  test('are exact as BigInt, in contexts and in entities', () => {
    const n = 9_007_199_254_740_993n;
    const entities = [{ uid: call.principal, attrs: { n }, parents: [] }];
    for (const [expression, more] of [
      ['context.n', { context: { n } }],
      ['principal.n', { entities }],
    ] as const) {
      expect(decision(when(`${expression} == 9007199254740993`, more))).toBe('allow');
      expect(decision(when(`${expression} == 9007199254740992`, more))).toBe('deny');
    }
  });

  test('are refused beyond 64 bits', () => {
    expect(decision(when('true', { context: { n: 2n ** 63n } }))).toBe('failure');
  });
});

describe('the stateful call', () => {
  const { policies: _, ...request } = call;

  test('keeps what was parsed last under a name, and does not replace it by what does not parse', () => {
    const decide = () => plain(() => statefulIsAuthorized({ ...request, preparsedPolicySetId: 'kept' }));
    expect(preparsePolicySet('kept', { staticPolicies: 'permit(principal, action, resource);' })).toEqual({
      type: 'success',
    });
    expect(preparsePolicySet('kept', { staticPolicies: 'permit(' })).toMatchObject({ type: 'failure' });
    expect(decide()).toMatchObject({ response: { decision: 'allow' } });
    preparsePolicySet('kept', { staticPolicies: '' });
    expect(decide()).toMatchObject({ response: { decision: 'deny' } });
  });

  test('knows no name that was not given, `__proto__` included', () => {
    for (const preparsedPolicySetId of ['never', '__proto__', 'constructor']) {
      expect(statefulIsAuthorized({ ...request, preparsedPolicySetId })).toMatchObject({
        type: 'failure',
        errors: [{ message: `preparsed policy set '${preparsedPolicySetId}' not found` }],
      });
    }
  });
});

describe.each<[string, object]>([
  ['nothing', {}],
  ['values of all kinds', { a: true, b: -1, c: 'x', d: [1, 'x', []], e: { f: { __entity: { type: 'A', id: 'x' } } } }],
  ['an extension value', { a: { __extn: { fn: 'decimal', arg: '1.5' } } }],
  ['an extension value that is none', { a: { __extn: { fn: 'decimal', arg: '1' } } }],
  ['an unknown function', { a: { __extn: { fn: 'nope', arg: 'x' } } }],
  ['too many arguments', { a: { __extn: { fn: 'ip', args: ['::1', '::1'] } } }],
  ['a type that is not a name', { a: { __entity: { type: 'a b', id: 'x' } } }],
  ['an escape of former versions', { a: { __expr: 'x' } }],
  ['null', { a: [null] }],
  ['a fraction', { a: 1.5 }],
])('checking %s', (_, attrs) => {
  test('as a context', () => {
    const argument = { context: attrs };
    expect(plain(() => checkParseContext(argument))).toEqual(
      plain(() => official.checkParseContext(argument as never)),
    );
  });

  test('as the attributes of an entity', () => {
    const argument = { entities: [{ uid: { type: 'A', id: 'x' }, attrs, parents: [] }] };
    expect(plain(() => checkParseEntities(argument))).toEqual(
      plain(() => official.checkParseEntities(argument as never)),
    );
  });
});
