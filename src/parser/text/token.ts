/**
 * Token — the kinds of token as small integers, grouped so that whole classes are ranges.
 *
 * A token is never an object: the lexer keeps its kind and its two offsets.
 *
 * Grammar: the terminals of Policies
 */

export const EOF = 0;

// Identifiers. Keywords are identifiers wherever the grammar allows any identifier.
export const IDENT = 1;
export const TRUE = 2;
export const FALSE = 3;
export const IF = 4;
export const THEN = 5;
export const ELSE = 6;
export const IN = 7;
export const IS = 8;
export const LIKE = 9;
export const HAS = 10;
export const PRINCIPAL = 11;
export const ACTION = 12;
export const RESOURCE = 13;
export const CONTEXT = 14;
export const PERMIT = 15;
export const FORBID = 16;
export const WHEN = 17;
export const UNLESS = 18;

export const NUMBER = 19;
export const STRING = 20;
export const SLOT = 21;

export const AT = 22;
export const DOT = 23;
export const COMMA = 24;
export const SEMICOLON = 25;
export const COLON = 26;
export const COLON_COLON = 27;
export const LPAREN = 28;
export const RPAREN = 29;
export const LBRACE = 30;
export const RBRACE = 31;
export const LBRACKET = 32;
export const RBRACKET = 33;
export const EQ_EQ = 34;
export const NOT_EQ = 35;
export const LESS = 36;
export const LESS_EQ = 37;
export const GREATER = 38;
export const GREATER_EQ = 39;
export const OR_OR = 40;
export const AND_AND = 41;
export const PLUS = 42;
export const MINUS = 43;
export const STAR = 44;
export const SLASH = 45;
export const PERCENT = 46;
export const BANG = 47;
export const EQ = 48;

/** Text that no token begins with, such as a string that is never closed. */
export const INVALID = 49;

export function isIdentifier(token: number): boolean {
  return token >= IDENT && token <= UNLESS;
}

/** Identifiers that can be a name by themselves; the others begin expressions of their own. */
export function isCommonIdentifier(token: number): boolean {
  return isIdentifier(token) && token !== TRUE && token !== FALSE && token !== IF;
}

/** Words that cannot be an identifier in a name, an attribute after `.`, or a bare record key. */
export function isReserved(token: number): boolean {
  return token >= TRUE && token <= HAS;
}

export function isVariable(token: number): boolean {
  return token >= PRINCIPAL && token <= CONTEXT;
}
