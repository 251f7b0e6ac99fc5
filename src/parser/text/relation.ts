/**
 * Relation — the right sides of `has`, `like` and `is`, each of which allows less than an expression.
 *
 * What is allowed is read straight away. Anything else is read again as the sum that the grammar allows there, and refused by name.
 *
 * Grammar: Relation
 */

import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Expression } from '../../syntax/expression.ts';
import { printExpression } from '../../syntax/print.ts';
import type { Span } from '../../syntax/span.ts';
import { append } from '../../value/append.ts';
import type { Pattern } from '../../value/pattern.ts';
import { invalidHasRight, invalidIsType, invalidPattern, pathAsAttribute } from '../error.ts';
import { badEscape, reservedIdentifier, reservedName } from '../token-error.ts';
import type { Cursor } from './cursor.ts';
import { fitted } from './fitted.ts';
import { atAccess, parseArguments, parseAttribute, parseIndex } from './member.ts';
import { inSum, type Path, parseBareName, parseString } from './name.ts';
import { quote } from './spacing.ts';
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
  const before = c.problems.length;
  const attrs = [parseAttribute(c)];
  while (c.accept(t.DOT)) attrs.push(parseAttribute(c));
  if (c.problems.length > before) c.problems.length = before + 1; // of a chain, the first wrong name is told
  return inSum(c) || c.token === t.COLON_COLON ? undefined : fitted(attrs);
}

/** Inside something refused already it is only passed over: else a chain of refusals would take a time exponential in its length. */
function refuseAttributes(c: Cursor, start: number, before: number): string[] {
  c.problems.length = before;
  c.rewind(start);
  skipSum(c);
  c.problems.length = before;
  if (c.refusing) return [''];
  const span = c.spanFrom(start);
  c.rewind(start);
  const found = t.isIdentifier(c.token) ? refusalsOfName(c, span) : [];
  if (found.length > 0) append(c.problems, found);
  else c.report(invalidHasRight(quoteOf(c, span), span));
  c.rewind(span.end);
  return [''];
}

/** What is wrong with a name and accesses to it, if `span` is no more than that. */
function refusalsOfName(c: Cursor, span: Span): Diagnostic[] {
  const parts = [partHere(c)];
  while (c.accept(t.COLON_COLON)) {
    if (!t.isIdentifier(c.token)) return [];
    parts.push(partHere(c));
  }
  const path = c.spanFrom(span.start);
  const access = skipAccesses(c);
  if (c.previousEnd !== span.end) return [];
  const reserved = [...parts.slice(-1), ...parts.slice(0, -1)].filter((part) => part.reserved);
  const found = reserved.map((part) => reservedIdentifier(part.name, part.span));
  const name = parts.map((part) => part.name).join('::');
  if (parts.some((part) => part.name === '__cedar')) found.push(reservedName(name, path));
  if (found.length > 0) return found;
  if (parts.length > 1) return [pathAsAttribute(quoteOf(c, span), path)];
  if (access === undefined) return [];
  return [
    access.reserved ? reservedIdentifier(access.name, access.span) : invalidHasRight(quoteOf(c, span), access.span),
  ];
}

function partHere(c: Cursor) {
  const part = { name: c.name(), span: c.tokenSpan(), reserved: t.isReserved(c.token) };
  c.next();
  return part;
}

/** Passes over accesses; gives the first that is wrong: a reserved word, an index or a call. */
function skipAccesses(c: Cursor) {
  let first: ReturnType<typeof partHere> | undefined;
  while (atAccess(c)) {
    const at = c.start;
    if (c.accept(t.DOT)) {
      const part = partHere(c);
      if (part.reserved) first ??= part;
      continue;
    }
    skipBrackets(c);
    first ??= { name: '', span: c.spanFrom(at), reserved: false };
  }
  return first;
}

/** To after the bracket that closes the one here; whether they match is found out by who reads them. */
function skipBrackets(c: Cursor): void {
  let open = 0;
  do {
    if (c.token === t.LPAREN || c.token === t.LBRACKET || c.token === t.LBRACE) open++;
    else if (c.token === t.RPAREN || c.token === t.RBRACKET || c.token === t.RBRACE) open--;
    else if (c.token === t.EOF || c.token === t.INVALID) return;
    c.next();
  } while (open > 0);
}

function quoteOf(c: Cursor, { start, end }: Span): string {
  c.rewind(start);
  return quote(c, end);
}

/** What is read here is for nothing but to know where it ends. */
function skipSum(c: Cursor): void {
  const { refusing, start } = c;
  c.refusing = true;
  if (c.accept(t.IF) && c.token !== t.COLON_COLON) {
    skipIfChain(c);
  } else {
    c.rewind(start);
    c.rules.sum(c);
  }
  c.refusing = refusing;
}

/** `has if.a.b`: the grammar allows the word here, and only accesses after it. */
function skipIfChain(c: Cursor): void {
  while (atAccess(c)) {
    if (c.accept(t.DOT)) parseAttribute(c);
    else if (c.token === t.LPAREN) parseArguments(c);
    else parseIndex(c);
  }
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
