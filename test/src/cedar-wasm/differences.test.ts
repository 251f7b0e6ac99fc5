/**
 * Differences — where answers are not those of the official build 4.13, on purpose. docs/cedar-wasm.md lists the same.
 *
 * Each test asks both, so that a difference that goes away is noticed.
 */
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import * as ours from '../../../src/cedar-wasm/index.ts';

type Functions = Record<string, (...args: unknown[]) => unknown>;
const official = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs') as Functions;
const mine = ours as unknown as Functions;

const POLICY = 'permit(principal, action, resource) when { context.x == 9007199254740993 };';

function call(context: unknown, more: object = {}): object {
  const uid = (type: string) => ({ type, id: 'a' });
  const scope = { principal: uid('User'), action: uid('Action'), resource: uid('Doc') };
  return { ...scope, context, entities: [], policies: { staticPolicies: POLICY }, ...more };
}

interface Asked {
  readonly theirs: unknown;
  readonly ours: unknown;
}

/** The answers of both, `threw: …` for an exception. */
function ask(name: string, ...args: unknown[]): Asked {
  const answer = (functions: Functions) => {
    try {
      return functions[name]!(...args);
    } catch (error) {
      return `threw: ${(error as Error).message}`;
    }
  };
  return { theirs: answer(official), ours: answer(mine) };
}

const ALLOW = { type: 'success', response: { decision: 'allow' } };
const DENY = { type: 'success', response: { decision: 'deny' } };

describe('answers of 4.14', () => {
  test('versions', () => {
    expect(ask('getCedarLangVersion')).toEqual({ theirs: '4.5', ours: '4.6' });
    expect(ask('getCedarSDKVersion')).toEqual({ theirs: '4.13.0', ours: '4.14.1' });
  });

  test('external declarations', () => {
    for (const schema of ['external entity A;', { '': { entityTypes: { A: { external: true } }, actions: {} } }]) {
      const { theirs, ours } = ask('checkParseSchema', schema);
      expect(theirs).toMatchObject({ type: 'failure' });
      expect(ours).toEqual({ type: 'success' });
    }
  });

  test('functions for incomplete schemas', () => {
    expect(official.linkSchemas).toBeUndefined();
    expect(official.schemaCompleteness).toBeUndefined();
    expect(mine.linkSchemas!({ schemas: ['external entity A;', 'entity A;'] })).toMatchObject({ complete: true });
  });

  test('what was expected at a declaration', () => {
    const { theirs, ours } = ask('checkParseSchema', 'foo');
    expect(JSON.stringify(theirs)).not.toContain('`external`');
    expect(JSON.stringify(ours)).toContain('`external`');
    expect(
      JSON.stringify(ask('checkParseSchema', { '': { entityTypes: { A: { x: 1 } }, actions: {} } }).ours),
    ).toContain('`external`');
  });
});

describe('what the official build gets wrong', () => {
  test('a bigint is exact', () => {
    const { theirs, ours } = ask('isAuthorized', call({ x: 9007199254740993n }));
    expect(theirs).toMatch(/^threw/);
    expect(ours).toMatchObject(ALLOW);
    expect(ask('isAuthorized', call({ x: 9007199254740992n })).ours).toMatchObject(DENY);
  });

  test('a number beyond 2^53 is refused, in data and in policies', () => {
    const { theirs, ours } = ask('isAuthorized', call({ x: 2 ** 53 }));
    expect(theirs).toMatchObject(DENY);
    expect(ours).toMatchObject({
      type: 'failure',
      errors: [{ message: expect.stringContaining('give it as a bigint') }],
    });
    const all = { op: 'All' };
    const conditions = [{ kind: 'when', body: { '==': { left: { Value: 2 ** 53 }, right: { Value: 1 } } } }];
    const policy = ask('policyToJson', { effect: 'permit', principal: all, action: all, resource: all, conditions });
    expect(policy.theirs).toMatchObject({ type: 'success' });
    expect(policy.ours).toMatchObject({
      type: 'failure',
      errors: [{ message: expect.stringContaining('give it as a bigint') }],
    });
  });

  test('Longs beyond 2^53 are exact in answers', () => {
    const { theirs, ours } = ask('policyToJson', POLICY);
    const valueIn = (answer: unknown) =>
      (answer as { json: { conditions: { body: { '==': { right: unknown } } }[] } }).json.conditions[0]?.body['==']
        .right;
    expect(valueIn(theirs)).toEqual({ Value: 9007199254740992 });
    expect(valueIn(ours)).toEqual({ Value: 9007199254740993n });
  });

  test.each([
    ['Map', new Map([['a', 1]])],
    ['Set', new Set([1])],
    ['Promise', Promise.resolve(1)],
    ['RegExp', /a/],
    ['ArrayBuffer', new ArrayBuffer(2)],
    ['Uint8Array', new Uint8Array(2)],
  ])('a %s is refused', (name, x) => {
    const policies = { staticPolicies: 'permit(principal, action, resource) when { context has x };' };
    const { theirs, ours } = ask('isAuthorized', call({ x }, { policies }));
    expect(theirs).toMatchObject(ALLOW);
    expect(ours).toContain(`threw: a ${name} cannot be written as JSON`);
  });

  test('half a surrogate pair is named', () => {
    const { theirs, ours } = ask('isAuthorized', call({ x: '\ud800' }));
    expect(theirs).toContain('unexpected end of hex escape');
    expect(ours).toMatchObject({
      type: 'failure',
      errors: [{ message: 'while parsing context, lone surrogate in a string' }],
    });
    expect(ask('policyToJson', '\ud800').ours).toContain('threw: lone surrogate');
  });

  test('what is nested too deep, or contains itself, ends the call and nothing else', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(ask('isAuthorized', call({ x: circle })).ours).toBe('threw: `context.x[0]` holds itself');
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(() => ours.isAuthorized(call({ x: deep }) as ours.AuthorizationCall)).toThrow('recursion limit exceeded');
    const text = `permit(principal, action, resource) when { ${'('.repeat(50_000)}true${')'.repeat(50_000)} };`;
    expect(ours.policyToJson(text)).toMatchObject({ type: 'failure' });
    expect(ours.isAuthorized(call({ x: 1 }) as ours.AuthorizationCall)).toMatchObject(DENY);
  });
});

describe('answers that tell more, or in another order', () => {
  test('ids and errors come in the order of the policies', () => {
    const names = Array.from({ length: 20 }, (_, i) => `p${i}`);
    const policies = {
      staticPolicies: Object.fromEntries(names.map((name) => [name, 'permit(principal, action, resource);'])),
    };
    const { theirs, ours } = ask('isAuthorized', call({}, { policies }));
    const reasons = (answer: unknown) =>
      (answer as { response: { diagnostics: { reason: string[] } } }).response.diagnostics.reason;
    expect(reasons(ours)).toEqual(names);
    expect([...reasons(theirs)].sort()).toEqual([...names].sort());
  });

  test('every name of a schema that stands for nothing is told', () => {
    const { theirs, ours } = ask('checkParseSchema', 'entity A { x: X }; entity B { y: Y }; action a in [b, c];');
    for (const answer of [theirs, ours]) expect(answer).toMatchObject({ type: 'failure' });
    expect(JSON.stringify(ours)).toContain('failed to resolve types: X, Y');
  });

  test('each element of a set with unknowns is there once', () => {
    const unknown = { __extn: { fn: 'unknown', arg: 'k' } };
    const policies = { staticPolicies: 'permit(principal, action, resource) when { context.s == resource.x };' };
    const { theirs, ours } = ask('isAuthorizedPartial', call({ s: [1, 1, unknown] }, { resource: null, policies }));
    expect(JSON.stringify(theirs)).toContain('[{"Value":1},{"Value":1},{"unknown"');
    expect(JSON.stringify(ours)).toContain('[{"Value":1},{"unknown"');
  });

  test('characters that Unicode 17 made wide take two columns', () => {
    const policyText =
      'permit(principal, action, resource) when { "\u{18efe}\u{18efe}\u{18efe}\u{18efe}" == context.x };';
    const { theirs, ours } = ask('formatPolicies', { policyText, lineWidth: 32 });
    expect(theirs).not.toEqual(ours);
  });

  test('a context that is not a record is not shown', () => {
    const { theirs, ours } = ask('isAuthorized', call([1]));
    expect(theirs).toMatchObject({ errors: [{ message: 'expression is not a record: [1]' }] });
    expect(ours).toMatchObject({ errors: [{ message: 'expression is not a record: []' }] });
  });
});

describe('what JSON takes', () => {
  class Uid {
    readonly type = 'User';
    readonly id = 'a';
    get hidden(): number {
      return 1;
    }
  }
  const policies = (condition: string) => ({
    policies: { staticPolicies: `permit(principal, action, resource) when { ${condition} };` },
  });

  test.each<[string, object]>([
    ['a Date is text', call({ x: new Date(0) }, policies('context.x == "1970-01-01T00:00:00.000Z"'))],
    [
      'toJSON is called, at any depth',
      call({ x: { toJSON: () => [{ toJSON: () => 5 }] } }, policies('context.x == [5]')),
    ],
    ['toJSON is called of the call itself', { toJSON: () => call({ x: 1 }, policies('context.x == 1')) }],
    ['a class instance is its own members', call({ x: new Uid() }, policies('context.x == {type: "User", id: "a"}'))],
    ['also as a uid', call({}, { principal: new Uid(), ...policies('principal == User::"a"') })],
    [
      'boxed values are values',
      call({ x: [new Number(3), new String('a'), new Boolean(true)] }, policies('context.x == [3, "a", true]')),
    ],
    [
      'undefined, functions and symbols are left out',
      call({ x: undefined, y: () => 1, z: Symbol('z') }, policies('context == {}')),
    ],
    [
      'an object without prototype is an object',
      call(Object.assign(Object.create(null), { x: 1 }), policies('context.x == 1')),
    ],
    ['-0 is 0', call({ x: -0 }, policies('context.x == 0'))],
  ])('%s', (_, given) => {
    const { theirs, ours } = ask('isAuthorized', given);
    expect(theirs).toMatchObject(ALLOW);
    expect(ours).toMatchObject(ALLOW);
  });

  test('what JSON writes as null is refused, as there', () => {
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY, null, [undefined]])
      for (const answer of Object.values(ask('isAuthorized', call({ x }))))
        expect(answer).toMatchObject({
          type: 'failure',
          errors: [{ message: expect.stringContaining('found a `null`') }],
        });
  });
});
