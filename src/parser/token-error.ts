/**
 * Token error — what can be wrong with a token, a name or an entity uid: all that data are told of, which are read without the parser of policies.
 *
 * Messages and help say what the official build says. The codes, and what else can be wrong, stand in error.ts.
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Span } from '../syntax/span.ts';
import type { ParseErrorCode } from './error.ts';

/** An error at one place. */
export function parseError(code: ParseErrorCode, message: string, span: Span, help?: string): Diagnostic {
  return { severity: 'error', code, message, help, labels: [{ span }] };
}

export function nestingTooDeep(limit: number, span: Span): Diagnostic {
  return parseError(
    'nestingTooDeep',
    `expression is nested more than ${limit} levels deep`,
    span,
    'split the expression; only `&&` and `||` may form longer chains',
  );
}

export function badEscape(input: string, span: Span): Diagnostic {
  return parseError('badEscape', `the input \`${input}\` is not a valid escape`, span);
}

export function reservedIdentifier(name: string, span: Span): Diagnostic {
  return parseError('reservedIdentifier', `this identifier is reserved and cannot be used: ${name}`, span);
}

export function reservedName(name: string, span: Span): Diagnostic {
  return parseError('reservedName', `The name \`${name}\` contains \`__cedar\`, which is reserved`, span);
}

export function invalidEntityLiteral(text: string, span: Span): Diagnostic {
  const help = 'entity literals should have a form like `Namespace::User::"alice"`';
  return parseError('invalidEntityLiteral', `invalid entity literal: ${text}`, span, help);
}

export function unexpectedToken(token: string, span: Span, expected: string | undefined): Diagnostic {
  const labels = [{ span, text: expected }];
  return { severity: 'error', code: 'unexpectedToken', message: `unexpected token \`${token}\``, labels };
}

export function unexpectedEnd(span: Span, expected: string | undefined): Diagnostic {
  const labels = [{ span, text: expected }];
  return { severity: 'error', code: 'unexpectedEnd', message: 'unexpected end of input', labels };
}

export function invalidToken(first: string, span: Span): Diagnostic {
  return parseError('invalidToken', 'invalid token', span, INVALID_TOKEN_HELP.get(first));
}

export function notNormalized(kind: string, text: string, normal: string): Diagnostic {
  const message = `\`${kind}\` needs to be normalized (e.g., whitespace removed): ${text}`;
  let at = 0;
  while (text[at] === normal[at]) at++;
  return parseError('notNormalized', message, { start: at, end: at }, `the normalized form is \`${normal}\``);
}

const INVALID_TOKEN_HELP = new Map([
  ['"', 'try checking that all strings are closed properly'],
  ["'", 'strings must use double quotes, not single quotes'],
]);
