/**
 * Recovery — what to say about text that the grammar does not generate.
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Cursor } from './cursor.ts';
import { integerParseError, invalidToken, unexpectedEnd, unexpectedToken } from './error.ts';
import * as t from './token.ts';

/** The syntax error at the current token of a cursor. */
export function syntaxErrorAt(c: Cursor): Diagnostic {
  const span = c.tokenSpan();
  switch (c.token) {
    case t.EOF:
      return unexpectedEnd({ start: c.previousEnd, end: c.previousEnd }, undefined);
    case t.INVALID:
      return invalidToken(c.text.charAt(c.start), { start: c.start, end: c.start });
    case t.NUMBER:
      return BigInt(c.slice()) >= 2n ** 64n ? integerParseError(span) : unexpectedToken(c.slice(), span, undefined);
    default:
      return unexpectedToken(c.slice(), span, undefined);
  }
}
