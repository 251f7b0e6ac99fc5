/**
 * Authorize partial — what is left of policies where some of the request is unknown.
 */
import { describe, expect, test } from 'vitest';
import { isAuthorizedPartial } from '../../../src/cedar-wasm/authorize-partial.ts';

const UNKNOWN = { __extn: { fn: 'unknown', arg: 'k' } };
const CALL = {
  principal: { type: 'User', id: 'alice' },
  action: { type: 'Action', id: 'view' },
  resource: null,
  context: {},
  entities: [
    {
      uid: { type: 'User', id: 'alice' },
      attrs: { age: 5, price: { __extn: { fn: 'decimal', arg: '1.50' } } },
      parents: [],
    },
  ],
};

function respond(staticPolicies: string, call: object = {}) {
  const answer = isAuthorizedPartial({ ...CALL, policies: { staticPolicies }, ...call });
  if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
  return answer.response;
}

/** The condition that is left of the only policy, below the `true && …` of the scope. */
function residual(condition: string, call: object = {}): unknown {
  let body = respondBody(`permit(principal, action, resource) when { ${condition} };`, call);
  while (isAnd(body) && JSON.stringify(body['&&'].left) === '{"Value":true}') body = body['&&'].right;
  return body;
}

function respondBody(policy: string, call: object): unknown {
  const json = respond(policy, call).residuals.policy0 as { conditions: { body: unknown }[] };
  return json.conditions[0]?.body;
}

function isAnd(json: unknown): json is { '&&': { left: unknown; right: unknown } } {
  return typeof json === 'object' && json !== null && '&&' in json;
}

const RESOURCE = { unknown: [{ Value: 'resource' }] };

describe('authorize partial', () => {
  test('what is known is evaluated, what is not stays', () => {
    expect(residual('principal.age == 5 && resource.public')).toEqual({ '.': { left: RESOURCE, attr: 'public' } });
    expect(residual('resource.age == principal.age + 1')).toEqual({
      '==': { left: { '.': { left: RESOURCE, attr: 'age' } }, right: { Value: 6 } },
    });
  });

  test('an error behind an unknown stays as it was written; any other makes the policy err', () => {
    expect(residual('resource.public && principal.nope')).toEqual({
      '&&': {
        left: { '.': { left: RESOURCE, attr: 'public' } },
        right: { '.': { left: { Var: 'principal' }, attr: 'nope' } },
      },
    });
    expect(respond('permit(principal, action, resource) when { principal.nope && resource.public };').errored).toEqual([
      'policy0',
    ]);
  });

  test('`has a.b` is one node', () => {
    expect(residual('resource has a.b.c')).toEqual({ has: { left: RESOURCE, attr: ['a', 'b', 'c'] } });
    expect(residual('resource has a && resource.a has b')).toHaveProperty('&&');
  });

  test('an extension value is spelled as it was given', () => {
    const at = (left: unknown) => ({ '==': { left, right: { '.': { left: RESOURCE, attr: 'x' } } } });
    expect(residual('principal.price == resource.x')).toEqual(at({ decimal: [{ Value: '1.50' }] }));
    expect(residual('ip("10.0.0.1") == resource.x')).toEqual(at({ ip: [{ Value: '10.0.0.1' }] }));
    expect(residual('duration("1h") == resource.x')).toEqual(at({ duration: [{ Value: '1h' }] }));
  });

  test('Longs beyond 2^53 are exact', () => {
    expect(residual('9007199254740993 == resource.x')).toHaveProperty('==.left.Value', 9007199254740993n);
  });

  test('an unknown in a context is looked at no further than it must be', () => {
    const context = { a: UNKNOWN, b: 2 };
    expect(residual('context.b == 2', { context })).toEqual({ Value: true });
    expect(residual('context has a', { context })).toEqual({ Value: true });
    expect(residual('context.a == 1', { context })).toEqual({
      '==': { left: { unknown: [{ Value: 'k' }] }, right: { Value: 1 } },
    });
  });

  test('there is a decision where residuals cannot change it', () => {
    const permit = 'permit(principal, action, resource);';
    const open = '(principal, action, resource) when { resource.x };';
    expect(respond(permit).decision).toBe('allow');
    expect(respond(`${permit} permit${open}`)).toMatchObject({ decision: 'allow', mustBeDetermining: ['policy0'] });
    expect(respond(`${permit} forbid${open}`)).toMatchObject({ decision: null, mustBeDetermining: [] });
    expect(respond(`forbid(principal, action, resource); permit${open}`)).toMatchObject({ decision: 'deny' });
    expect(respond(`forbid${open}`).decision).toBe('deny');
  });

  test('the known parts of a request must fit the schema', () => {
    const schema = 'entity User, Doc; action view appliesTo { principal: [User], resource: [Doc] };';
    const policies = { staticPolicies: 'permit(principal, action, resource);' };
    const call = { ...CALL, policies, schema, entities: [] };
    expect(isAuthorizedPartial(call)).toMatchObject({ type: 'residuals' });
    expect(isAuthorizedPartial({ ...call, resource: { type: 'User', id: 'x' } })).toMatchObject({ type: 'failure' });
    expect(isAuthorizedPartial({ ...call, action: null, context: { any: 1 } })).toMatchObject({ type: 'residuals' });
  });

  test('an unknown attribute is of whatever type the schema wants; an unknown context is of none', () => {
    const schema =
      'entity User { n?: Long, ip?: ipaddr, boss?: User, r?: { a: Long }, s?: Set<Long> } tags String; entity Doc; action view appliesTo { principal: [User], resource: [Doc], context: { n?: Long, ip?: ipaddr } };';
    const policies = { staticPolicies: 'permit(principal, action, resource);' };
    const uid = { type: 'User', id: 'alice' };
    for (const attrs of [
      { n: UNKNOWN },
      { ip: UNKNOWN },
      { boss: UNKNOWN },
      { r: UNKNOWN },
      { r: { a: UNKNOWN } },
      { s: [1, UNKNOWN] },
    ]) {
      const entities = [{ uid, attrs, parents: [], tags: { t: UNKNOWN } }];
      expect(isAuthorizedPartial({ ...CALL, schema, policies, entities })).toMatchObject({ type: 'residuals' });
    }
    for (const context of [{ n: UNKNOWN }, { ip: UNKNOWN }]) {
      const call = { ...CALL, schema, policies, entities: [], context };
      expect(isAuthorizedPartial(call)).toMatchObject({ type: 'failure' });
      expect(isAuthorizedPartial(call)).toMatchObject({
        errors: [{ message: expect.stringContaining('unknown("k")') }],
      });
      expect(isAuthorizedPartial({ ...call, validateRequest: false })).toMatchObject({ type: 'residuals' });
    }
  });

  test('a call of the wrong shape throws', () => {
    expect(() => isAuthorizedPartial({ ...CALL, policies: {}, extra: 1 })).toThrow(
      'expected one of `principal`, `action`, `resource`',
    );
    expect(() => isAuthorizedPartial({ policies: {}, entities: [] })).toThrow('missing field `context`');
  });
});
