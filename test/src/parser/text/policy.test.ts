/**
 * Policy — texts of policies, and what is said about those that are none.
 */
import { describe, expect, test } from 'vitest';
import { parsePolicies, parsePolicy } from '../../../../src/parser/text/policy.ts';
import { readCases } from '../../../cases/read.ts';
import { showDiagnostic } from '../../syntax/show.ts';

describe('what is wrong with a text', () => {
  test.each(readCases('parse-error'))('$title', ({ input, expected }) => {
    const { policies, diagnostics } = parsePolicies(input);
    expect(policies).toEqual([]);
    expect(diagnostics.map((each) => showDiagnostic(each, input)).join('\n')).toBe(expected);
  });
});

describe('policies', () => {
  test.each(['', ' \n', '// nothing'])('%j holds none', (text) => {
    expect(parsePolicies(text)).toEqual({ policies: [], diagnostics: [] });
  });

  test('ids count templates too', () => {
    const text =
      'permit(principal, action, resource); permit(principal == ?principal, action, resource); @id("x") forbid(principal, action, resource);';
    expect(parsePolicies(text).policies.map(({ id }) => id)).toEqual(['policy0', 'policy1', 'policy2']);
  });

  test('annotations keep their order; one without a value has none', () => {
    const { policies } = parsePolicies('@b("x") @if @__cedar("") permit(principal, action, resource);');
    expect(policies[0]?.annotations.map(({ key, value }) => [key, value])).toEqual([
      ['b', 'x'],
      ['if', undefined],
      ['__cedar', ''],
    ]);
  });

  test('a span goes from the first annotation to the semicolon', () => {
    const text = ' // c\n @a permit(principal, action, resource) ; // d';
    const span = parsePolicies(text).policies[0]?.span;
    expect(text.slice(span?.start, span?.end)).toBe('@a permit(principal, action, resource) ;');
  });

  test('a scope may end with a comma and wrap its uids in parentheses', () => {
    const { policies, diagnostics } = parsePolicies(
      'permit(principal == (U::"a"), action in [((Action::"b"))], resource,);',
    );
    expect(diagnostics).toEqual([]);
    expect(policies[0]?.principal).toMatchObject({ kind: 'eq', entity: { uid: { type: 'U', id: 'a' } } });
    expect(policies[0]?.action).toMatchObject({ kind: 'memAny', uids: [{ type: 'Action', id: 'b' }] });
  });

  test('one policy is not two', () => {
    const one = 'permit(principal, action, resource);';
    expect(parsePolicy(one, 'mine').policy?.id).toBe('mine');
    expect(parsePolicy(one + one).diagnostics.map(({ message }) => message)).toEqual(['unexpected token `permit`']);
    expect(parsePolicy('').diagnostics.map(({ message }) => message)).toEqual(['unexpected end of input']);
  });

  test('`unknown` is a function for those who ask for it', () => {
    const text = 'permit(principal, action, resource) when { unknown("x") };';
    expect(parsePolicies(text, { unknown: true }).diagnostics).toEqual([]);
    expect(parsePolicies(text).diagnostics).not.toEqual([]);
  });
});
