/**
 * Known errors — an error that is kept is given for its own cause only.
 */
import { describe, expect, test } from 'vitest';
import { compile, EntityStore } from '../../../../src/index.ts';

const store = EntityStore.from([
  { uid: 'User::"a"', attrs: { n: 3 }, parents: [] },
  { uid: 'User::"b"', attrs: {}, parents: [] },
]);

/** One engine that is asked again and again, in turns, gives for each request what a new one gives. */
function turns(condition: string, requests: readonly object[]): void {
  const policies = `permit (principal, action, resource) when { ${condition} };`;
  const whole = requests.map((request) => ({
    principal: 'User::"a"',
    action: 'Action::"view"',
    resource: 'User::"b"',
    ...request,
  }));
  const model = compile(policies, { mode: 'interpret' });
  const expected = whole.map((request) => model.isAuthorized(request, store).errors);
  expect(new Set(expected.map((errors) => JSON.stringify(errors))).size).toBeGreaterThan(1);
  const engine = compile(policies, { warmUp: 2 });
  for (let i = 0; i < 8 * whole.length; i++) {
    const at = (i * 3 + (i >> 3)) % whole.length;
    expect(engine.isAuthorized(whole[at]!, store).errors).toEqual(expected[at]);
  }
}

const contexts = (...contexts: object[]) => contexts.map((context) => ({ context }));

describe('an error is told by', () => {
  test('the names in the context, in their order, and how many', () =>
    turns('context.x', contexts({ a: 1 }, { b: 1 }, { a: 1, b: 1 }, { b: 2, a: 3 }, {})));
  test('types', () => turns('context.x < 3', contexts({ x: 'a' }, { x: true }, { x: 'b' }, { x: false })));
  test('numbers that overflow, or the type that is wrong', () =>
    turns('context.x * 4611686018427387904 > 0', contexts({ x: 3 }, { x: 4 }, { x: 'text' }, { x: true }, { x: 3 })));
  test('texts that an extension function refuses', () =>
    turns('ip(context.x).isIpv4()', contexts({ x: 'a' }, { x: 'b' }, { x: 'c' })));
  test('the place', () => turns('context.x.a && context.y.a', contexts({ x: 1, y: 1 }, { y: 1 }, { x: true, y: 1 })));
  test('the entity that does not exist', () =>
    turns('principal.n > 3 || resource.z', [
      { principal: 'User::"none"' },
      { principal: 'User::"other"' },
      { principal: 'User::"a"', resource: 'Doc::"none"' },
    ]));
  test('what a set holds', () =>
    turns('principal in context.set', contexts({ set: [1] }, { set: ['a'] }, { set: [true, 'a'] }, { set: 3 })));
  test('what an entity has now', () => {
    const engine = compile('permit (principal, action, resource) when { principal.z };', { warmUp: 2 });
    const own = EntityStore.from([{ uid: 'User::"a"', attrs: { n: 3 }, parents: [] }]);
    const request = { principal: 'User::"a"', action: 'Action::"view"', resource: 'User::"b"' };
    const help = () => engine.isAuthorized(request, own).errors[0]!.help;
    for (let i = 0; i < 4; i++) expect(help()).toBe('available attributes: [n]');
    own.upsert({ uid: 'User::"a"', attrs: { m: 3 }, parents: [] });
    for (let i = 0; i < 4; i++) expect(help()).toBe('available attributes: [m]');
  });
});

test('a context of another request is not what an earlier error was about', () => {
  const engine = compile('permit (principal, action, resource) when { context.x.y };', { warmUp: 0 });
  const request = { principal: 'User::"a"', action: 'Action::"view"', resource: 'User::"b"' };
  const kept = [{ a: 1 }, { b: 1 }, { c: 1 }].map((context) => engine.isAuthorized({ ...request, context }, store));
  expect(kept.map(({ errors }) => errors[0]!.help)).toEqual(
    ['a', 'b', 'c'].map((name) => `available attributes: ["${name}"]`),
  );
});

test('errors are plain data', () => {
  const engine = compile('permit (principal, action, resource) when { context.x };');
  const request = { principal: 'User::"a"', action: 'Action::"view"', resource: 'User::"b"', context: {} };
  const answer = engine.isAuthorized(request, store);
  expect(structuredClone(answer)).toStrictEqual(answer);
  expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
});
