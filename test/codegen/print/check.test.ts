/**
 * Check — that text is taken for what was meant only if it says just that, and names nothing foreign.
 */

import { generate } from 'astring';
import type { Program, Property, Statement } from 'estree';
import { describe, expect, test } from 'vitest';
import * as b from '../../../codegen/emit/estree.ts';
import { emitNodeClass } from '../../../codegen/emit/node-class.ts';
import { Fields } from '../../../codegen/plan/node-fields.ts';
import { check } from '../../../codegen/print/check.ts';
import { print } from '../../../codegen/print/statement.ts';

function program(...body: Statement[]): Program {
  return { type: 'Program', sourceType: 'script', body };
}

const meant = program(b.returns(b.same(b.member(b.id('a'), 'b'), b.literal('c'))));

describe('what is meant', () => {
  test.each([
    ['is what is printed', 'return a.b === "c";'],
    ['may be spelt in another way', "\n  return (a.b /* here */ ===\n'\\x63') // so"],
  ])('%s', (_, text) => expect(() => check(meant, text, ['a'])).not.toThrow());

  test.each([
    ['a literal', 'return a.b === "d";', 'program.body.0.argument.right.value'],
    ['a kind of literal', 'return a.b === null;', 'program.body.0.argument.right.value'],
    ['an operator', 'return a.b == "c";', 'program.body.0.argument.operator'],
    ['a name', 'return a.c === "c";', 'program.body.0.argument.left.property.name'],
    ['a flag', 'return a[b] === "c";', 'program.body.0.argument.left.computed'],
    ['a node', 'return a === "c";', 'program.body.0.argument.left'],
    ['no value', 'return;', 'program.body.0.argument'],
    ['one statement more', 'return a.b === "c"; a();', 'program.body.1'],
    ['one statement less', '', 'program.body.0'],
  ])('is not said by a text that differs in %s', (_, text, path) => {
    const asked = () => check(meant, text, ['a', 'b']);
    expect(asked).toThrow('emitted text does not say what was meant');
    expect(asked).toThrow(path);
  });

  test('is told apart where it is not text', () => {
    const returning = (value: boolean | number | null) => program(b.returns(b.literal(value)));
    const texts = ['true', 'false', 'null', '0', '1'] as const;
    for (const one of texts) {
      for (const other of texts) {
        const asked = () => check(returning(JSON.parse(one)), `return ${other};`, []);
        if (one === other) expect(asked).not.toThrow();
        else expect(asked).toThrow('value');
      }
    }
  });

  test('is not text that does not parse', () =>
    expect(() => check(meant, 'return a.b ===', ['a'])).toThrow(SyntaxError));
});

describe('free names', () => {
  const freeIn = (...body: Statement[]) => {
    const tree = program(...body);
    try {
      // The printer of what emitters make knows no member of another name.
      check(tree, generate(tree), []);
    } catch (error) {
      return (error as Error).message.replace('emitted text has free names: ', '').split(', ').sort();
    }
    return [];
  };
  const use = (name: string) => b.expression(b.id(name));

  test.each<[string, Statement[], string[]]>([
    ['that are used', [use('x'), use('y'), use('x')], ['x', 'y']],
    ['that are called, and their arguments', [b.expression(b.call(b.id('f'), b.id('x')))], ['f', 'x']],
    ['of objects and places', [b.expression(b.at(b.id('x'), b.id('i')))], ['i', 'x']],
    ['of what is assigned', [b.assign('x', b.id('y'))], ['x', 'y']],
    ['of values behind a name', [b.returns({ type: 'ObjectExpression', properties: [named('k', 'x')] })], ['x']],
    ['that are given back by their name', [b.returns(b.shorthands(['x']))], ['x']],
  ])('are those %s', (_, body, names) => expect(freeIn(...body)).toEqual(names));

  test.each<[string, Statement[]]>([
    ['`undefined`', [b.returns(b.nothing)]],
    ['constants', [b.constant('x', b.literal(1)), use('x')]],
    ['variables', [b.variable('x'), b.assign('x', b.literal(1))]],
    ['what is unpacked', [b.unpack(['x', 'y'], b.literal(1)), use('x'), use('y')]],
    ['functions and parameters', [b.func('f', ['x', 'y'], [use('x'), use('y'), use('f')])]],
    ['labels', [b.labelled('out', [b.leave('out')])]],
    ['members', [b.constant('x', b.literal(1)), b.expression(b.member(b.id('x'), 'y'))]],
    ['fields of a class', [b.constant('Node', b.literal(1)), ...(classOf('x') as Statement[])]],
  ])('are none of %s', (_, body) => expect(freeIn(...body)).toEqual([]));

  test('may be those that are allowed', () => {
    const tree = program(use('x'), use('y'));
    expect(() => check(tree, print(tree), ['x', 'y'])).not.toThrow();
    expect(() => check(tree, print(tree), ['x'])).toThrow(/: y$/);
  });
});

/** `{ key: value }`. */
function named(key: string, value: string): Property {
  const flags = { kind: 'init', computed: false, method: false, shorthand: false } as const;
  return { type: 'Property', key: b.id(key), value: b.id(value), ...flags };
}

function classOf(attribute: string): Program['body'] {
  const fields = new Fields();
  fields.of(attribute);
  return emitNodeClass(fields).body;
}
