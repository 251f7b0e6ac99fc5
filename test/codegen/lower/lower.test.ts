/**
 * Lower — what a core tree becomes; expressions are in ir/ir.test.ts.
 */
import { expect, test } from 'vitest';
import { printIr, printPolicy } from '../../../codegen/ir/print.ts';
import { coreOf, irOf, policyOf } from '../of.ts';

test('open scopes and a condition that is always met are left out', () => {
  expect(policyOf('permit(principal, action, resource);')).toEqual({
    id: coreOf('permit(principal, action, resource);').id,
    effect: 'permit',
    principal: undefined,
    action: undefined,
    resource: undefined,
    condition: undefined,
  });
});

test('other literals stay as a condition', () => {
  for (const text of ['false', '1'])
    expect(printPolicy(policyOf(`forbid(principal, action, resource) when { ${text} };`))).toContain(`when ${text}`);
});

test('scopes are expressions', () => {
  const text = 'permit(principal is U in G::"a", action in [Action::"a", Action::"b"], resource == R::"a");';
  expect(printPolicy(policyOf(text)).split('\n').slice(1)).toEqual([
    '  principal (and (is U principal) (mem principal G::"a"))',
    '  action (mem action (set/2 Action::"a" Action::"b"))',
    '  resource (eq resource R::"a")',
  ]);
});

test('slots are the first two params', () => {
  const text = 'permit(principal in ?principal, action, resource == ?resource);';
  expect(printPolicy(policyOf(text)).split('\n').slice(1)).toEqual([
    '  principal (mem principal ?0:entity)',
    '  resource (eq resource ?1:entity)',
  ]);
});

test('chains are flat to the left, and nested to the right', () => {
  expect(printIr(irOf('1 && 2 && 3'))).toBe('(and 1 2 3)');
  expect(printIr(irOf('1 && (2 && 3)'))).toBe('(and 1 (and 2 3))');
  expect(printIr(irOf('1 || 2 || 3 && 4'))).toBe('(or 1 2 (and 3 4))');
});

test('operations of one operand stay what they are', () => {
  for (const [text, printed] of [
    ['!context', '(not context)'],
    ['-context', '(neg context)'],
    ['context.isEmpty()', '(isEmpty context)'],
    ['context like "a*"', '(like ["a",null] context)'],
    ['context is U', '(is U context)'],
  ] as const)
    expect(printIr(irOf(text))).toBe(printed);
});

test('fields are in the order of code points', () => {
  expect(printIr(irOf('{"\\u{1F600}": 1, "\\u{FFEE}": 2, b: 3, a: 4}'))).toBe(
    '(record ["a","b","\uffee","😀"] 4 3 2 1)',
  );
});

test('every node knows its place', () => {
  const text = 'if context.a then [1, -context.b] else {a: ip("x") like "y", b: context has c, c: 1 is U, d: !true}';
  const spans: unknown[] = [];
  JSON.stringify(irOf(text), (key, value) => {
    if (typeof value?.op === 'string') spans.push(value.span);
    return key === 'span' ? undefined : value;
  });
  expect(spans.length).toBeGreaterThan(10);
  for (const span of spans) expect(span).toMatchObject({ start: expect.any(Number), end: expect.any(Number) });
});
