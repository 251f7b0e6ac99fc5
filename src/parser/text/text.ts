/**
 * Text — single expressions, names and entity uids from text of their own.
 *
 * Grammar: Expr, Name, Ref
 */
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Expression } from '../../syntax/expression.ts';
import type { EntityUid } from '../../value/entity-uid.ts';
import { slotInCondition } from '../error.ts';
import type { StartRule } from '../syntax-error/grammar.ts';
import { attempt, type Cursor, type CursorOptions } from './cursor.ts';
import { openCursor, parseExpr } from './expression.ts';
import { entityUid, nameCursor, normalName } from './name-text.ts';
import { diagnosticsOf } from './policy.ts';
import * as t from './token.ts';

/** What a text stands for, or why it stands for nothing. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Parses one expression. Slots are refused. */
export function parseExpression(text: string, options: CursorOptions = {}): Parsed<Expression> {
  return parseAll(openCursor(text, options), 'Expr', (c) => {
    const expr = parseExpr(c);
    for (const { slot, span } of c.slots) c.report(slotInCondition(slot, 'when', span));
    return expr;
  });
}

/** Parses an entity uid such as `User::"alice"`; white space is allowed around its parts. */
export function parseEntityUid(text: string): Parsed<EntityUid> {
  return parseAll(nameCursor(text), 'Ref', entityUid);
}

/** Parses a name such as `A::B` that must be in normal form, as names in JSON are. `kind` is for the message. */
export function parseName(text: string, kind = 'name'): Parsed<string> {
  return parseAll(nameCursor(text), 'Name', (c) => normalName(c, kind));
}

function parseAll<T>(c: Cursor, rule: StartRule, parse: (c: Cursor) => T): Parsed<T> {
  let value: { readonly result: T } | undefined;
  const failure = attempt(() => {
    value = { result: parse(c) };
    if (c.token !== t.EOF) throw c.syntaxFailure();
  });
  if (failure !== undefined) return { ok: false, diagnostics: diagnosticsOf(failure, c.text, rule) };
  if (value === undefined || c.problems.length > 0) return { ok: false, diagnostics: c.problems };
  return { ok: true, value: value.result };
}
