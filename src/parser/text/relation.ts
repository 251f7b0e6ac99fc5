/**
 * Relation — the right sides of `has`, `like` and `is`, each of which allows less than an expression.
 *
 * What is allowed is read straight away. Anything else is read again as the sum that the grammar allows there, and refused by name.
 *
 * Grammar: Relation
 */

import type { Expression } from '../../syntax/expression.ts';
import { printExpression } from '../../syntax/print.ts';
import type { Span } from '../../syntax/span.ts';
import { append } from '../../value/append.ts';
import type { Pattern } from '../../value/pattern.ts';
import {
  badEscape,
  invalidHasRight,
  invalidIsType,
  invalidPattern,
  pathAsAttribute,
  reservedIdentifier,
} from '../error.ts';
import type { Cursor } from './cursor.ts';
import { fitted } from './fitted.ts';
import { parseArguments, parseAttribute, parseIndex } from './member.ts';
import { inSum, type Path, parseBareName, parsePath, parseString } from './name.ts';
import { plainPattern, unescapePattern } from './string.ts';
import * as t from './token.ts';

export function parseHasRight(c: Cursor, expr: Expression, left: number): Expression {
  const below = c.height;
  c.next();
  const attrs = parseAttributes(c);
  c.grow(below, attrs.length === 1 ? 1 : attrs.length + 1);
  return { kind: 'hasAttr', expr, attrs, span: c.spanFrom(left) };
}

/** A string, or identifiers with dots between. */
function parseAttributes(c: Cursor): string[] {
  const start = c.start;
  const before = c.problems.length;
  if (c.token === t.STRING) {
    const attr = parseString(c, start);
    if (!inSum(c)) return [attr ?? ''];
  } else if (t.isIdentifier(c.token)) {
    const attrs = parseChain(c);
    if (attrs !== undefined) return attrs;
  }
  return refuseAttributes(c, start, before);
}

function parseChain(c: Cursor): string[] | undefined {
  const attrs = [parseAttribute(c)];
  while (c.accept(t.DOT)) attrs.push(parseAttribute(c));
  return inSum(c) || c.token === t.COLON_COLON ? undefined : fitted(attrs);
}

function refuseAttributes(c: Cursor, start: number, before: number): string[] {
  c.problems.length = before;
  c.rewind(start);
  if (t.isIdentifier(c.token)) refusePath(c, start);
  const access = refusedAccess(c, start);
  c.rewind(start);
  const reported = c.problems.splice(before);
  if (c.token === t.IF) skipIfChain(c);
  else c.rules.sum(c);
  c.problems.length = before;
  const text = c.text.slice(start, c.previousEnd);
  if (reported.length > 0) append(c.problems, reported);
  else c.report(invalidHasRight(text, access ?? c.spanFrom(start)));
  return [''];
}

/** The first index or call in a chain of identifiers, if that is what is wrong with it. */
function refusedAccess(c: Cursor, start: number): Span | undefined {
  c.rewind(start);
  if (!t.isCommonIdentifier(c.token)) return undefined;
  c.next();
  while (c.accept(t.DOT)) {
    if (!t.isIdentifier(c.token)) return undefined;
    c.next();
  }
  const at = c.start;
  if (c.token === t.LBRACKET) parseIndex(c);
  else if (c.token === t.LPAREN) parseArguments(c);
  else return undefined;
  return c.spanFrom(at);
}

/** What is wrong with an identifier to begin with: reserved, or with a namespace. */
function refusePath(c: Cursor, start: number): void {
  const token = c.token;
  const name = c.name();
  c.next();
  if (t.isReserved(token) && c.token !== t.COLON_COLON) {
    c.report(reservedIdentifier(name, { start, end: c.previousEnd }));
    return;
  }
  if (c.token !== t.COLON_COLON) return;
  c.rewind(start);
  const path = parsePath(c);
  if (!path.ref) c.report(pathAsAttribute(c.text.slice(start, path.end), { start, end: path.end }));
}

/** `has if.a.b`: the grammar allows the word here, and only accesses after it. */
function skipIfChain(c: Cursor): void {
  c.next();
  if (c.token !== t.DOT && c.token !== t.LBRACKET && c.token !== t.LPAREN) return;
  throw c.syntaxFailure();
}

export function parseLikeRight(c: Cursor, expr: Expression, left: number): Expression {
  const below = c.height;
  c.next();
  const pattern = parsePattern(c);
  c.grow(below);
  return { kind: 'like', expr, pattern, span: c.spanFrom(left) };
}

function parsePattern(c: Cursor): Pattern {
  const start = c.start;
  if (c.token === t.STRING) {
    const raw = c.between();
    const rough = c.rough;
    c.next();
    if (!inSum(c)) return rough ? patternOf(c, raw, start) : fitted(plainPattern(raw));
    c.rewind(start);
  }
  const before = c.problems.length;
  const name = parseBareName(c);
  const expr = name === undefined ? c.rules.sum(c) : undefined;
  const text = name?.text ?? (expr === undefined ? '' : printExpression(expr));
  if (c.problems.length === before) c.report(invalidPattern(text, expr?.span ?? c.spanFrom(start)));
  return [];
}

function patternOf(c: Cursor, raw: string, start: number): Pattern {
  const pattern = unescapePattern(raw);
  if (pattern.ok) return pattern.value;
  for (const bad of pattern.bad) c.report(badEscape(raw.slice(bad.start, bad.end), c.spanFrom(start)));
  return [];
}

export function parseIsRight(c: Cursor, expr: Expression, left: number): Expression {
  const below = c.height;
  c.next();
  const type = parseType(c, expr);
  const typeSpan = { start: type.start, end: type.end };
  let entity: Expression | undefined;
  if (c.accept(t.IN)) entity = c.rules.sum(c);
  c.grow(Math.max(below, entity === undefined ? 0 : c.height), entity === undefined ? 1 : 2);
  return { kind: 'is', expr, type: type.text, typeSpan, in: entity, span: c.spanFrom(left) };
}

/** An entity type name; anything else that the grammar allows is a problem. `left` is what is before `is`, for the message. */
export function parseType(c: Cursor, left: Expression): Path {
  const start = c.start;
  const before = c.problems.length;
  const name = parseBareName(c);
  if (name !== undefined) return name;
  const expr = c.rules.sum(c);
  const { start: from, end } = expr.span ?? c.spanFrom(start);
  if (c.problems.length === before) {
    c.report(invalidIsType(printExpression(left), c.text.slice(from, end), { start: from, end }));
  }
  return { text: '', start, end, ref: false };
}
