/**
 * Lexer — policy text to tokens, one at a time and by hand: no token objects, no regular expressions, no slices.
 *
 * `token`, `start` and `end` describe the current token; `previousEnd` is where the last consumed one ended, hence where a node ends.
 *
 * Grammar: the terminals of Policies
 */
import type { Span } from '../../syntax/span.ts';
import { Names } from './names.ts';
import * as t from './token.ts';

const IDENTIFIER_PART = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_') {
  IDENTIFIER_PART[character.charCodeAt(0)] = 1;
}

/** By character: the token that it is by itself, the character that makes it a longer token, and that token. */
const ONE_CHARACTER = new Uint8Array(128);
const SECOND = new Uint8Array(128);
const TWO_CHARACTERS = new Uint8Array(128);

for (const [character, token] of [
  ['(', t.LPAREN],
  [')', t.RPAREN],
  ['{', t.LBRACE],
  ['}', t.RBRACE],
  ['[', t.LBRACKET],
  [']', t.RBRACKET],
  [',', t.COMMA],
  ['.', t.DOT],
  [';', t.SEMICOLON],
  [':', t.COLON],
  ['+', t.PLUS],
  ['-', t.MINUS],
  ['*', t.STAR],
  ['/', t.SLASH],
  ['%', t.PERCENT],
  ['@', t.AT],
  ['!', t.BANG],
  ['=', t.EQ],
  ['<', t.LESS],
  ['>', t.GREATER],
] as const) {
  ONE_CHARACTER[character.charCodeAt(0)] = token;
}

for (const [operator, token] of [
  ['::', t.COLON_COLON],
  ['==', t.EQ_EQ],
  ['!=', t.NOT_EQ],
  ['<=', t.LESS_EQ],
  ['>=', t.GREATER_EQ],
  ['&&', t.AND_AND],
  ['||', t.OR_OR],
] as const) {
  SECOND[operator.charCodeAt(0)] = operator.charCodeAt(1);
  TWO_CHARACTERS[operator.charCodeAt(0)] = token;
}

export class Lexer {
  readonly text: string;
  token = t.EOF;
  start = 0;
  end = 0;
  previousEnd = 0;
  /** Does the current string token hold a backslash, a carriage return or a surrogate, so that a slice is not its value? */
  rough = false;
  readonly #names = new Names();
  readonly #strings = new Names();

  constructor(text: string) {
    this.text = text;
    this.next();
    this.previousEnd = 0;
  }

  /** Back to a token that began at `start`. */
  rewind(start: number): void {
    this.end = start;
    this.next();
  }

  /** The text of the current token. */
  slice(): string {
    return this.text.slice(this.start, this.end);
  }

  /** The current token, which is an identifier. */
  name(): string {
    return this.#names.at(this.text, this.start, this.end);
  }

  /** What stands between the quotes of the current token, which is a string. */
  between(): string {
    const { start, end } = this;
    return end - start === 2 ? '' : this.#strings.at(this.text, start + 1, end - 1);
  }

  /** The span of the current token. */
  tokenSpan(): Span {
    return { start: this.start, end: this.end };
  }

  /** Goes to the next token. */
  next(): void {
    this.previousEnd = this.end;
    const text = this.text;
    const start = skipTrivia(text, this.end);
    this.start = start;
    if (start >= text.length) {
      this.end = start;
      this.token = t.EOF;
      return;
    }
    const code = text.charCodeAt(start);
    if (code < 128 && IDENTIFIER_PART[code] === 1) {
      this.#word(start, code);
    } else {
      this.#symbol(start, code);
    }
  }

  #word(start: number, first: number): void {
    const text = this.text;
    const isNumber = first <= 57;
    let end = start + 1;
    if (isNumber) {
      while (end < text.length && isDigit(text.charCodeAt(end))) end++;
      this.token = t.NUMBER;
    } else {
      end = identifierEnd(text, end);
      this.token = keyword(text, start, end - start, first);
    }
    this.end = end;
  }

  #symbol(start: number, code: number): void {
    if (code === 0x22) this.#string(start);
    else if (code === 0x3f) this.#slot(start);
    else if (code >= 128) this.#take(t.INVALID, 0);
    else if (SECOND[code] !== 0 && this.text.charCodeAt(start + 1) === SECOND[code])
      this.#take(TWO_CHARACTERS[code]!, 2);
    else if (ONE_CHARACTER[code] !== 0) this.#take(ONE_CHARACTER[code]!, 1);
    else this.#take(t.INVALID, 0);
  }

  #take(token: number, length: number): void {
    this.token = token;
    this.end = this.start + length;
  }

  /** To the first quote without a backslash before it. A backslash before a line feed ends all hope. */
  #string(start: number): void {
    const text = this.text;
    let rough = false;
    for (let at = start + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x22) {
        this.token = t.STRING;
        this.rough = rough;
        this.end = at + 1;
        return;
      }
      if (code === 0x5c) {
        rough = true;
        at++;
        if (text.charCodeAt(at) === 0x0a) break;
      } else if (code === 0x0d || (code >= 0xd800 && code <= 0xdfff)) rough = true;
    }
    this.#take(t.INVALID, 0);
  }

  #slot(start: number): void {
    const text = this.text;
    const first = start + 1 < text.length ? text.charCodeAt(start + 1) : 0;
    if (first >= 128 || IDENTIFIER_PART[first] !== 1 || isDigit(first)) this.#take(t.INVALID, 0);
    else this.#take(t.SLOT, identifierEnd(text, start + 2) - start);
  }
}

function identifierEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code >= 128 || IDENTIFIER_PART[code] !== 1) break;
    end++;
  }
  return end;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Skips white space and comments. */
function skipTrivia(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) at++;
    else if (code === 0x2f && text.charCodeAt(at + 1) === 0x2f) at = commentEnd(text, at + 2);
    else if (code >= 0x80 && isUnicodeSpace(code)) at++;
    else break;
  }
  return at;
}

/** A comment ends at the first line feed or carriage return, and nowhere else. */
function commentEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) break;
    at++;
  }
  return at;
}

/** The Unicode property White_Space beyond ASCII; JavaScript's `\s` is another set. */
export function isUnicodeSpace(code: number): boolean {
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The kind of an identifier of `length` at `start`, told apart by its length and first letter before any further look. */
function keyword(text: string, start: number, length: number, first: number): number {
  switch (length) {
    case 2:
      if (first !== 0x69) return t.IDENT;
      return keywordOfTwo(text.charCodeAt(start + 1));
    case 3:
      return is(text, start, 'has') ? t.HAS : t.IDENT;
    case 4:
      return keywordOfFour(text, start, first);
    case 5:
      return is(text, start, 'false') ? t.FALSE : t.IDENT;
    case 6:
      return keywordOfSix(text, start, first);
    case 7:
      return is(text, start, 'context') ? t.CONTEXT : t.IDENT;
    case 8:
      return is(text, start, 'resource') ? t.RESOURCE : t.IDENT;
    case 9:
      return is(text, start, 'principal') ? t.PRINCIPAL : t.IDENT;
    default:
      return t.IDENT;
  }
}

function keywordOfTwo(second: number): number {
  if (second === 0x66) return t.IF;
  if (second === 0x6e) return t.IN;
  return second === 0x73 ? t.IS : t.IDENT;
}

function keywordOfFour(text: string, start: number, first: number): number {
  switch (first) {
    case 0x74:
      if (is(text, start, 'true')) return t.TRUE;
      return is(text, start, 'then') ? t.THEN : t.IDENT;
    case 0x77:
      return is(text, start, 'when') ? t.WHEN : t.IDENT;
    case 0x6c:
      return is(text, start, 'like') ? t.LIKE : t.IDENT;
    case 0x65:
      return is(text, start, 'else') ? t.ELSE : t.IDENT;
    default:
      return t.IDENT;
  }
}

function keywordOfSix(text: string, start: number, first: number): number {
  switch (first) {
    case 0x61:
      return is(text, start, 'action') ? t.ACTION : t.IDENT;
    case 0x70:
      return is(text, start, 'permit') ? t.PERMIT : t.IDENT;
    case 0x66:
      return is(text, start, 'forbid') ? t.FORBID : t.IDENT;
    case 0x75:
      return is(text, start, 'unless') ? t.UNLESS : t.IDENT;
    default:
      return t.IDENT;
  }
}

function is(text: string, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (text.charCodeAt(start + i) !== word.charCodeAt(i)) return false;
  return true;
}
