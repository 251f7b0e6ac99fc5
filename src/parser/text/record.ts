/**
 * Record — record literals, and what may be a key.
 *
 * Grammar: Primary, RecInit
 */
import type { Expression, ExpressionField } from '../../syntax/expression.ts';
import { duplicateRecordKey, invalidAttribute, pathAsAttribute } from '../error.ts';
import { reservedIdentifier } from '../token-error.ts';
import type { Cursor } from './cursor.ts';
import { fitted } from './fitted.ts';
import { parsePath, parseString } from './name.ts';
import * as t from './token.ts';

export function parseRecord(c: Cursor, start: number): Expression {
  c.next();
  const fields: ExpressionField[] = [];
  let height = 0;
  while (c.token !== t.RBRACE) {
    const reserved = c.token === t.IF ? c.start : undefined;
    const before = c.problems.length;
    const name = parseKey(c);
    c.expect(t.COLON);
    const expr = c.rules.expression(c);
    if (reserved !== undefined && c.problems.length > before) relabelIf(c, before, reserved);
    if (c.height > height) height = c.height;
    fields.push({ name, expr });
    if (!c.accept(t.COMMA)) break;
  }
  c.expect(t.RBRACE);
  c.grow(height);
  const span = c.spanFrom(start);
  const duplicate = duplicateName(fields);
  if (duplicate !== undefined) c.report(duplicateRecordKey(duplicate, span));
  return { kind: 'record', fields: fitted(fields), span };
}

/** The official grammar gives the key `if` the extent of its whole field. */
function relabelIf(c: Cursor, problem: number, start: number): void {
  const found = c.problems[problem]!;
  if (found.code === 'reservedIdentifier') c.problems[problem] = { ...found, labels: [{ span: c.spanFrom(start) }] };
}

function duplicateName(fields: readonly ExpressionField[]): string | undefined {
  if (fields.length < 2) return undefined;
  const seen = new Set<string>();
  for (const { name } of fields) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

/** A record key: an identifier or a string, up to its colon. Whatever else the grammar allows there is a problem. */
function parseKey(c: Cursor): string {
  const start = c.start;
  const token = c.token;
  const before = c.problems.length;
  if (token === t.STRING) {
    const key = parseString(c, start);
    if (c.token === t.COLON) return key ?? '';
  } else if (t.isIdentifier(token)) {
    const key = c.name();
    c.next();
    if (c.token === t.COLON) {
      if (t.isReserved(token)) c.report(reservedIdentifier(key, { start, end: c.previousEnd }));
      else if (key === '__cedar') parseReservedKey(c, start);
      return key;
    }
  }
  return refuseKey(c, start, before);
}

function parseReservedKey(c: Cursor, start: number): void {
  c.rewind(start);
  parsePath(c);
}

function refuseKey(c: Cursor, start: number, before: number): string {
  c.problems.length = before;
  c.rewind(start);
  if (t.isIdentifier(c.token) && !t.isVariable(c.token)) {
    const name = parsePath(c);
    if (!name.ref && c.token === t.COLON) {
      if (c.problems.length === before) c.report(pathAsAttribute(name.text, c.spanFrom(start)));
      return '';
    }
    c.problems.length = before;
    c.rewind(start);
  }
  c.rules.expression(c);
  if (c.problems.length === before) c.report(invalidAttribute(c.text.slice(start, c.previousEnd), c.spanFrom(start)));
  return '';
}
