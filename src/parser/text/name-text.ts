/**
 * Name text — names and entity uids from text of their own, with one sentence about what is wrong.
 *
 * Data are read with this one: it needs no parser of expressions, and none of the tables that know what could have come instead.
 *
 * Grammar: Name, Ref
 * Twin:    text.ts, which says the same with everything that was expected
 */
import type { EntityUid } from '../../value/entity-uid.ts';
import { CompilerBug } from '../../value/unreachable.ts';
import { invalidToken, notNormalized, unexpectedEnd, unexpectedToken } from '../token-error.ts';
import { attempt, Cursor, NestingFailure, type Rules } from './cursor.ts';
import { parsePath, parseUidRest } from './name.ts';
import * as t from './token.ts';

/** What a text stands for, or why it stands for nothing, in the words of the official parser. */
export type ReadText<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Reads an entity uid such as `User::"alice"`; white space is allowed around its parts. */
export function readEntityUid(text: string): ReadText<EntityUid> {
  return readAll(nameCursor(text), entityUid);
}

/** Reads a name such as `A::B` that must be in normal form, as names in JSON are. `kind` is for the message. */
export function readName(text: string, kind = 'name'): ReadText<string> {
  return readAll(nameCursor(text), (c) => normalName(c, kind));
}

export function entityUid(c: Cursor): EntityUid {
  const path = parsePath(c);
  if (!path.ref) throw c.syntaxFailure();
  return parseUidRest(c, path);
}

export function normalName(c: Cursor, kind: string): string {
  const path = parsePath(c);
  if (path.ref) throw c.syntaxFailure();
  if (path.text !== c.text) c.report(notNormalized(kind, c.text, path.text));
  return path.text;
}

export function nameCursor(text: string): Cursor {
  return new Cursor(text, NO_EXPRESSIONS);
}

const NO_EXPRESSIONS: Rules = { expression: noExpression, sum: noExpression };

function noExpression(): never {
  throw new CompilerBug('no expression stands in a name');
}

function readAll<T>(c: Cursor, read: (c: Cursor) => T): ReadText<T> {
  let value: { readonly result: T } | undefined;
  const failure = attempt(() => {
    value = { result: read(c) };
    if (c.token !== t.EOF) throw c.syntaxFailure();
  });
  if (failure instanceof NestingFailure) return { ok: false, problem: failure.diagnostic.message };
  if (failure !== undefined || value === undefined) return { ok: false, problem: syntaxProblem(c) };
  const [problem] = c.problems;
  return problem === undefined ? { ok: true, value: value.result } : { ok: false, problem: problem.message };
}

/** The official parser looks for a place from which it could go on, and so it meets a token that is none wherever that stands. */
function syntaxProblem(c: Cursor): string {
  const { token, start, previousEnd } = c;
  const found = c.slice();
  for (; c.token !== t.EOF; c.next())
    if (c.token === t.INVALID) return invalidToken(c.text.charAt(c.start), c.tokenSpan()).message;
  if (token === t.EOF) return unexpectedEnd({ start: previousEnd, end: previousEnd }, undefined).message;
  return unexpectedToken(found, { start, end: start + found.length }, undefined).message;
}
