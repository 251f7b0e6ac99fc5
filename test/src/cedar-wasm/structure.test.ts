/**
 * Structure — what cannot be written as JSON is refused at once and by its place, however it is passed.
 */
import { describe, expect, test } from 'vitest';
import * as dropIn from '../../../src/cedar-wasm/index.ts';
import { structureProblem } from '../../../src/parser/json/json-structure.ts';

const POLICIES = { staticPolicies: 'permit(principal, action, resource);' };

function call(context: unknown, entities: unknown = []) {
  const uid = (type: string) => ({ type, id: 'x' });
  return {
    principal: uid('T'),
    action: uid('Action'),
    resource: uid('T'),
    context,
    policies: POLICIES,
    entities,
  } as dropIn.AuthorizationCall;
}

function cyclic(): unknown {
  const a: Record<string, unknown> = {};
  a.left = { up: a, other: a };
  a.right = [a, a];
  return a;
}

/** Two to the power of its depth, written out. */
function shared(depth: number): unknown {
  let value: unknown = { leaf: 1 };
  for (let i = 0; i < depth; i++) value = { x: value, y: value };
  return value;
}

describe('a cyclic object', () => {
  test.each<[string, () => unknown, string]>([
    ['the context', () => dropIn.isAuthorized(call({ a: cyclic() })), '`context.a.left.up` holds itself'],
    ['an entity', () => dropIn.isAuthorized(call({}, [cyclic()])), '`entities[0].left.up` holds itself'],
    ['a schema', () => dropIn.checkParseSchema(cyclic() as never), '`left.up` holds itself'],
    ['policies', () => dropIn.checkParsePolicySet(cyclic() as never), '`left.up` holds itself'],
    ['entities', () => dropIn.checkParseEntities({ entities: cyclic() } as never), '`entities.left.up` holds itself'],
  ])('is refused with its path: %s', (_what, run, message) => {
    const start = performance.now();
    expect(run).toThrow(message);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

test('what shares its parts is taken like its text, unless that is without measure', () => {
  expect(dropIn.isAuthorized(call({ a: shared(10) }))).toMatchObject({ type: 'success' });
  expect(() => dropIn.isAuthorized(call({ a: shared(40) }))).toThrow(/too large when what it shares is written out/);
});

test('127 levels are taken and 128 are not, also where the deep part is shared', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });
  expect(structureProblem(nested(127))).toBeUndefined();
  expect(structureProblem(nested(128))).toMatchObject({ kind: 'tooDeep' });
  const deep = nested(100);
  expect(structureProblem([deep, { a: deep }])).toBeUndefined();
  const wrap = (levels: number, inner: unknown): unknown => (levels === 0 ? inner : { a: wrap(levels - 1, inner) });
  expect(structureProblem([deep, wrap(30, deep)])).toMatchObject({ kind: 'tooDeep' });
});
