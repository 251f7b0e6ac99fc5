/**
 * Typecheck — the type of an expression, or what is wrong with it, by the cases of `typecheck.txt` (strict) and `typecheck-permissive.txt`.
 */
import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../../../src/parser/text/text.ts';
import { parseSchema } from '../../../../src/schema/parse-schema.ts';
import { desugar } from '../../../../src/syntax/desugar.ts';
import type { ValidationMode } from '../../../../src/validator/type.ts';
import { typecheckValue } from '../../../../src/validator/typecheck/typecheck.ts';
import { typeText } from '../../../../src/validator/wording/type-text.ts';
import { readCases } from '../../../cases/read.ts';

const { schema } = parseSchema(`
  entity User in [Team, User] {
    name: String, age?: Long, boss?: User, best: User, friends: Set<User>, home?: { city: String, zip?: Long }, ok: Bool
  } tags String;
  entity Team in Org;
  entity Org;
  entity Color enum ["red", "green"];
  entity Doc { owner: User, size: Long, name: Long };
  action all;
  action view in all appliesTo { principal: User, resource: Doc, context: { n: Long, s?: String, ip: ipaddr, d: decimal, at: datetime, for: duration, rec: { a: Long, b?: Long } } };
  action edit in view;
  namespace N { action other; }
`);

const environment = { principal: 'User', action: schema!.actions.get('Action::4"view')!, resource: 'Doc' };

/** The type, or a line for each problem: what, where, help. */
function outcome(text: string, mode: ValidationMode): string {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error(`case does not parse: ${text}`);
  const { typed, ok, problems } = typecheckValue(desugar(parsed.value), environment, schema!, mode);
  const lines = problems.map(({ message, help, span }) => {
    const where = span === undefined ? 'nowhere' : text.slice(span.start, span.end);
    return `${message}\n  at ${where}${help === undefined ? '' : `\n  help: ${help}`}`;
  });
  if (ok) return typeText(typed.type!);
  return lines.length > 0 ? [...new Set(lines)].join('\n') : 'no type, and nothing to say';
}

describe('strict', () => {
  test.each(readCases('typecheck').map((each) => [each.title, each] as const))('%s', (_, { input, expected }) => {
    expect(outcome(input, 'strict')).toBe(expected);
  });
});

describe('permissive', () => {
  test.each(readCases('typecheck-permissive').map((each) => [each.title, each] as const))(
    '%s',
    (_, { input, expected }) => {
      expect(outcome(input, 'permissive')).toBe(expected);
    },
  );
});
