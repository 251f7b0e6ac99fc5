/**
 * Fields — that every attribute has a field of its own, and which of them a node declares.
 */
import { expect, test } from 'vitest';
import { emitNodeClass } from '../../../codegen/emit/node-class.ts';
import { Fields } from '../../../codegen/plan/node-fields.ts';
import { print } from '../../../codegen/print/statement.ts';

function fieldsOf(...attributes: string[]): Fields {
  const fields = new Fields();
  for (const attribute of attributes) fields.of(attribute);
  return fields;
}

test('a field is called like its attribute, with a number where that is taken', () => {
  const fields = fieldsOf('a', 'a b', 'a.b', 'a_b', 'a', '', 'b'.repeat(50));
  const expected = [
    ['a', '_a'],
    ['a b', '_a_b'],
    ['a.b', '_a_b$2'],
    ['a_b', '_a_b$3'],
    ['', '_'],
    ['b'.repeat(50), `_${'b'.repeat(40)}`],
  ];
  expect(fields.entries()).toEqual(expected);
  expect(fields.size).toBe(expected.length);
  for (const [attribute, field] of expected) expect(fields.of(attribute!)).toBe(field);
});

test('a node declares its fields', () => {
  const text = print(emitNodeClass(fieldsOf('a', 'b c')));
  expect(text.replace(/\s+/g, ' ')).toBe(
    'return class PolicyNode extends Node { _a = undefined; _b_c = undefined; }; ',
  );
});

test('of more than a thousand only those that objects may have anyway', () => {
  const names = Array.from({ length: 999 }, (_, i) => `a${i}`);
  const declared = (...more: string[]) =>
    print(emitNodeClass(fieldsOf(...names, ...more))).match(/_\w+(?= = )/g)?.length;
  expect(declared()).toBe(999);
  expect(declared('_proto__')).toBe(1000);
  expect(declared('_proto__', 'b')).toBe(1);
});
