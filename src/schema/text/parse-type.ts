/**
 * Parse type — types of a schema text.
 *
 * Grammar: Type, RecType, AttrDecls, EntTypes
 */

import {
  type AttributeDeclaration,
  NO_ANNOTATIONS,
  type RecordExpression,
  type TypeExpression,
  type TypeName,
} from '../declaration.ts';
import { nestingLimit } from '../error.ts';
import { TYPE_NESTING_LIMIT } from '../name.ts';
import { type Cursor, SchemaSyntaxError } from './cursor.ts';
import { AFTER_PATH, AFTER_TYPE } from './follower.ts';
import {
  parseAnnotations,
  parseIdentifier,
  parseList,
  parseName,
  parsePath,
  parsePathAfter,
  uniqueAnnotations,
  type WrittenAnnotation,
} from './parse-name.ts';

/** An attribute with its annotations not yet checked. */
interface WrittenAttribute {
  readonly name: string;
  readonly type: TypeExpression;
  readonly required: boolean;
  readonly annotations: readonly WrittenAnnotation[];
}

/** A type that stands inside `depth - 1` others. */
export function parseType(c: Cursor, depth = 1): TypeExpression {
  if (depth > TYPE_NESTING_LIMIT) {
    const span = { start: c.start, end: c.start };
    throw new SchemaSyntaxError(nestingLimit(TYPE_NESTING_LIMIT, span));
  }
  if (c.at('{')) return parseRecord(c, depth);
  const isSet = c.atWord('Set');
  const first = parseIdentifier(c);
  if (!isSet) return { kind: 'entityOrCommon', name: parsePathAfter(c, first, AFTER_PATH) };
  if (!c.accept('<')) {
    c.complete(AFTER_TYPE, '<');
    return { kind: 'entityOrCommon', name: parsePathAfter(c, first, AFTER_TYPE) };
  }
  const element = parseType(c, depth + 1);
  c.expect('>');
  return { kind: 'set', element };
}

export function parseRecord(c: Cursor, depth = 1): RecordExpression {
  c.expect('{');
  const attributes: WrittenAttribute[] = [];
  while (!c.at('}')) {
    attributes.push(parseAttribute(c, depth));
    if (c.accept(',')) continue;
    if (!c.at('}')) c.fail();
    break;
  }
  const record = recordOf(c, attributes);
  c.take();
  return record;
}

function parseAttribute(c: Cursor, depth: number): WrittenAttribute {
  const annotations = parseAnnotations(c);
  const { name } = parseName(c);
  const required = !c.accept('?');
  c.expect(':');
  return { name, type: parseType(c, depth + 1), required, annotations };
}

/** The last of several attributes with one name counts. The official parser looks at the last attribute's annotations first. */
function recordOf(c: Cursor, written: readonly WrittenAttribute[]): RecordExpression {
  const annotations = written.map(() => NO_ANNOTATIONS);
  for (let i = written.length - 1; i >= 0; i--) annotations[i] = uniqueAnnotations(c, written[i]!.annotations);
  const attributes = new Map<string, AttributeDeclaration>();
  for (const [i, { name, type, required }] of written.entries())
    attributes.set(name, { type, required, annotations: annotations[i]! });
  return { kind: 'record', attributes, open: false };
}

/** One type, or a list of them, which may be empty. */
export function parseEntityTypes(c: Cursor): TypeName[] {
  if (!c.accept('[')) return [parsePath(c)];
  if (c.accept(']')) return [];
  const types = parseList(c, parsePath);
  c.expect(']');
  return types;
}
