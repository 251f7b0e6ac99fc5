/**
 * ESTree — what the builders build, as text; and that text of policies stays a literal or a comment.
 */
import { parse } from 'acorn';
import type { Expression, Statement } from 'estree';
import { describe, expect, test } from 'vitest';
import * as b from '../../../codegen/emit/estree.ts';
import { check } from '../../../codegen/print/check.ts';
import { print } from '../../../codegen/print/statement.ts';

const [x, y, z] = ['x', 'y', 'z'].map(b.id) as [Expression, Expression, Expression];

/** On one line; what is printed is what was built. */
function textOf(...body: Statement[]): string {
  const program = { type: 'Program' as const, sourceType: 'script' as const, body };
  const text = print(program);
  check(program, text, ['x', 'y', 'z', 'f']);
  return text.replace(/\s+/g, ' ').trim();
}

describe('expressions', () => {
  test.each<[Expression, string]>([
    [b.literal('a'), '"a"'],
    [b.literal(7), '7'],
    [b.literal(0), '0'],
    [b.literal(-7), '-7'],
    [b.literal(7n), '7n'],
    [b.literal(0n), '0n'],
    [b.literal(-7n), '-7n'],
    [b.literal(true), 'true'],
    [b.literal(null), 'null'],
    [b.nothing, 'undefined'],
    [b.member(x, 'y'), 'x.y'],
    [b.at(x, y), 'x[y]'],
    [b.call(b.id('f')), 'f()'],
    [b.call(b.id('f'), x, y), 'f(x, y)'],
    [b.array([x, b.literal(1)]), '[x, 1]'],
    [b.unary('typeof', x), 'typeof x'],
    [b.not(x), '!x'],
    [b.not(b.not(x)), 'x'],
    [b.not(b.same(x, y)), 'x !== y'],
    [b.not(b.differ(x, y)), 'x === y'],
    [b.not(b.binary('<', x, y)), '!(x < y)'],
    [b.not(b.unary('typeof', x)), '!typeof x'],
    [b.and(b.or(x, y), z), '(x || y) && z'],
    [b.logical('??', x, y), 'x ?? y'],
    [b.conditional(x, y, z), 'x ? y : z'],
    [b.shorthands(['x', 'y']), '{ x, y }'],
  ])('%#', (expression, text) => expect(textOf(b.returns(expression))).toBe(`return ${text};`));
});

describe('statements', () => {
  const call = b.expression(b.call(b.id('f')));
  test.each<[Statement, string]>([
    [b.labelled('out', [b.ifThen(x, b.leave('out'))]), 'out: { if (x) break out; }'],
    [b.ifThen(x, call), 'if (x) { f(); }'],
    [b.labelled('out', [b.ifThen(x, call, b.leave('out'))]), 'out: { if (x) { f(); break out; } }'],
    [b.ifThen(x), 'if (x) {}'],
    [b.ifElse(x, [call], [b.returns(y)]), 'if (x) { f(); } else { return y; }'],
    [
      b.choose(x, [b.ofCase(b.literal(1), [b.returns(y)]), b.ofCase(b.literal(2), [b.returns(z)])]),
      'switch (x) { case 1: { return y; } case 2: { return z; } }',
    ],
    [b.constant('a', x), 'const a = x;'],
    [b.variable('a'), 'let a;'],
    [b.variable('a', x), 'let a = x;'],
    [b.unpack(['a', 'c'], x), 'const {a, c} = x;'],
    [b.assign('x', y), 'x = y;'],
    [b.forChain('a', x, b.member(b.id('a'), 'next'), [call]), 'for (let a = x; a !== 0; a = a.next) { f(); }'],
    [b.func('g', ['a'], [b.returns(b.id('a'))]), 'function g(a) { return a; }'],
  ])('%#', (statement, text) => expect(textOf(statement)).toBe(text));
});

describe('text of policies', () => {
  const HOSTILE = ['</script>', '<!-- x', '"', '\\', "'", '\n', '\r', '\u2028', '\u2029', '*/', '\0'];

  test.each(HOSTILE)('%j stays a literal', (text) => {
    const printed = textOf(b.returns(b.literal(text)));
    expect(JSON.parse(printed.slice('return '.length, -1))).toBe(text);
    expect(printed).not.toMatch(/<[/!]|[\r\n\u2028\u2029]/);
  });

  test.each(HOSTILE)('%j stays in its comment', (text) => {
    const printed = print({
      type: 'Program',
      sourceType: 'script',
      body: [b.commented(`${text} f(); x`, b.returns(x))],
    });
    expect(printed).toMatch(/^\/\/ /);
    expect(printed).not.toMatch(/<[/!]/);
    const { body } = parse(printed, { ecmaVersion: 2022, allowReturnOutsideFunction: true });
    expect(body.map(({ type }) => type)).toEqual(['ReturnStatement']);
  });
});
