/**
 * Parse name — identifiers, strings, paths and annotations of a schema text.
 *
 * Grammar: IDENT, STR, Path, Annotation
 */
import { unescapeString } from '../../parser/text/string.ts';
import type { Span } from '../../syntax/span.ts';
import { type ActionReference, NO_ANNOTATIONS, type SchemaAnnotations, type TypeName } from '../declaration.ts';
import { duplicateAnnotation, invalidEscapes, reservedIdentifier } from '../error.ts';
import { RESERVED_WORDS } from '../name.ts';
import type { Cursor } from './cursor.ts';
import {
  AFTER_ACTION,
  AFTER_ANNOTATION,
  AFTER_DECLARATION,
  AFTER_IDENTIFIER,
  AFTER_PATH,
  AFTER_STRING,
} from './follower.ts';

/** A name and its place. */
export type WrittenName = TypeName & { readonly span: Span };

/** An annotation as written; duplicates are found when its declaration is complete. */
export interface WrittenAnnotation {
  readonly name: WrittenName;
  readonly value: string;
}

export function parseIdentifier(c: Cursor): WrittenName {
  if (!c.atIdentifier()) c.fail();
  const { text, span } = c.take();
  if (RESERVED_WORDS.has(text)) c.postpone(reservedIdentifier(text, span), AFTER_IDENTIFIER);
  return { name: text, span };
}

export function parseString(c: Cursor): WrittenName {
  if (!c.atString()) c.fail();
  const { text, span } = c.take();
  const unescaped = unescapeString(text.slice(1, -1));
  if (!unescaped.ok) c.postpone(invalidEscapes(span), AFTER_STRING);
  return { name: unescaped.ok ? unescaped.value : '', span };
}

/** The name of an action or attribute: an identifier or a string. */
export function parseName(c: Cursor): WrittenName {
  return c.atString() ? parseString(c) : parseIdentifier(c);
}

/** `A::B::C`. */
export function parsePath(c: Cursor): TypeName {
  return parsePathAfter(c, parseIdentifier(c));
}

/** The rest of a path; `followers` are those of its first part alone. */
export function parsePathAfter(c: Cursor, first: WrittenName, followers = AFTER_PATH): TypeName {
  const parts = [first.name];
  while (c.accept('::')) parts.push(parseIdentifier(c).name);
  c.complete(parts.length > 1 ? AFTER_PATH : followers, '::');
  return { name: parts.join('::'), span: c.spanFrom(first.span.start) };
}

/** One item or more, with commas between them. */
export function parseList<T>(c: Cursor, parseItem: (c: Cursor) => T): T[] {
  const items = [parseItem(c)];
  while (c.accept(',')) items.push(parseItem(c));
  return items;
}

export function parseAnnotations(c: Cursor): WrittenAnnotation[] {
  const annotations: WrittenAnnotation[] = [];
  while (c.accept('@')) {
    if (!c.atIdentifier()) c.fail();
    const { text, span } = c.take();
    annotations.push({ name: { name: text, span }, value: parseAnnotationValue(c) });
  }
  return annotations;
}

function parseAnnotationValue(c: Cursor): string {
  if (!c.accept('(')) {
    c.complete(AFTER_ANNOTATION, '(');
    return '';
  }
  const { name: value } = parseString(c);
  c.expect(')');
  return value;
}

/** The annotations of a declaration that has been read to its end. */
export function declarationAnnotations(c: Cursor, written: readonly WrittenAnnotation[]): SchemaAnnotations {
  return uniqueAnnotations(c, written, AFTER_DECLARATION);
}

export function uniqueAnnotations(
  c: Cursor,
  written: readonly WrittenAnnotation[],
  followers?: ReadonlySet<string>,
): SchemaAnnotations {
  if (written.length === 0) return NO_ANNOTATIONS;
  const spans = new Map<string, Span>();
  for (const { name } of written) {
    const first = spans.get(name.name);
    if (first !== undefined) c.postpone(duplicateAnnotation(name.name, first, name.span), followers);
    else spans.set(name.name, name.span);
  }
  return new Map(written.map(({ name, value }) => [name.name, value]));
}

/** `name`, `"name"` or `Some::Action::"name"`, as a parent of an action. */
export function parseActionReference(c: Cursor): ActionReference {
  if (c.atString()) return unqualified(parseString(c));
  const first = parseIdentifier(c);
  const parts = [first.name];
  let { span } = first;
  while (c.accept('::')) {
    if (c.atString()) {
      const { name: id } = parseString(c);
      return { type: { name: parts.join('::'), span }, id, span: c.spanFrom(first.span.start) };
    }
    parts.push(parseIdentifier(c).name);
    span = c.spanFrom(first.span.start);
  }
  if (parts.length > 1) c.fail();
  c.complete(AFTER_ACTION, '::');
  return unqualified(first);
}

function unqualified({ name, span }: WrittenName): ActionReference {
  return { type: undefined, id: name, span };
}
