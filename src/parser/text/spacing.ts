/**
 * Spacing — source text as the official build quotes it: with the blanks of its printer, without comments and trailing commas.
 *
 * It works on tokens, not on a tree: what is quoted is what could not become a tree.
 */
import type { Cursor } from './cursor.ts';
import * as t from './token.ts';

const GLUED_TO_WHAT_PRECEDES = new Set([t.DOT, t.COMMA, t.COLON, t.COLON_COLON, t.RPAREN, t.RBRACKET, t.RBRACE]);
const GLUED_TO_WHAT_FOLLOWS = new Set([t.DOT, t.COLON_COLON, t.LPAREN, t.LBRACKET, t.LBRACE, t.BANG]);
const LEADING_ZEROS = /^0+(?=\d)/;
const ENDS_OPERAND = new Set([t.NUMBER, t.STRING, t.SLOT, t.RPAREN, t.RBRACKET, t.RBRACE]);

/** From the cursor, which is at a token, to `end`; leaves the cursor there. */
export function quote(c: Cursor, end: number): string {
  let text = '';
  let glued = true;
  let afterOperand = false;
  let comma = false;
  for (let previous = t.EOF; c.start < end && c.token !== t.EOF; c.next()) {
    const { token } = c;
    const written = c.text.slice(c.start, c.end);
    const closes = token === t.RPAREN || token === t.RBRACKET || token === t.RBRACE;
    if (comma && !closes) text += ',';
    const calls = afterOperand && (token === t.LPAREN || token === t.LBRACKET);
    if (!(glued || calls || GLUED_TO_WHAT_PRECEDES.has(token))) text += ' ';
    comma = token === t.COMMA;
    if (!comma) text += token === t.NUMBER ? written.replace(LEADING_ZEROS, '') : written;
    glued = GLUED_TO_WHAT_FOLLOWS.has(token) || (token === t.MINUS && !afterOperand);
    afterOperand = endsOperand(token, previous, afterOperand);
    previous = token;
  }
  return text;
}

/** A word such as `in` is a name where an operand must stand; `if` is one only inside of a name. */
function endsOperand(token: number, previous: number, afterOperand: boolean): boolean {
  if (!t.isIdentifier(token)) return ENDS_OPERAND.has(token);
  return token === t.IF ? previous === t.DOT || previous === t.COLON_COLON : !afterOperand;
}
