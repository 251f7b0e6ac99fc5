/**
 * JSON structure — how deep a value is, also where its parts share parts.
 */
import { expect, test } from 'vitest';
import { isAuthorized } from '../../../../src/cedar-wasm/index.ts';
import { isTooDeep } from '../../../../src/parser/json/json-structure.ts';

function nested(levels: number, innermost: unknown = 1): unknown {
  let value = innermost;
  for (let n = 0; n < levels; n++) value = n % 2 === 0 ? [value] : { a: value };
  return value;
}

function shared(levels: number): unknown {
  let value: unknown = 1;
  for (let n = 0; n < levels; n++) value = [value, { a: value }];
  return value;
}

test.each<[string, unknown, boolean]>([
  ['a scalar', 1, false],
  ['as deep as may be', nested(127), false],
  ['as deep, with an empty list inside', nested(127, []), false],
  ['one level deeper', nested(128), true],
  ['much deeper', nested(100_000), true],
  ['wide', Array.from({ length: 300_000 }, () => ({ a: [1] })), false],
  ['wide, and too deep at its end', [...Array.from({ length: 300_000 }, () => [1]), nested(127)], true],
  ['with parts that share parts', shared(40), false],
  ['with parts that share parts, and too deep', shared(100), true],
])('a value that is %s', (_, value, expected) => {
  expect(isTooDeep(value)).toBe(expected);
});

test('a value that contains itself is too deep, at once', () => {
  const value: Record<string, unknown> = {};
  for (let n = 0; n < 20; n++) value[`a${n}`] = [value, value];
  expect(isTooDeep(value)).toBe(true);
  const call = { principal: value, action: value, resource: value, context: value, policies: value, entities: value };
  expect(() => isAuthorized(call as never)).toThrow('`principal.a0[0]` holds itself');
});
