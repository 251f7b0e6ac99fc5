/**
 * Parse — schema text into its declarations, by recursive descent.
 *
 *     text → NamespaceBlock[], or one syntax error
 *
 * Grammar: Schema, Namespace, Decl, Entity, Action, TypeDecl, AppDecls
 * Docs: Schema grammar
 */
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import {
  type ActionReference,
  EMPTY_RECORD,
  type EntityTypeDeclaration,
  NO_ANNOTATIONS,
  type RecordExpression,
} from '../declaration.ts';
import { Cursor, SchemaSyntaxError } from './cursor.ts';
import { AFTER_ACTION_NAMES, AFTER_ENTITY_NAMES } from './follower.ts';
import {
  declarationAnnotations,
  parseActionReference,
  parseAnnotations,
  parseIdentifier,
  parseList,
  parseName,
  parsePath,
  parseString,
  uniqueAnnotations,
  type WrittenAnnotation,
} from './parse-name.ts';
import { parseEntityTypes, parseRecord, parseType } from './parse-type.ts';
import type { AppliesToClause, NamespaceBlock, TextDeclaration } from './text-declaration.ts';

export type ParsedText =
  | { readonly blocks: readonly NamespaceBlock[]; readonly diagnostic?: undefined }
  | { readonly blocks?: undefined; readonly diagnostic: Diagnostic };

/** Parses schema text into its declarations, or says where it stops being a schema. */
export function parseDeclarations(text: string): ParsedText {
  try {
    return { blocks: parseBlocks(new Cursor(text)) };
  } catch (error) {
    if (error instanceof SchemaSyntaxError) return { diagnostic: error.diagnostic };
    throw error;
  }
}

function parseBlocks(c: Cursor): NamespaceBlock[] {
  const blocks: NamespaceBlock[] = [];
  for (;;) {
    const annotations = parseAnnotations(c);
    if (c.atWord('namespace')) blocks.push(parseNamespace(c, annotations));
    else if (atDeclaration(c)) {
      const declarations = [parseDeclaration(c, annotations)];
      blocks.push({ name: undefined, declarations, annotations: NO_ANNOTATIONS });
    } else if (annotations.length === 0 && c.atEnd()) {
      c.settle();
      return blocks;
    } else c.fail();
  }
}

function parseNamespace(c: Cursor, annotations: readonly WrittenAnnotation[]): NamespaceBlock {
  c.take();
  const name = parsePath(c);
  c.expect('{');
  const declarations: TextDeclaration[] = [];
  for (;;) {
    const inner = parseAnnotations(c);
    if (atDeclaration(c)) declarations.push(parseDeclaration(c, inner));
    else if (inner.length > 0 || !c.at('}')) c.fail();
    else break;
  }
  c.take();
  return { name, declarations, annotations: uniqueAnnotations(c, annotations) };
}

const DECLARATION_WORDS = ['entity', 'action', 'type', 'external'] as const;

function atDeclaration(c: Cursor): boolean {
  return DECLARATION_WORDS.filter((word) => c.atWord(word)).length > 0;
}

function parseDeclaration(c: Cursor, annotations: readonly WrittenAnnotation[]): TextDeclaration {
  if (c.atWord('external')) return parseExternal(c, annotations);
  if (c.atWord('entity')) return parseEntity(c, annotations);
  if (c.atWord('action')) return parseAction(c, annotations);
  return parseCommonType(c, annotations);
}

/** RFC 116: a declaration of what another schema defines says only what it is in. */
function parseExternal(c: Cursor, written: readonly WrittenAnnotation[]): TextDeclaration {
  const { start } = c.take().span;
  if (c.acceptWord('entity')) {
    const names = parseList(c, parseIdentifier);
    c.complete(AFTER_ENTITY_NAMES, ',');
    const parents = c.acceptWord('in') ? parseEntityTypes(c) : [];
    c.expect(';');
    const annotations = declarationAnnotations(c, written);
    return { kind: 'entity', names, declaration: { kind: 'external', parents, annotations, span: c.spanFrom(start) } };
  }
  if (!c.acceptWord('action')) c.fail();
  const names = parseList(c, parseName);
  c.complete(AFTER_ACTION_NAMES, ',');
  const parents = c.acceptWord('in') ? parseParents(c) : undefined;
  c.expect(';');
  const annotations = declarationAnnotations(c, written);
  return { kind: 'action', names, external: true, parents, clauses: undefined, annotations, span: c.spanFrom(start) };
}

function parseEntity(c: Cursor, written: readonly WrittenAnnotation[]): TextDeclaration {
  const { start } = c.take().span;
  const names = parseList(c, parseIdentifier);
  const body = c.acceptWord('enum') ? parseEnum(c) : parseStandard(c);
  c.expect(';');
  const span = c.spanFrom(start);
  return { kind: 'entity', names, declaration: { ...body, annotations: declarationAnnotations(c, written), span } };
}

/** What an entity declaration says besides its names. */
type EntityBody = EntityTypeDeclaration extends infer D
  ? D extends unknown
    ? Omit<D, 'annotations' | 'span'>
    : never
  : never;

function parseEnum(c: Cursor): EntityBody {
  c.expect('[');
  const ids = parseList(c, (each) => parseString(each).name);
  c.expect(']');
  return { kind: 'enum', ids };
}

function parseStandard(c: Cursor): EntityBody {
  const parents = c.acceptWord('in') ? parseEntityTypes(c) : [];
  const shape = parseShape(c);
  const tags = c.acceptWord('tags') ? parseType(c) : undefined;
  return { kind: 'standard', parents, shape, tags };
}

/** `{ … }`, `= { … }` or nothing. */
function parseShape(c: Cursor): RecordExpression {
  if (c.accept('=')) return parseRecord(c);
  return c.at('{') ? parseRecord(c) : EMPTY_RECORD;
}

function parseCommonType(c: Cursor, written: readonly WrittenAnnotation[]): TextDeclaration {
  const { start } = c.take().span;
  const name = parseIdentifier(c);
  c.expect('=');
  const type = parseType(c);
  c.expect(';');
  const span = c.spanFrom(start);
  return { kind: 'commonType', name, type, annotations: declarationAnnotations(c, written), span };
}

function parseAction(c: Cursor, written: readonly WrittenAnnotation[]): TextDeclaration {
  const { start } = c.take().span;
  const names = parseList(c, parseName);
  const parents = c.acceptWord('in') ? parseParents(c) : undefined;
  const clauses = c.acceptWord('appliesTo') ? parseAppliesTo(c) : undefined;
  if (c.acceptWord('attributes')) {
    c.expect('{');
    c.expect('}');
  }
  c.expect(';');
  const span = c.spanFrom(start);
  return {
    kind: 'action',
    names,
    external: false,
    parents,
    clauses,
    annotations: declarationAnnotations(c, written),
    span,
  };
}

function parseParents(c: Cursor): ActionReference[] {
  if (!c.accept('[')) return [parseActionReference(c)];
  const references = parseList(c, parseActionReference);
  c.expect(']');
  return references;
}

function parseAppliesTo(c: Cursor): AppliesToClause[] {
  c.expect('{');
  const clauses: AppliesToClause[] = [];
  for (let more = true; more; ) {
    const clause = parseClause(c);
    const comma = c.accept(',');
    // The official parser counts the comma after a context as part of it.
    clauses.push(clause.kind === 'context' ? { ...clause, span: c.spanFrom(clause.span.start) } : clause);
    more = comma && !c.at('}');
  }
  c.expect('}');
  return clauses;
}

function parseClause(c: Cursor): AppliesToClause {
  const { start } = c;
  if (c.acceptWord('context')) {
    c.expect(':');
    const type = c.at('{') ? parseRecord(c) : { kind: 'common' as const, name: parsePath(c) };
    return { kind: 'context', type, span: c.spanFrom(start) };
  }
  const kind = c.atWord('principal') ? 'principal' : 'resource';
  if (kind === 'resource' && !c.atWord('resource')) c.fail();
  c.take();
  c.expect(':');
  const types = parseEntityTypes(c);
  return { kind, types, span: c.spanFrom(start) };
}
