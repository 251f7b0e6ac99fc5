/**
 * Print — operators within operators, and whatever else needs parentheses somewhere, as astring writes them.
 */
import { parse } from 'acorn';
import { generate } from 'astring';
import type { Expression, Program, Statement } from 'estree';
import { describe, expect, test } from 'vitest';
import * as b from '../../../codegen/emit/estree.ts';
import { emitNodeClass } from '../../../codegen/emit/node-class.ts';
import { Fields } from '../../../codegen/plan/node-fields.ts';
import { check } from '../../../codegen/print/check.ts';
import { print } from '../../../codegen/print/statement.ts';

const [x, y, z] = [b.id('x'), b.id('y'), b.id('z')];

/** One of each kind of expression, around these parts. */
function around(left: Expression, right: Expression): Expression[] {
  return [
    b.same(left, right),
    b.differ(left, right),
    b.binary('&', left, right),
    b.binary('instanceof', left, right),
    b.binary('in', left, right),
    b.binary('<', left, right),
    b.binary('<=', left, right),
    b.and(left, right),
    b.or(left, right),
    b.logical('??', left, right),
    b.conditional(left, right, z),
    b.conditional(z, left, right),
    b.unary('!', left),
    b.unary('-', left),
    b.unary('typeof', left),
    b.member(left, 'name'),
    b.at(left, right),
    b.call(left, right, left),
    b.array([left, right]),
  ];
}

const leaves = [
  x,
  b.literal('text'),
  b.literal(7),
  b.literal(-7),
  b.literal(2n ** 60n),
  b.literal(-1n),
  b.literal(null),
];

function programOf(...body: Statement[]): Program {
  return { type: 'Program', sourceType: 'script', body };
}

/** Throws unless the text is astring's and says what was meant. */
function printed(program: Program): string {
  const text = print(program);
  expect(text).toBe(generate(program, { comments: true }));
  check(program, text, ['x', 'y', 'z', 'Node']);
  return text;
}

describe('print', () => {
  test('every expression within every other', () => {
    const deep = leaves
      .flatMap((leaf) => around(leaf, y))
      .flatMap((inner) => [...around(inner, y), ...around(y, inner)]);
    expect(deep.length).toBeGreaterThan(3000);
    for (const expression of deep) printed(programOf(b.constant('value', expression)));
  });

  test('every statement within every other', () => {
    const statements = (body: Statement[], depth: string): Statement[] => [
      b.ifThen(x, ...body),
      b.ifElse(x, body, [b.assign('y', z)]),
      b.labelled(`out${depth}`, [...body, b.leave(`out${depth}`)]),
      b.choose(x, [b.ofCase(b.literal(1), body), b.ofCase(b.literal(2), [])]),
      b.forRange('i', b.literal(0), x, body),
      b.forIn('each', x, body),
      b.assignTo(b.member(x, 'field'), z),
      b.forChain('row', x, b.call(y, z), body),
      b.func('inner', ['a', 'c'], [...body, b.returns(b.shorthands(['a', 'c']))]),
      b.commented('a comment \n with */ and // inside ', b.labelled(`commented${depth}`, body)),
    ];
    const leaf = [b.variable('held'), b.variable('set', x), b.unpack(['d', 'e'], y), b.expression(b.call(x))];
    for (const inner of statements(leaf, '2')) {
      for (const outer of statements([inner], '1')) printed(programOf(outer));
    }
    expect(() => printed(programOf(b.ifThen(x)))).not.toThrow();
  });

  test('a class with fields, and one without', () => {
    const fields = new Fields();
    expect(printed(emitNodeClass(fields))).toBe('return class PolicyNode extends Node {};\n');
    for (const name of ['name', 'a b', '_', '']) fields.of(name);
    expect(() =>
      parse(printed(emitNodeClass(fields)), { ecmaVersion: 2022, allowReturnOutsideFunction: true }),
    ).not.toThrow();
  });

  test('what no emitter makes is refused', () => {
    expect(() => print(programOf({ type: 'DebuggerStatement' }))).toThrow('no emitter makes a DebuggerStatement');
    expect(() => print(programOf(b.expression({ type: 'ThisExpression' })))).toThrow(
      'no emitter makes a ThisExpression',
    );
  });
});
