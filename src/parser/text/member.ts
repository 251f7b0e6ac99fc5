/**
 * Member — attribute access, indexing, method and function calls.
 *
 * Every node of one chain of accesses has the span of the whole chain.
 *
 * Grammar: Member, MemAccess
 */

import type { BinaryOperator, Expression } from '../../syntax/expression.ts';
import { BUILTIN_METHODS, CONSTRUCTORS, EXTENSION_METHODS } from '../../syntax/ext-fun.ts';
import { printExpression } from '../../syntax/print.ts';
import type { Span } from '../../syntax/span.ts';
import {
  expressionCalled,
  functionCalledAsMethod,
  invalidAccess,
  invalidIndex,
  invalidString,
  invalidVariable,
  methodCalledAsFunction,
  noMethods,
  unknownFunction,
  unknownMethod,
  variableCalled,
  wrongArity,
} from '../error.ts';
import { reservedIdentifier, reservedName } from '../token-error.ts';
import type { Cursor } from './cursor.ts';
import { fitted } from './fitted.ts';
import { type Path, parseBareName, parseString } from './name.ts';
import { nearest } from './nearest.ts';
import * as t from './token.ts';

/** A name further from all known ones is not a misspelling of them. */
const MAX_EDITS = 3;

/** Does an access go on from here? */
export function atAccess(c: Cursor): boolean {
  return c.token === t.DOT || c.token === t.LBRACKET || c.token === t.LPAREN;
}

/** A span whose end is filled in when the chain has been read. */
interface OpenSpan {
  readonly start: number;
  end: number;
}

/** The accesses after a primary that began at `start`; `head` itself if there are none. */
export function parseAccesses(c: Cursor, head: Expression, start: number): Expression {
  if (!atAccess(c)) return head;
  const span: OpenSpan = { start, end: start };
  let expr = head;
  while (atAccess(c)) expr = parseAccess(c, expr, span);
  span.end = c.previousEnd;
  return expr;
}

function parseAccess(c: Cursor, expr: Expression, span: OpenSpan): Expression {
  const below = c.height;
  if (c.token === t.DOT) return parseField(c, expr, span, below);
  if (c.token === t.LBRACKET) {
    const attr = parseIndex(c);
    c.grow(Math.max(below, c.height));
    return { kind: 'getAttr', expr, attr, span };
  }
  const before = c.problems.length;
  parseArguments(c);
  if (c.problems.length === before) {
    c.report(expr.kind === 'var' ? variableCalled(expr.name, chain(c, span)) : expressionCalled(chain(c, span)));
  }
  return expr;
}

/** The span of a chain as it is reported before its end is known: up to here. */
function chain(c: Cursor, span: OpenSpan): Span {
  span.end = c.previousEnd;
  return span;
}

function parseField(c: Cursor, expr: Expression, span: OpenSpan, below: number): Expression {
  c.next();
  const attr = parseAttribute(c);
  if (c.token === t.LPAREN) return parseMethodCall(c, expr, attr, span, below);
  c.grow(below);
  return { kind: 'getAttr', expr, attr, span };
}

/** An identifier that may be an attribute: neither reserved nor `__cedar`. */
export function parseAttribute(c: Cursor): string {
  if (!t.isIdentifier(c.token)) throw c.syntaxFailure();
  const name = c.name();
  if (t.isReserved(c.token)) c.report(reservedIdentifier(name, c.tokenSpan()));
  else if (name === '__cedar') c.report(reservedName(name, c.tokenSpan()));
  c.next();
  return name;
}

function parseMethodCall(c: Cursor, receiver: Expression, name: string, span: OpenSpan, below: number): Expression {
  const before = c.problems.length;
  const args = parseArguments(c);
  c.grow(Math.max(below, c.height));
  const problem = c.problems.length > before ? undefined : methodProblem(name, args.length, c, span);
  if (problem !== undefined) c.report(problem);
  const arity = BUILTIN_METHODS.get(name);
  if (arity === undefined) return { kind: 'call', fn: name, args: [receiver, ...args], span };
  if (arity === 0) return { kind: 'unary', op: 'isEmpty', arg: receiver, span };
  return { kind: 'binary', op: name as BinaryOperator, left: receiver, right: args[0] ?? receiver, span };
}

function methodProblem(name: string, got: number, c: Cursor, span: OpenSpan) {
  const arity = BUILTIN_METHODS.get(name);
  if (arity !== undefined) return arity === got ? undefined : wrongArity(name, arity, got, chain(c, span));
  if (EXTENSION_METHODS.has(name)) return undefined;
  if (isConstructor(c, name)) return functionCalledAsMethod(name, chain(c, span));
  return unknownMethod(name, nearest(name, EXTENSION_METHODS, MAX_EDITS), chain(c, span));
}

function isConstructor(c: Cursor, name: string): boolean {
  return CONSTRUCTORS.has(name) || (c.unknown && name === 'unknown');
}

/** `(a, b, …)`; leaves the greatest height of an argument in the cursor. */
export function parseArguments(c: Cursor): Expression[] {
  c.expect(t.LPAREN);
  const args = parseList(c, t.RPAREN);
  c.expect(t.RPAREN);
  return args;
}

/** Expressions with commas between and perhaps one after them, up to `close`. */
export function parseList(c: Cursor, close: number): Expression[] {
  c.height = 0;
  if (c.token === close) return [];
  const items = [c.rules.expression(c)];
  if (!c.accept(t.COMMA)) return items;
  let height = c.height;
  while (c.token !== close) {
    items.push(c.rules.expression(c));
    if (c.height > height) height = c.height;
    if (!c.accept(t.COMMA)) break;
  }
  c.height = height;
  return fitted(items);
}

/** `["attribute"]`; anything but one string literal between the brackets is a problem. */
export function parseIndex(c: Cursor): string {
  c.next();
  const start = c.start;
  const string = c.token === t.STRING ? parseString(c, start) : undefined;
  if (c.previousEnd > start && c.token === t.RBRACKET) {
    c.next();
    return string ?? '';
  }
  c.rewind(start);
  refuseIndex(c, start);
  c.expect(t.RBRACKET);
  return '';
}

function refuseIndex(c: Cursor, start: number): void {
  const before = c.problems.length;
  const name = parseBareName(c);
  if (name !== undefined && c.token === t.RBRACKET) {
    if (c.problems.length === before) c.report(invalidString(name.text, c.spanFrom(start)));
    return;
  }
  c.rewind(start);
  const expr = c.rules.expression(c);
  if (c.problems.length === before) c.report(invalidString(printExpression(expr), expr.span ?? c.spanFrom(start)));
}

/** A name that is neither a variable nor the type of a uid: only a call of an extension function may follow. */
export function parseNameUse(c: Cursor, name: Path): Expression {
  const span: OpenSpan = { start: name.start, end: name.end };
  const before = c.problems.length;
  switch (c.token) {
    case t.LPAREN:
      return parseCallChain(c, name, span, before);
    case t.DOT:
      return refuseField(c, name, span, before);
    case t.LBRACKET: {
      const field = parseIndex(c);
      if (c.problems.length === before) c.report(invalidIndex(name.text, field, chain(c, span)));
      return nothing(c, span);
    }
    default:
      c.report(invalidVariable(name.text, span));
      return nothing(c, span);
  }
}

/** As in the official build, a call that accesses follow is reported with all of them. */
function parseCallChain(c: Cursor, name: Path, span: OpenSpan, before: number): Expression {
  const expr = parseAccesses(c, parseFunctionCall(c, name, span, before), name.start);
  span.end = c.previousEnd;
  return expr;
}

function parseFunctionCall(c: Cursor, name: Path, span: OpenSpan, before: number): Expression {
  const args = parseArguments(c);
  c.grow(c.height);
  span.end = c.previousEnd;
  const fn = name.text;
  if (c.problems.length > before) return nothing(c, span);
  if (EXTENSION_METHODS.has(fn) || BUILTIN_METHODS.has(fn)) c.report(methodCalledAsFunction(fn, span));
  else if (!isConstructor(c, fn)) c.report(unknownFunction(fn, nearest(fn, CONSTRUCTORS, MAX_EDITS), span));
  return { kind: 'call', fn, args, span };
}

function refuseField(c: Cursor, name: Path, span: OpenSpan, before: number): Expression {
  c.next();
  const field = parseAttribute(c);
  const called = c.token === t.LPAREN;
  if (called) parseArguments(c);
  if (c.problems.length === before) {
    c.report((called ? noMethods : invalidAccess)(name.text, field, chain(c, span)));
  }
  return parseAccesses(c, nothing(c, span), name.start);
}

/** What stands in the tree for something that was refused. */
function nothing(c: Cursor, span: Span): Expression {
  c.height = 1;
  return { kind: 'lit', value: false, span };
}
