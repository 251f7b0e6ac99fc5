/**
 * Attack — deep, long, broken and random texts: every parser answers, soon, with a tree or a diagnostic that has a place.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyFromJson } from '../../../src/parser/json/policy.ts';
import { BRACKET_LIMIT, NESTING_LIMIT } from '../../../src/parser/text/cursor.ts';
import { parsePolicies, parsePolicy } from '../../../src/parser/text/policy.ts';
import { parseEntityUid, parseExpression, parseName } from '../../../src/parser/text/text.ts';
import { desugarPolicy, policyToExpr } from '../../../src/syntax/desugar.ts';
import type { Diagnostic } from '../../../src/syntax/diagnostic.ts';
import { policyToJson } from '../../../src/syntax/policy-json.ts';
import { printPolicy } from '../../../src/syntax/print.ts';

const when = (expression: string) => `permit(principal, action, resource) when { ${expression} };`;

/** Every diagnostic is an error with a message and a place within the text. */
function expectClear(diagnostics: readonly Diagnostic[], text: string): void {
  for (const { severity, message, labels } of diagnostics) {
    expect(severity).toBe('error');
    expect(message).not.toBe('');
    expect(labels.length).toBeGreaterThan(0);
    for (const { span } of labels) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeGreaterThanOrEqual(span.start);
      expect(span.end).toBeLessThanOrEqual(text.length);
    }
  }
}

describe('nesting', () => {
  const many = 100_000;
  test.each([
    ['parentheses', '('.repeat(many)],
    ['lists', '['.repeat(many)],
    ['records', '{a:'.repeat(many)],
    ['conditionals', 'if '.repeat(many)],
    ['else branches', `${'if true then 1 else '.repeat(many)}1`],
    ['negations', '!('.repeat(many)],
    ['calls', 'context.contains('.repeat(many)],
    ['a chain of attributes', `context${'.a'.repeat(many)}`],
    ['a chain of indices', `context${'["a"]'.repeat(many)}`],
    ['a chain of calls', `context${'.contains(1)'.repeat(many)}`],
    ['a chain of `has`', `context has a${'.a'.repeat(many)}`],
    ['a long sum', Array(many).fill('1').join(' + ')],
    ['a long product', Array(many).fill('1').join(' * ')],
  ])('%s beyond the limit are refused by name', (_what, expression) => {
    const { diagnostics } = parsePolicies(when(expression));
    expect(diagnostics.map(({ code }) => code)).toEqual(['nestingTooDeep']);
    expectClear(diagnostics, when(expression));
  });

  test('what is within the limit goes through every phase of the syntax', () => {
    const [brackets, levels] = [BRACKET_LIMIT - 2, NESTING_LIMIT - 2];
    for (const expression of [
      `${'('.repeat(brackets)}true${')'.repeat(brackets)}`,
      `${'['.repeat(brackets)}${']'.repeat(brackets)}`,
      `${'{a: '.repeat(brackets)}1${'}'.repeat(brackets)}`,
      `${'!('.repeat(brackets)}true${')'.repeat(brackets)}`,
      `context${'.a'.repeat(levels)}`,
      `context${'.contains(1)'.repeat(levels)}`,
      `context has a${'.a'.repeat(levels - 2)}`,
      Array(levels).fill('1').join(' + '),
      `${'if true then 1 else '.repeat(2 * levels)}1`,
      `${'if '.repeat(levels)}true${' then true else true'.repeat(levels)}`,
      `${'('.repeat(levels / 2 - 1)}principal${' is T in resource)'.repeat(levels / 2 - 1)}`,
    ]) {
      const { policies, diagnostics } = parsePolicies(when(expression));
      expect(diagnostics).toEqual([]);
      policyToExpr(desugarPolicy(policies[0]!));
      expect(parsePolicies(printPolicy(policies[0]!)).diagnostics).toEqual([]);
      policyToJson(policies[0]!);
    }
  });
});

describe('size', () => {
  test.each(['&&', '||'])('20,000 terms of `%s` go through every phase of the syntax', (operator) => {
    const text = when(Array(20_000).fill('context.a == 1').join(` ${operator} `));
    const { policies, diagnostics } = parsePolicies(text);
    expect(diagnostics).toEqual([]);
    policyToExpr(desugarPolicy(policies[0]!));
    policyToJson(policies[0]!);
    expect(printPolicy(policies[0]!).match(/context/g)).toHaveLength(20_000);
  });

  test.each([
    ['many unary operators', '-'.repeat(1_000_000)],
    ['many relations', Array(10_000).fill('1').join(' == ')],
    ['many syntax errors', '1 + ; '.repeat(10_000)],
    ['many closing brackets', ')'.repeat(10_000)],
    ['many bad escapes', `"${'\\q'.repeat(1_000)}"`],
    ['brackets of all kinds, unclosed', '([{a:'.repeat(80) + '; ) } '.repeat(1_000)],
  ])('%s are refused', (_what, expression) => {
    const { diagnostics } = parsePolicies(when(expression));
    expect(diagnostics.length).toBeGreaterThan(0);
    expectClear(diagnostics, when(expression));
  });

  test('a large list, record, name and string are fine', () => {
    const fields = Array.from({ length: 20_000 }, (_, i) => `a${i}: ${i}`).join();
    for (const expression of [
      `[${'1,'.repeat(50_000)}]`,
      `{${fields}}`,
      `${'A::'.repeat(10_000)}B::"x" == principal`,
      `"${'x'.repeat(1_000_000)}"`,
    ]) {
      expect(parsePolicies(when(expression)).diagnostics).toEqual([]);
    }
  });
});

const WHOLE = `@id("x") permit(principal == U::"a", action in [Action::"b", Action::"c"], resource is T in ?resource) when { if 1 < 2 then {a: 1, "b": [2]}.a else -3 } unless { principal like "a*" && resource has b.c || ip("1").isIpv4() };`;

describe('broken texts', () => {
  test('every beginning of a policy is refused, with a place', () => {
    for (let end = 1; end < WHOLE.length; end++) {
      const text = WHOLE.slice(0, end);
      const { diagnostics } = parsePolicies(text);
      expect(diagnostics.length, text).toBeGreaterThan(0);
      expectClear(diagnostics, text);
    }
  });

  test('a policy without one of its characters never crashes a parser', () => {
    for (let at = 0; at < WHOLE.length; at++) {
      const text = WHOLE.slice(0, at) + WHOLE.slice(at + 1);
      expectClear(parsePolicies(text).diagnostics, text);
    }
  });
});

const TOKENS =
  'permit forbid ( ) { } [ ] , ; . : :: == != < <= > >= && || + - * / % ! = in is like has if then else true false principal action resource context when unless a A::"b" "s" "a*" 1 9223372036854775808 99999999999999999999 ?principal ?x @ @id("y") ip("1") isEmpty() __cedar // \n é \\ "unclosed \ud83d'.split(
    ' ',
  );

/** Random text: of tokens, of characters, and of pieces of a policy. */
const text = fc.oneof(
  fc.array(fc.constantFrom(...TOKENS), { maxLength: 40 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .tuple(fc.nat(WHOLE.length), fc.nat(WHOLE.length), fc.constantFrom(...TOKENS))
    .map(([a, b, token]) => WHOLE.slice(0, a) + token + WHOLE.slice(b)),
);

describe('random texts', () => {
  test('every parser answers, with diagnostics that have a place, and the grammar agrees that there is an error', () => {
    fc.assert(
      fc.property(text, (random) => {
        expectClear(parsePolicies(random).diagnostics, random);
        expectClear(parsePolicy(random).diagnostics, random);
        for (const parsed of [parseExpression(random), parseEntityUid(random), parseName(random)]) {
          if (!parsed.ok) expectClear(parsed.diagnostics, random);
        }
        expectClear(parsePolicies(when(random)).diagnostics, when(random));
      }),
      { numRuns: 2_000 },
    );
  });

  test('random JSON is a policy or refused with a message', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const parsed = policyFromJson(json);
        if (!parsed.ok) expect(parsed.diagnostic.message).not.toBe('');
      }),
    );
  });

  test('JSON nested beyond the limit is refused, not followed', () => {
    let body: unknown = { Value: true };
    for (let i = 0; i < 10_000; i++) body = { '!': { arg: body } };
    const all = { op: 'All' };
    const parsed = policyFromJson({
      effect: 'permit',
      principal: all,
      action: all,
      resource: all,
      conditions: [{ kind: 'when', body }],
    });
    expect(parsed).toMatchObject({ ok: false, diagnostic: { message: 'JSON is nested more than 127 levels deep' } });
  });
});
