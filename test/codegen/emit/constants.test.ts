/**
 * Constants — what is declared once before the functions, and what has no value of its own.
 */
import { describe, expect, test } from 'vitest';
import { Constants, isConstant } from '../../../codegen/emit/constants.ts';
import * as b from '../../../codegen/emit/estree.ts';
import { Names } from '../../../codegen/emit/names.ts';
import { print } from '../../../codegen/print/statement.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { irOf } from '../of.ts';

function textOf(use: (constants: Constants) => unknown): readonly [declarations: string, runtime: readonly string[]] {
  const constants = new Constants(new Names(), new Set());
  use(constants);
  const text = print({ type: 'Program', sourceType: 'script', body: constants.declarations as never });
  return [text.trim(), [...constants.runtime].sort()];
}

const CONDITIONS = [
  ['[1, "a", true]', 'const _set = set([1, "a", true]);', ['set']],
  ['[[1], U::"b"]', 'const _set = set([set([1]), uid("U", "b")]);', ['set', 'uid']],
  ['{b: 1, a: [2]}', 'const record = record(["a", "b"], [set([2]), 1]);', ['record', 'set']],
  ['ip("1.1.1.1")', 'const ip = call("ip", ["1.1.1.1"]);', ['call']],
  ['[decimal("1.0")]', 'const _set = set([call("decimal", ["1.0"])]);', ['call', 'set']],
] as const;

describe('a constant', () => {
  test.each(CONDITIONS)('%s', (condition, text, runtime) => {
    const ir = irOf(condition);
    expect(isConstant(ir)).toBe(true);
    expect(textOf((constants) => expect(constants.compound(ir)).toMatchObject({ type: 'Identifier' }))).toEqual([
      text,
      runtime,
    ]);
  });

  test('is declared once', () => {
    const [text] = textOf((constants) => {
      const sets = ['[1]', '[2]', '[1]'].map((each) => constants.compound(irOf(each)));
      expect(sets).toEqual([b.id('_set'), b.id('_set2'), b.id('_set')]);
      const uids = ['a', 'b', 'a'].map((id) => constants.prim(new EntityUid('U', id)));
      expect(uids).toEqual([b.id('a'), b.id('b'), b.id('a')]);
      const patterns = [['x', null], ['x'], ['x', null]].map((each) => constants.pattern(each));
      expect(patterns).toEqual([b.id('pattern'), b.id('pattern2'), b.id('pattern')]);
      const rows = [0, 1, 0].map((index) => constants.row(index, 'policy'));
      expect(rows).toEqual([b.id('policy_row'), b.id('policy_row2'), b.id('policy_row')]);
    });
    expect(text.split('\n')).toEqual([
      'const _set = set([1]);',
      'const _set2 = set([2]);',
      'const a = uid("U", "a");',
      'const b = uid("U", "b");',
      'const pattern = ["x", null];',
      'const pattern2 = ["x"];',
      'const policy_row = rows[0];',
      'const policy_row2 = rows[1];',
    ]);
  });

  test('is no other than a literal where JavaScript has one', () => {
    const [text, runtime] = textOf((constants) => {
      for (const value of [1, 2n ** 60n, 'a', true]) expect(constants.prim(value)).toEqual(b.literal(value));
    });
    expect([text, runtime]).toEqual(['', []]);
  });
});

test.each([
  '[context]',
  '[1, [context.a]]',
  '{a: 1, b: principal}',
  'ip("no address")',
  'ip(context.a)',
  '[ip("no address")]',
  'decimal(ip("1.1.1.1"))',
  'ip("1.1.1.1").isLoopback() && true',
  'context',
])('%s has no value of its own', (condition) => {
  const ir = irOf(condition);
  expect(isConstant(ir)).toBe(false);
  expect(textOf((constants) => expect(constants.compound(ir)).toBeUndefined())).toEqual(['', []]);
});

test('a literal is a value, but needs no name', () => {
  expect(isConstant(irOf('1'))).toBe(true);
  expect(textOf((constants) => expect(constants.compound(irOf('1'))).toBeUndefined())).toEqual(['', []]);
});
