/**
 * Path — identifiers, namespaced names and entity uids.
 *
 * Grammar: Path, Ref
 */
import { append } from '../../value/append.ts';
import { EntityUid } from '../../value/entity-uid.ts';
import { badEscape, invalidEntityLiteral, reservedIdentifier, reservedName } from '../token-error.ts';
import type { Cursor } from './cursor.ts';
import { unescapeString } from './string.ts';
import * as t from './token.ts';

/** A parsed name. `ref` says that `::` and then a string or a brace follow, so that the name is the type of an entity uid. */
export interface Path {
  /** In normal form: no white space. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly ref: boolean;
}

/** Parses `A::B::C` up to, not including, the string of an entity uid. Reserved components are problems. */
export function parsePath(c: Cursor): Path {
  const start = c.start;
  const first = c.token;
  const before = c.problems.length;
  let beforeLast = before;
  let text = parseNamePart(c);
  let end = c.previousEnd;
  let parts: string[] | undefined;
  let ref = false;
  while (c.token === t.COLON_COLON) {
    c.next();
    ref = atUidRest(c);
    if (ref) break;
    parts ??= [text];
    beforeLast = c.problems.length;
    parts.push(parseNamePart(c));
    end = c.previousEnd;
  }
  if (beforeLast > before) {
    // The last part is reported first.
    const [last, former] = [c.problems.splice(beforeLast), c.problems.splice(before)];
    append(c.problems, last);
    append(c.problems, former);
  }
  if (parts !== undefined) text = parts.join('::');
  else if (first === t.IF || first === t.TRUE || first === t.FALSE) throw c.syntaxFailure();
  if (parts !== undefined || text === '__cedar') checkReserved(c, text, start, end);
  return { text, start, end, ref };
}

/** After `::`: the string of an entity uid, or the brace of the refused form. */
function atUidRest(c: Cursor): boolean {
  return c.token === t.STRING || c.token === t.LBRACE;
}

function parseNamePart(c: Cursor): string {
  if (!t.isIdentifier(c.token)) throw c.syntaxFailure();
  const part = c.name();
  if (t.isReserved(c.token)) c.report(reservedIdentifier(part, c.tokenSpan()));
  c.next();
  return part;
}

function checkReserved(c: Cursor, text: string, start: number, end: number): void {
  if (text.split('::').includes('__cedar')) c.report(reservedName(text, { start, end }));
}

/** The rest of an entity uid whose type has been read: `"id"`, or the refused `{ … }`. */
export function parseUidRest(c: Cursor, type: Path): EntityUid {
  if (c.token === t.STRING) {
    const raw = c.start;
    const id = parseString(c, type.start);
    return new EntityUid(type.text, id ?? c.text.slice(raw, c.previousEnd));
  }
  skipRefInits(c);
  c.report(invalidEntityLiteral(c.text.slice(type.start, c.previousEnd), c.spanFrom(type.start)));
  return new EntityUid(type.text, '');
}

/** `{ key: literal, … }`, which the grammar knows and Cedar refuses. */
function skipRefInits(c: Cursor): void {
  c.expect(t.LBRACE);
  while (c.token !== t.RBRACE) {
    if (!t.isIdentifier(c.token)) throw c.syntaxFailure();
    c.next();
    c.expect(t.COLON);
    if (c.token !== t.TRUE && c.token !== t.FALSE && c.token !== t.NUMBER && c.token !== t.STRING)
      throw c.syntaxFailure();
    c.next();
    if (!c.accept(t.COMMA)) break;
  }
  c.expect(t.RBRACE);
}

/** Consumes a string token. Bad escapes are problems of the node that began at `nodeStart`; then the result has no value. */
export function parseString(c: Cursor, nodeStart: number): string | undefined {
  const raw = c.between();
  const rough = c.rough;
  c.expect(t.STRING);
  if (!rough) return raw;
  const unescaped = unescapeString(raw);
  if (unescaped.ok) return unescaped.value;
  for (const { start, end } of unescaped.bad) c.report(badEscape(raw.slice(start, end), c.spanFrom(nodeStart)));
  return undefined;
}

/** Would the current token carry on a sum, so that what was read is only its beginning? */
export function inSum(c: Cursor): boolean {
  switch (c.token) {
    case t.DOT:
    case t.LBRACKET:
    case t.LPAREN:
    case t.PLUS:
    case t.MINUS:
    case t.STAR:
    case t.SLASH:
    case t.PERCENT:
      return true;
    default:
      return false;
  }
}

/** A name and nothing that would make it the beginning of something else; else `undefined`, and nothing is consumed. */
export function parseBareName(c: Cursor): Path | undefined {
  if (!t.isCommonIdentifier(c.token)) return undefined;
  const start = c.start;
  const before = c.problems.length;
  const name = parsePath(c);
  if (!name.ref && !inSum(c)) return name;
  c.problems.length = before;
  c.rewind(start);
  return undefined;
}
