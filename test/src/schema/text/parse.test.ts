/**
 * Parse — schema text to declarations: what is a schema, and what is said about what is none.
 */
import { describe, expect, test } from 'vitest';
import { parseFragment } from '../../../../src/schema/parse-schema.ts';
import { readCases } from '../../../cases/read.ts';
import { showDiagnostic } from '../show.ts';

describe('schema text', () => {
  test.each(readCases('schema-syntax'))('$title', ({ input, expected }) => {
    const { diagnostics } = parseFragment(input);
    expect(diagnostics.map((each) => showDiagnostic(each, input)).join('\n') || 'fine').toBe(expected);
  });

  test('there is a fragment iff nothing is an error', () => {
    for (const { input } of readCases('schema-syntax')) {
      const { fragment, diagnostics } = parseFragment(input);
      expect(fragment === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
    }
  });

  test('every prefix of a schema is parsed or refused, and never crashes', () => {
    const whole = readCases('schema-syntax')[0]!.input;
    for (let end = 0; end <= whole.length; end++) {
      const { fragment, diagnostics } = parseFragment(whole.slice(0, end));
      expect(fragment !== undefined || diagnostics.length > 0).toBe(true);
    }
  });

  test.each([
    ['Set<', 'Long', '>'],
    ['{ a: ', 'Long', '}'],
  ])('types nested in %s beyond the limit are refused, not followed', (open, inner, close) => {
    const nested = (depth: number) => `type T = ${open.repeat(depth)}${inner}${close.repeat(depth)};`;
    expect(parseFragment(nested(399)).diagnostics).toEqual([]);
    for (const depth of [400, 100_000])
      expect(parseFragment(nested(depth)).diagnostics.map(({ code }) => code)).toEqual(['nestingLimit']);
  });

  test('a long schema takes no longer than its length', () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `A${i}`);
    const text = `entity ${names.join(', ')} { ${names.map((name) => `${name}: ${name}`).join(', ')} };`;
    expect(parseFragment(text).fragment?.get('')?.entityTypes.size).toBe(20_000);
  });
});
