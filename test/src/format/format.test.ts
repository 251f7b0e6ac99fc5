/**
 * Format — the layout of policies, what it keeps, and what it refuses.
 */
import { describe, expect, test } from 'vitest';
import { formatPolicies } from '../../../src/format/format.ts';

function formatted(source: string, options = {}): string {
  const { text, diagnostics } = formatPolicies(source, options);
  expect(diagnostics).toEqual([]);
  return text ?? '';
}

describe('format', () => {
  test('a scope without constraints stands on one line, any other on a line for each variable', () => {
    expect(formatted('permit(principal,action,resource);')).toBe('permit (principal, action, resource);\n');
    expect(formatted('permit(principal==A::"a",action,resource,);')).toBe(
      'permit (\n  principal == A::"a",\n  action,\n  resource\n);\n',
    );
  });

  test('a condition that does not fit breaks behind its operators', () => {
    expect(
      formatted('permit(principal,action,resource)when{principal.level>3&&resource.owner==principal};', {
        lineWidth: 40,
      }),
    ).toBe(
      'permit (principal, action, resource)\nwhen\n{\n  principal.level > 3 &&\n  resource.owner == principal\n};\n',
    );
  });

  test('comments stay where they are: before a token, behind it, and at the end', () => {
    const source =
      '// head\npermit(principal,action,resource) // scope\nwhen { // clause\ntrue // body\n}; // policy\n// end\n';
    expect(formatted(source)).toBe(
      '// head\npermit (principal, action, resource) // scope\nwhen\n{ // clause\n  true // body\n}; // policy\n// end\n',
    );
  });

  test('comments of a trailing comma are kept, but for those who want the official text', () => {
    const source = 'permit(principal,action,resource) when { [1, // one\n] == [] };';
    expect(formatted(source)).toContain('// one');
    expect(formatted(source, { comments: 'official' })).not.toContain('// one');
  });

  test('a line break within a string is not a line of the layout', () => {
    const source = 'permit(principal,action,resource) when { "a\n\n  b" == "c" };';
    expect(formatted(source)).toContain('"a\n\n  b"');
  });

  test('a text without policies is a line feed and its comments', () => {
    expect(formatted('')).toBe('\n');
    expect(formatted('  // only\n\n// this ')).toBe('\n// only\n// this\n');
  });

  test('wide characters take two columns, marks that combine none', () => {
    const policy = (text: string) => `permit(principal,action,resource)when{"${text}"==context.x};`;
    const lines = (text: string, lineWidth: number) => formatted(policy(text), { lineWidth }).split('\n').length;
    expect(lines('日本', 40)).toBe(lines('abcd', 40));
    for (let width = 20; width < 40; width++) {
      expect(lines('日本', width)).toBe(lines('abcd', width));
      expect(lines('e\u0301', width)).toBe(lines('e', width));
      expect(lines('👩‍👩‍👧', width)).toBe(lines('ab', width));
    }
  });

  test('a text that does not parse is not formatted', () => {
    const { text, diagnostics } = formatPolicies('permit(principal,action,resource)');
    expect(text).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
  });
});
