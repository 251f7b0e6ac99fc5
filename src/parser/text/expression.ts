/**
 * Expression — the operators, from `if` down to the primaries.
 *
 * Every node of one chain of a left-associative operator has the span of the whole chain. Long, because these rules
 * call one another.
 *
 * Grammar: Expr, Or, And, Relation, Add, Mult, Unary, Primary
 */
import type { BinaryOperator, Expression } from '../../syntax/expression.ts';
import { longFromBigInt } from '../../value/long.ts';
import {
  ambiguousOperators,
  integerTooLarge,
  singleEq,
  tooManyUnary,
  unsupportedDivision,
  unsupportedRemainder,
} from '../error.ts';
import { Cursor, type CursorOptions, ELSE_LEVELS, IF_BRACKETS, type Rules } from './cursor.ts';
import { parseDigits, parseNumber, parseSlot, TWO_63 } from './literal.ts';
import { atAccess, parseAccesses, parseList, parseNameUse } from './member.ts';
import { parsePath, parseString, parseUidRest } from './name.ts';
import { parseRecord } from './record.ts';
import { parseHasRight, parseIsRight, parseLikeRight } from './relation.ts';
import * as t from './token.ts';

/** A cursor at the beginning of a text. */
export function openCursor(text: string, options?: CursorOptions): Cursor {
  return new Cursor(text, RULES, options);
}

const RULES: Rules = { expression: parseExpr, sum: parseAdd };

export function parseExpr(c: Cursor, brackets = 1): Expression {
  c.enter(brackets);
  const expr = c.token === t.IF ? parseIf(c) : parseOr(c);
  c.leave(brackets);
  return expr;
}

function parseIf(c: Cursor): Expression {
  const start = c.start;
  c.next();
  if (c.token === t.COLON_COLON) {
    // `if::a` is a (refused) name.
    c.rewind(start);
    return parseOr(c);
  }
  const test = parseExpr(c, IF_BRACKETS);
  let height = c.height;
  c.expect(t.THEN);
  const then = parseExpr(c, IF_BRACKETS);
  if (c.height > height) height = c.height;
  c.expect(t.ELSE);
  const otherwise = parseExpr(c, IF_BRACKETS);
  // A node is a level above its test and its branches, but for `else if`.
  c.grow(Math.max(height + 1 - ELSE_LEVELS, c.height), ELSE_LEVELS);
  return { kind: 'ite', test, then, else: otherwise, span: c.spanFrom(start) };
}

function parseOr(c: Cursor): Expression {
  const start = c.start;
  const before = c.problems.length;
  let left = parseAnd(c);
  if (c.token !== t.OR_OR) return left;
  const span = { start, end: start };
  const first = left;
  let height = c.height;
  while (c.accept(t.OR_OR)) {
    const right = parseAnd(c);
    if (c.height > height) height = c.height;
    left = { kind: 'or', left, right, span };
  }
  c.grow(height);
  span.end = c.previousEnd;
  if (c.problems.length > before) forgetLeadingName(c, first, before);
  return left;
}

function parseAnd(c: Cursor): Expression {
  const start = c.start;
  const before = c.problems.length;
  let left = parseRelation(c);
  if (c.token !== t.AND_AND) return left;
  const span = { start, end: start };
  const first = left;
  let height = c.height;
  while (c.accept(t.AND_AND)) {
    const right = parseRelation(c);
    if (c.height > height) height = c.height;
    left = { kind: 'and', left, right, span };
  }
  c.grow(height);
  span.end = c.previousEnd;
  if (c.problems.length > before) forgetLeadingName(c, first, before);
  return left;
}

/** A name that is not a variable, at the left end of a chain, is only reported if nothing else in the chain is wrong. */
function forgetLeadingName(c: Cursor, left: Expression, before: number): void {
  const [first, second] = c.problems.slice(before, before + 2);
  const isName = first?.code === 'invalidVariable' && first.labels[0]?.span === left.span;
  if (isName && second !== undefined) c.problems.splice(before, 1);
}

function parseRelation(c: Cursor): Expression {
  const start = c.start;
  const before = c.problems.length;
  const left = parseAdd(c);
  switch (c.token) {
    case t.EQ_EQ:
    case t.NOT_EQ:
    case t.LESS:
    case t.LESS_EQ:
    case t.GREATER:
    case t.GREATER_EQ:
    case t.IN:
    case t.EQ:
      return parseComparison(c, left, start, before);
    case t.HAS:
      return parseHasRight(c, left, start);
    case t.LIKE:
      return parseLikeRight(c, left, start);
    case t.IS:
      return parseIsRight(c, left, start);
    default:
      return left;
  }
}

/** The comparison a token stands for; `=` stands for none. */
export function comparison(token: number): BinaryOperator | '=' | undefined {
  switch (token) {
    case t.EQ_EQ:
      return '==';
    case t.NOT_EQ:
      return '!=';
    case t.LESS:
      return '<';
    case t.LESS_EQ:
      return '<=';
    case t.GREATER:
      return '>';
    case t.GREATER_EQ:
      return '>=';
    case t.IN:
      return 'in';
    case t.EQ:
      return '=';
    default:
      return undefined;
  }
}

function parseComparison(c: Cursor, left: Expression, start: number, before: number): Expression {
  const below = c.height;
  const op = comparison(c.token)!;
  c.next();
  const right = parseAdd(c);
  c.grow(Math.max(below, c.height));
  if (comparison(c.token) !== undefined) refuseChain(c, start);
  else if (op === '=' && c.problems.length === before) c.report(singleEq(c.spanFrom(start)));
  if (c.problems.length > before) forgetLeadingName(c, left, before);
  return { kind: 'binary', op: op === '=' ? '==' : op, left, right, span: c.spanFrom(start) };
}

function refuseChain(c: Cursor, start: number): void {
  while (comparison(c.token) !== undefined) {
    c.next();
    parseAdd(c);
  }
  c.report(ambiguousOperators(c.spanFrom(start)));
}

function parseAdd(c: Cursor): Expression {
  const start = c.start;
  const before = c.problems.length;
  let left = parseMult(c);
  if (c.token !== t.PLUS && c.token !== t.MINUS) return left;
  const span = { start, end: start };
  const first = left;
  while (c.token === t.PLUS || c.token === t.MINUS) {
    const below = c.height;
    const op = c.token === t.PLUS ? '+' : '-';
    c.next();
    const right = parseMult(c);
    c.grow(Math.max(below, c.height));
    left = { kind: 'binary', op, left, right, span };
  }
  span.end = c.previousEnd;
  if (c.problems.length > before) forgetLeadingName(c, first, before);
  return left;
}

function parseMult(c: Cursor): Expression {
  const start = c.start;
  const before = c.problems.length;
  let left = parseUnary(c);
  if (!atMultiplication(c)) return left;
  const span = { start, end: start };
  const first = left;
  const refused: number[] = [];
  while (atMultiplication(c)) {
    const below = c.height;
    if (c.token !== t.STAR) refused.push(c.token);
    c.next();
    const right = parseUnary(c);
    c.grow(Math.max(below, c.height));
    left = { kind: 'binary', op: '*', left, right, span };
  }
  span.end = c.previousEnd;
  if (c.problems.length > before) forgetLeadingName(c, first, before);
  for (const token of refused) c.report((token === t.SLASH ? unsupportedDivision : unsupportedRemainder)(span));
  return left;
}

function atMultiplication(c: Cursor): boolean {
  return c.token === t.STAR || c.token === t.SLASH || c.token === t.PERCENT;
}

function parseUnary(c: Cursor): Expression {
  return c.token === t.BANG || c.token === t.MINUS ? parsePrefixed(c) : parseMember(c);
}

function parsePrefixed(c: Cursor): Expression {
  const start = c.start;
  const token = c.token;
  let count = 0;
  while (c.accept(token)) count++;
  const tooMany = count > 4;
  let expr: Expression;
  if (token === t.MINUS && c.token === t.NUMBER) {
    const literal = c.start;
    expr = parseNegated(c, start);
    if (expr.kind === 'lit' && expr.span?.start === literal && c.previousEnd === expr.span.end) count--;
  } else expr = parseMember(c);
  const span = c.spanFrom(start);
  if (tooMany) c.report(tooManyUnary(token === t.BANG ? '!' : '-', span));
  for (; count > 0; count--) {
    c.grow(c.height);
    expr = { kind: 'unary', op: token === t.BANG ? '!' : 'neg', arg: expr, span };
  }
  return expr;
}

function parseMember(c: Cursor): Expression {
  const start = c.start;
  const head = parsePrimary(c);
  return atAccess(c) ? parseAccesses(c, head, start) : head;
}

function parsePrimary(c: Cursor): Expression {
  const start = c.start;
  switch (c.token) {
    case t.PRINCIPAL:
    case t.ACTION:
    case t.RESOURCE:
    case t.CONTEXT:
      return parseVariable(c, start);
    case t.STRING: {
      const value = parseString(c, start) ?? '';
      c.height = 1;
      return { kind: 'lit', value, span: c.spanFrom(start) };
    }
    case t.NUMBER:
      return parseNumber(c, start);
    case t.TRUE:
    case t.FALSE:
      return parseBoolean(c, start);
    case t.LPAREN: {
      c.next();
      const inner = parseExpr(c);
      c.expect(t.RPAREN);
      return inner;
    }
    case t.LBRACKET: {
      c.next();
      const elements = parseList(c, t.RBRACKET);
      c.expect(t.RBRACKET);
      c.grow(c.height);
      return { kind: 'set', elements, span: c.spanFrom(start) };
    }
    case t.LBRACE:
      return parseRecord(c, start);
    case t.SLOT:
      return parseSlot(c, start);
    default:
      if (!t.isIdentifier(c.token)) throw c.syntaxFailure();
      return parseNamed(c, start);
  }
}

function parseVariable(c: Cursor, start: number): Expression {
  const token = c.token;
  c.next();
  if (c.token === t.COLON_COLON) {
    c.rewind(start);
    return parseNamed(c, start);
  }
  c.height = 1;
  return { kind: 'var', name: VARIABLES[token - t.PRINCIPAL]!, span: c.spanFrom(start) };
}

const VARIABLES = ['principal', 'action', 'resource', 'context'] as const;

/** A name in an expression: the type of an entity uid, or an extension function. */
function parseNamed(c: Cursor, start: number): Expression {
  const before = c.problems.length;
  const name = parsePath(c);
  c.height = 1;
  if (name.ref) {
    const value = parseUidRest(c, name);
    return { kind: 'lit', value, span: c.spanFrom(start) };
  }
  if (c.problems.length > before) return { kind: 'lit', value: false, span: c.spanFrom(start) };
  return parseNameUse(c, name);
}

/** Digits after a minus: the literal is negative, unless an access makes it the receiver of something else. */
function parseNegated(c: Cursor, start: number): Expression {
  const digits = c.start;
  const value = parseDigits(c);
  if (atAccess(c)) {
    c.rewind(digits);
    return parseMember(c);
  }
  c.height = 1;
  const span = c.spanFrom(digits);
  if (value > TWO_63) c.report(integerTooLarge(value.toString(), c.spanFrom(start)));
  const negative = typeof value === 'number' ? 0 - value : longFromBigInt(-value);
  return { kind: 'lit', value: negative ?? 0, span };
}

function parseBoolean(c: Cursor, start: number): Expression {
  const value = c.token === t.TRUE;
  c.next();
  if (c.token === t.COLON_COLON) {
    // `true::a` is a (refused) name.
    c.rewind(start);
    return parseNamed(c, start);
  }
  c.height = 1;
  return { kind: 'lit', value, span: c.spanFrom(start) };
}
