/**
 * Policy — annotations, effect, scope and clauses; and texts of many policies.
 *
 * Grammar: Policies, Policy, Annotation, Cond
 */
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Expression } from '../../syntax/expression.ts';
import type { Annotation, Condition, Policy, Source } from '../../syntax/policy.ts';
import { CompilerBug } from '../../value/unreachable.ts';
import { duplicateAnnotation, emptyClause, invalidCondition, invalidEffect, slotInCondition } from '../error.ts';
import type { StartRule } from '../syntax-error/grammar.ts';
import { syntaxErrors } from '../syntax-error/syntax-error.ts';
import { attempt, type Cursor, type CursorOptions, NestingFailure, type SyntaxFailure } from './cursor.ts';
import { openCursor, parseExpr } from './expression.ts';
import { fitted } from './fitted.ts';
import { parseString } from './name.ts';
import { parseScope } from './scope.ts';
import * as t from './token.ts';

export interface ParseOptions extends CursorOptions {
  /** A file name for messages. */
  readonly name?: string | undefined;
}

export interface ParsedPolicies {
  /** Static policies and templates in source order, with the ids `policy0`, `policy1`, … */
  readonly policies: readonly Policy[];
  /** Empty iff the text is free of errors; a text with errors has no policies. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses a text of any number of policies and templates.
 *
 *     parsePolicies('permit(principal, action, resource);').policies[0].id === 'policy0'
 */
export function parsePolicies(text: string, options: ParseOptions = {}): ParsedPolicies {
  const source: Source = { text, name: options.name };
  const policies: Policy[] = [];
  const c = openCursor(text, options);
  const failure = attempt(() => {
    while (c.token !== t.EOF) policies.push(parseOne(c, `policy${policies.length}`, source));
  });
  if (failure !== undefined) return { policies: [], diagnostics: diagnosticsOf(failure, text, 'Policies') };
  return c.problems.length === 0 ? { policies, diagnostics: [] } : { policies: [], diagnostics: c.problems };
}

export type ParsedPolicy =
  | { readonly policy: Policy; readonly diagnostics: readonly [] }
  | { readonly policy: undefined; readonly diagnostics: readonly Diagnostic[] };

/** Parses a text of exactly one policy or template. */
export function parsePolicy(text: string, id = 'policy0', options: ParseOptions = {}): ParsedPolicy {
  let policy: Policy | undefined;
  const c = openCursor(text, options);
  const failure = attempt(() => {
    policy = parseOne(c, id, { text, name: options.name });
    if (c.token !== t.EOF) throw c.syntaxFailure();
  });
  if (failure !== undefined) return { policy: undefined, diagnostics: diagnosticsOf(failure, text, 'Policy') };
  if (policy === undefined || c.problems.length > 0) return { policy: undefined, diagnostics: c.problems };
  return { policy, diagnostics: [] };
}

/** What to say about a parse that could not go on. */
export function diagnosticsOf(
  failure: SyntaxFailure | NestingFailure,
  text: string,
  rule: StartRule,
): readonly Diagnostic[] {
  if (failure instanceof NestingFailure) return [failure.diagnostic];
  const errors = syntaxErrors(text, rule);
  if (errors.length === 0) throw new CompilerBug(`parser and grammar disagree: ${failure.message}`);
  return errors;
}

function parseOne(c: Cursor, id: string, source: Source): Policy {
  const start = c.start;
  const annotations = c.token === t.AT ? parseAnnotations(c) : NO_ANNOTATIONS;
  const effect = c.token === t.FORBID ? 'forbid' : 'permit';
  if (!t.isIdentifier(c.token)) throw c.syntaxFailure();
  if (c.token !== t.PERMIT && c.token !== t.FORBID) c.report(invalidEffect(c.slice(), c.tokenSpan()));
  c.next();
  const effectEnd = c.previousEnd;
  c.expect(t.LPAREN);
  const { principal, action, resource } = parseScope(c, effectEnd);
  c.expect(t.RPAREN);
  const conditions = c.token === t.SEMICOLON ? NO_CONDITIONS : parseConditions(c);
  c.expect(t.SEMICOLON);
  return { id, annotations, effect, principal, action, resource, conditions, span: c.spanFrom(start), source };
}

const NO_ANNOTATIONS: readonly Annotation[] = [];
const NO_CONDITIONS: readonly Condition[] = [];

function parseAnnotations(c: Cursor): Annotation[] {
  const first = parseAnnotation(c);
  const annotations = [first];
  const keys = new Set([first.key]);
  while (c.token === t.AT) {
    const annotation = parseAnnotation(c);
    const known = keys.has(annotation.key);
    if (known && annotation.span !== undefined) c.report(duplicateAnnotation(annotation.key, annotation.span));
    keys.add(annotation.key);
    annotations.push(annotation);
  }
  return fitted(annotations);
}

function parseAnnotation(c: Cursor): Annotation {
  const start = c.start;
  c.next();
  if (!t.isIdentifier(c.token)) throw c.syntaxFailure();
  const key = c.name();
  c.next();
  let value: string | undefined;
  if (c.accept(t.LPAREN)) {
    if (c.token !== t.STRING) throw c.syntaxFailure();
    const before = c.problems.length;
    value = parseString(c, start);
    c.expect(t.RPAREN);
    relabel(c, before, start);
  }
  return { key, value, span: c.spanFrom(start) };
}

/** Bad escapes are those of the whole annotation. */
function relabel(c: Cursor, before: number, start: number): void {
  if (c.problems.length === before) return;
  const problems = c.problems.splice(before);
  for (const problem of problems) c.report({ ...problem, labels: [{ span: c.spanFrom(start) }] });
}

function parseConditions(c: Cursor): Condition[] {
  if (!t.isIdentifier(c.token)) throw c.syntaxFailure();
  // Lists of three, as most are at most, are made in one piece.
  const first = parseCondition(c);
  if (!t.isIdentifier(c.token)) return [first];
  const second = parseCondition(c);
  if (!t.isIdentifier(c.token)) return [first, second];
  const conditions = [first, second, parseCondition(c)];
  if (!t.isIdentifier(c.token)) return conditions;
  while (t.isIdentifier(c.token)) conditions.push(parseCondition(c));
  return fitted(conditions);
}

function parseCondition(c: Cursor): Condition {
  const start = c.start;
  const before = c.problems.length;
  if (c.slots.length > 0) c.slots.length = 0;
  const token = c.token;
  const wordEnd = c.end;
  c.next();
  c.expect(t.LBRACE);
  const body = c.token === t.RBRACE ? undefined : parseExpr(c);
  c.expect(t.RBRACE);
  const span = c.spanFrom(start);
  if (token !== t.WHEN && token !== t.UNLESS) {
    c.problems.length = before;
    c.report(invalidCondition(c.text.slice(start, wordEnd), { start, end: wordEnd }));
  } else if (body === undefined) c.report(emptyClause(c.text.slice(start, wordEnd), span));
  else if (c.slots.length > 0) reportSlots(c, c.text.slice(start, wordEnd), before);
  return { kind: token === t.UNLESS ? 'unless' : 'when', body: body ?? NO_BODY, span };
}

const NO_BODY: Expression = { kind: 'lit', value: false, span: undefined };

function reportSlots(c: Cursor, clause: string, before: number): void {
  if (c.problems.length > before) return;
  // The official build finds them on a stack, the last one first.
  for (const { slot, span } of c.slots.toReversed()) c.report(slotInCondition(slot, clause, span));
}
