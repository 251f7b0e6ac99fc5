/**
 * Expression — what an expression parses to, shown in the JSON policy format.
 */
import { describe, expect, test } from 'vitest';
import { parseEntityUid, parseExpression, parseName } from '../../../../src/parser/text/text.ts';
import { expressionToJson } from '../../../../src/syntax/policy-json.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';
import { readCases } from '../../../cases/read.ts';

describe('expressions', () => {
  test.each(readCases('parse-expression'))('$title', ({ input, expected }) => {
    const parsed = parseExpression(input);
    if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('; '));
    const json = JSON.stringify(expressionToJson(parsed.value), (_key, value: unknown) =>
      typeof value === 'bigint' ? `${value}n` : value,
    );
    expect(json).toBe(expected);
  });

  test('a span covers its node, chains as a whole, parentheses not at all', () => {
    const parsed = parseExpression('(a.b) == 1', { unknown: false });
    expect(parsed.ok).toBe(false);
    const text = '(context.a.b) == 1 && true && true';
    const tree = parseExpression(text);
    if (!tree.ok || tree.value.kind !== 'and' || tree.value.left.kind !== 'and') throw new Error('not a chain');
    const covered = ({ span }: { span?: { start: number; end: number } | undefined }) =>
      text.slice(span?.start, span?.end);
    expect(covered(tree.value)).toBe(text);
    expect(covered(tree.value.left)).toBe(text);
    const relation = tree.value.left.left;
    if (relation.kind !== 'binary') throw new Error('not a relation');
    expect(covered(relation)).toBe('(context.a.b) == 1');
    expect(covered(relation.left)).toBe('context.a.b');
  });
});

describe('entity uids and names', () => {
  test('a uid may have white space around its parts', () => {
    expect(parseEntityUid(' A :: B :: "x\\n" ')).toEqual({ ok: true, value: new EntityUid('A::B', 'x\n') });
  });

  test.each(['A', '"x"', 'A::', 'A::"x"::"y"', 'if::"x"', 'in::"x"', '__cedar::"x"', 'A::"\\q"', ''])(
    '%j is not a uid',
    (text) => {
      expect(parseEntityUid(text).ok).toBe(false);
    },
  );

  test('a name must be in normal form', () => {
    expect(parseName('A::B')).toEqual({ ok: true, value: 'A::B' });
    for (const text of ['A :: B', ' A', 'A ', 'A::B//', '', 'A::', 'A::in', '__cedar', 'A::"b"']) {
      expect(parseName(text).ok, text).toBe(false);
    }
  });
});
