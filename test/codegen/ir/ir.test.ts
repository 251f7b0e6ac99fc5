/**
 * IR — operands out and in again, kinds, text, and the places that may fail.
 */
import { describe, expect, test } from 'vitest';
import { errorSitesOf, notedErrorSites, numberErrorSites } from '../../../codegen/ir/error-sites.ts';
import { children, withChildren } from '../../../codegen/ir/ir.ts';
import { equalIsSame, kindOf, primKind } from '../../../codegen/ir/kind.ts';
import { printIr, printPolicy } from '../../../codegen/ir/print.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { irOf, policyOf } from '../of.ts';

/** Expression, its kind, its text. */
const TABLE = [
  ['true', 'bool', 'true'],
  ['-7', 'long', '-7'],
  ['"a\\n"', 'string', '"a\\n"'],
  ['NS::U::"a\\""', 'entity', 'NS::U::"a\\""'],
  ['principal', 'entity', 'principal'],
  ['action', 'entity', 'action'],
  ['resource', 'entity', 'resource'],
  ['context', 'record', 'context'],
  ['if context then 1 else 2', 'long', '(ite context 1 2)'],
  ['if context then 1 else "2"', 'any', '(ite context 1 "2")'],
  ['if context then "1" else 2', 'any', '(ite context "1" 2)'],
  ['context && principal', 'bool', '(and context principal)'],
  ['context || principal || action', 'bool', '(or context principal action)'],
  ['!context', 'bool', '(not context)'],
  ['-context', 'long', '(neg context)'],
  ['context.isEmpty()', 'bool', '(isEmpty context)'],
  ['context like "a*"', 'bool', '(like ["a",null] context)'],
  ['context is A::B', 'bool', '(is A::B context)'],
  ['context == 1', 'bool', '(eq context 1)'],
  ['context < 1', 'bool', '(less context 1)'],
  ['context <= 1', 'bool', '(lessEq context 1)'],
  ['context + 1', 'long', '(add context 1)'],
  ['context - 1', 'long', '(sub context 1)'],
  ['context * 1', 'long', '(mul context 1)'],
  ['context in principal', 'bool', '(mem context principal)'],
  ['context.contains(1)', 'bool', '(contains context 1)'],
  ['context.containsAll(1)', 'bool', '(containsAll context 1)'],
  ['context.containsAny(1)', 'bool', '(containsAny context 1)'],
  ['context.hasTag("a")', 'bool', '(hasTag context "a")'],
  ['context.getTag("a")', 'any', '(getTag context "a")'],
  ['context["a b"]', 'any', '(getAttr "a b" context)'],
  ['context has "a b"', 'bool', '(hasAttr "a b" context)'],
  ['[]', 'set', 'set/0'],
  ['[1, context]', 'set', '(set/2 1 context)'],
  ['{}', 'record', 'record []'],
  ['{b: 1, "a c": context}', 'record', '(record ["a c","b"] context 1)'],
  ['decimal("1.0")', 'ext', '(call decimal "1.0")'],
  ['ip(context)', 'ext', '(call ip context)'],
  ['datetime("x")', 'ext', '(call datetime "x")'],
  ['duration("x")', 'ext', '(call duration "x")'],
  ['context.offset(1)', 'ext', '(call offset context 1)'],
  ['context.durationSince(1)', 'ext', '(call durationSince context 1)'],
  ['context.toDate()', 'ext', '(call toDate context)'],
  ['context.toTime()', 'ext', '(call toTime context)'],
  ['context.toMilliseconds()', 'long', '(call toMilliseconds context)'],
  ['context.toSeconds()', 'long', '(call toSeconds context)'],
  ['context.toMinutes()', 'long', '(call toMinutes context)'],
  ['context.toHours()', 'long', '(call toHours context)'],
  ['context.toDays()', 'long', '(call toDays context)'],
  ['context.isLoopback()', 'bool', '(call isLoopback context)'],
  ['context.lessThan(context)', 'bool', '(call lessThan context context)'],
] as const;

describe.each(TABLE)('%s', (text, kind, printed) => {
  test(`is of kind ${kind}`, () => expect(kindOf(irOf(text))).toBe(kind));

  test(`is printed as ${printed}`, () => expect(printIr(irOf(text))).toBe(printed));

  test('is the same with its own operands', () => {
    const ir = irOf(text);
    expect(withChildren(ir, children(ir))).toStrictEqual(ir);
  });

  test('takes other operands in their order', () => {
    const ir = irOf(text);
    const others = children(ir).map((_, i) => irOf(`${i + 100}`));
    expect(children(withChildren(ir, others))).toEqual(others);
  });
});

test('kinds of literals', () => {
  expect([true, 1, 2n ** 60n, '', new EntityUid('U', 'a')].map(primKind)).toEqual([
    'bool',
    'long',
    'long',
    'string',
    'entity',
  ]);
});

test('equality is identity for values without parts', () => {
  const kinds = ['bool', 'long', 'string', 'entity', 'record', 'set', 'ext', 'any'] as const;
  expect(kinds.filter(equalIsSame)).toEqual(['bool', 'long', 'string', 'entity']);
});

test.each([
  ['principal.name', 'string'],
  ['principal.home.name', 'string'],
  ['context.vague', 'any'],
  ['context.other', 'any'],
  ['if true then principal.name else resource.name', 'string'],
  ['if true then principal.name else resource.vague', 'any'],
  ['{ name: 1 }.name', 'any'],
  ['{ home: principal }.home.name', 'any'],
  ['principal.getTag("name").name', 'any'],
])('%s is of kind %s where data fit a schema', (text, kind) => {
  const kinds = new Map([
    ['name', 'string'],
    ['home', 'record'],
    ['vague', 'any'],
  ] as const);
  expect(kindOf(irOf(text), kinds)).toBe(kind);
});

test('params, which no text has', () => {
  const param = { op: 'param', index: 3, kind: 'long', span: undefined } as const;
  expect(printIr(param)).toBe('?3:long');
  expect(kindOf(param)).toBe('long');
  expect(children(param)).toEqual([]);
  expect(withChildren(param, [])).toBe(param);
  expect(printIr({ op: 'call', fn: 'now', args: [], span: undefined })).toBe('call0 now');
});

test('a policy is printed part by part, without those that it leaves open', () => {
  const policy = policyOf('@id("x") forbid(principal is U, action == Action::"a", resource) when { 1 == 2 };');
  expect(printPolicy(policy)).toBe(
    [
      `forbid ${JSON.stringify(policy.id)}`,
      '  principal (is U principal)',
      '  action (eq action Action::"a")',
      '  when (eq 1 2)',
    ].join('\n'),
  );
});

describe('errorSites', () => {
  const policy = policyOf(
    'permit(principal in G::"a", action == Action::"a", resource) when { context.a.f(1) < -context.b };'.replace(
      '.f(1)',
      '.contains(1)',
    ),
  );
  const errorSites = errorSitesOf(policy);

  test('are two for each node, the action last', () => {
    const ops = errorSites
      .filter((_, i) => i % 2 === 0)
      .map(({ op, name }) => (name === undefined ? op : `${op} ${name}`));
    expect(ops).toEqual([
      ...['mem', 'bool', 'bool'],
      ...['less', 'contains', 'getAttr a', 'bool', 'bool', 'neg', 'getAttr b', 'bool'],
      ...['bool', 'bool', 'bool'],
    ]);
    expect(errorSites.filter((_, i) => i % 2 === 1).every(({ op }) => op === 'bool')).toBe(true);
  });

  test('know where the whole and its operands stand', () => {
    const { condition } = policy;
    const [left, right] = children(condition!);
    expect(errorSites[6]).toEqual({ op: 'less', span: condition!.span, operands: [left!.span, right!.span] });
    expect(errorSites[7]).toEqual({ op: 'bool', span: condition!.span, operands: [condition!.span] });
  });

  test('are numbered as they are listed', () => {
    const numbers = numberErrorSites(policy);
    for (const [node, number] of numbers) {
      expect(number % 2).toBe(0);
      expect(errorSites[number + 1]!.span).toEqual(node.span);
    }
    expect(numbers.size * 2).toBe(errorSites.length);
  });

  test('point to the whole whose place was taken', () => {
    const outer = { start: 1, end: 2 };
    const taken = { ...policy.condition!, outer } as NonNullable<typeof policy.condition>;
    expect(errorSitesOf({ ...policy, condition: taken })[7]).toEqual({ op: 'bool', span: outer, operands: [outer] });
  });

  test.each([
    ['context.a.contains(1)', [0, 2]],
    ['context.a', [0, 1]],
    ['!context.a', [2, 3]],
    ['context.a && 1 == context.b', [2, 3, 10]],
    ['if context.a then context.b else true', [1, 2, 3, 6, 7]],
    ['[context.a] == [principal, 1]', [4]],
    ['principal == resource', []],
  ])('of %s that a program can note', (text, numbers) => {
    const parts = { principal: undefined, action: undefined, resource: undefined, condition: irOf(text) };
    const noted = notedErrorSites(parts);
    expect(Object.keys(noted).map(Number)).toEqual(numbers);
    for (const number of numbers) expect(noted[number]).toEqual(errorSitesOf(parts)[number]);
  });

  test('of calls and attributes have a name', () => {
    const [call] = errorSitesOf(policyOf('permit(principal, action, resource) when { ip("x").isIpv4() };'));
    expect(call).toMatchObject({ op: 'call', name: 'isIpv4' });
    const [has] = errorSitesOf(policyOf('permit(principal, action, resource) when { context has x };'));
    expect(has).toMatchObject({ op: 'hasAttr', name: 'x' });
  });

  test.each(['1', 'principal', 'if true then 1 else 2', '1 && 2', '1 || 2', '!1', '1 == 2', '[1]', '{a: 1}'])(
    'of %s say only that it is not a Bool',
    (text) => {
      const condition = irOf(text);
      expect(errorSitesOf({ ...policy, principal: undefined, action: undefined, condition })[0]).toEqual({
        op: 'bool',
        span: condition.span,
        operands: [condition.span],
      });
    },
  );
});
