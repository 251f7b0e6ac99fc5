/**
 * Parse — schema text into its declarations, by recursive descent.
 *
 *     text → NamespaceBlock[], or one syntax error
 *
 * Grammar: Schema, Namespace, Decl, Entity, Action, TypeDecl, Type, AttrDecls, AppDecls, Annotation
 * Docs: Schema grammar
 */
import { unescapeString } from '../parser/string.ts';
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Span } from '../syntax/span.ts';
import { Cursor, SchemaSyntaxError } from './cursor.ts';
import {
  type ActionReference,
  type AttributeDeclaration,
  EMPTY_RECORD,
  NO_ANNOTATIONS,
  type RecordExpression,
  type SchemaAnnotations,
  type TypeExpression,
  type TypeName,
} from './declaration.ts';
import { duplicateAnnotation, invalidEscapes, nestingLimit, reservedIdentifier } from './error.ts';
import { KEYWORDS } from './expected.ts';
import { RESERVED_WORDS, TYPE_NESTING_LIMIT } from './name.ts';
import type { AppliesToClause, NamespaceBlock, TextDeclaration } from './text-declaration.ts';

export type ParsedText =
  | { readonly blocks: readonly NamespaceBlock[]; readonly diagnostic?: undefined }
  | { readonly blocks?: undefined; readonly diagnostic: Diagnostic };

/** Parses schema text into its declarations, or says where it stops being a schema. */
export function parseDeclarations(text: string): ParsedText {
  try {
    return { blocks: new Parser(text).parseSchema() };
  } catch (error) {
    if (error instanceof SchemaSyntaxError) return { diagnostic: error.diagnostic };
    throw error;
  }
}

/** An annotation as written; duplicates are found when its declaration is complete. */
interface WrittenAnnotation {
  readonly name: TypeName & { readonly span: Span };
  readonly value: string;
}

/** An attribute with its annotations not yet checked. */
interface WrittenAttribute {
  readonly name: string;
  readonly type: TypeExpression;
  readonly required: boolean;
  readonly annotations: readonly WrittenAnnotation[];
}

class Parser {
  readonly #cursor: Cursor;
  #depth = 0;

  constructor(text: string) {
    this.#cursor = new Cursor(text);
  }

  parseSchema(): NamespaceBlock[] {
    const blocks: NamespaceBlock[] = [];
    for (;;) {
      const annotations = this.#parseAnnotations();
      if (this.#cursor.atWord('namespace')) blocks.push(this.#parseNamespace(annotations));
      else if (this.#atDeclaration()) {
        const declaration = this.#parseDeclaration(annotations);
        blocks.push({ name: undefined, declarations: [declaration], annotations: NO_ANNOTATIONS });
      } else if (annotations.length === 0 && this.#cursor.atEnd()) {
        this.#cursor.settle();
        return blocks;
      } else this.#cursor.fail();
    }
  }

  #parseNamespace(annotations: readonly WrittenAnnotation[]): NamespaceBlock {
    this.#cursor.take();
    const name = this.#parsePath();
    this.#cursor.expect('{');
    const declarations: TextDeclaration[] = [];
    for (;;) {
      const inner = this.#parseAnnotations();
      if (this.#atDeclaration()) declarations.push(this.#parseDeclaration(inner));
      else if (inner.length > 0 || !this.#cursor.at('}')) this.#cursor.fail();
      else break;
    }
    this.#cursor.take();
    return { name, declarations, annotations: this.#uniqueAnnotations(annotations) };
  }

  #atDeclaration(): boolean {
    return DECLARATION_WORDS.filter((word) => this.#cursor.atWord(word)).length > 0;
  }

  #parseDeclaration(annotations: readonly WrittenAnnotation[]): TextDeclaration {
    if (this.#cursor.atWord('entity')) return this.#parseEntity(annotations);
    if (this.#cursor.atWord('action')) return this.#parseAction(annotations);
    return this.#parseCommonType(annotations);
  }

  #parseEntity(written: readonly WrittenAnnotation[]): TextDeclaration {
    const { start } = this.#cursor.take().span;
    const names = this.#parseList(() => this.#parseIdentifier());
    if (this.#cursor.acceptWord('enum')) {
      this.#cursor.expect('[');
      const ids = this.#parseList(() => this.#parseString().name);
      this.#cursor.expect(']');
      this.#cursor.expect(';');
      const span = this.#cursor.spanFrom(start);
      const annotations = this.#uniqueAnnotations(written, AFTER_DECLARATION);
      return { kind: 'entity', names, declaration: { kind: 'enum', ids, annotations, span } };
    }
    const parents = this.#cursor.acceptWord('in') ? this.#parseEntityTypes() : [];
    const shape = this.#parseShape();
    const tags = this.#cursor.acceptWord('tags') ? this.#parseType() : undefined;
    this.#cursor.expect(';');
    const span = this.#cursor.spanFrom(start);
    const annotations = this.#uniqueAnnotations(written, AFTER_DECLARATION);
    return { kind: 'entity', names, declaration: { kind: 'standard', parents, shape, tags, annotations, span } };
  }

  /** `[= ] { … }`, or nothing. */
  #parseShape(): RecordExpression {
    if (this.#cursor.accept('=')) {
      if (!this.#cursor.at('{')) this.#cursor.fail();
    } else if (!this.#cursor.at('{')) return EMPTY_RECORD;
    return this.#parseRecord();
  }

  #parseCommonType(written: readonly WrittenAnnotation[]): TextDeclaration {
    const { start } = this.#cursor.take().span;
    const name = this.#parseIdentifier();
    this.#cursor.expect('=');
    const type = this.#parseType();
    this.#cursor.expect(';');
    const span = this.#cursor.spanFrom(start);
    return { kind: 'commonType', name, type, annotations: this.#uniqueAnnotations(written, AFTER_DECLARATION), span };
  }

  #parseAction(written: readonly WrittenAnnotation[]): TextDeclaration {
    const { start } = this.#cursor.take().span;
    const names = this.#parseList(() => this.#parseName());
    const parents = this.#cursor.acceptWord('in') ? this.#parseActionReferences() : undefined;
    const clauses = this.#cursor.acceptWord('appliesTo') ? this.#parseAppliesTo() : undefined;
    if (this.#cursor.acceptWord('attributes')) {
      this.#cursor.expect('{');
      this.#cursor.expect('}');
    }
    this.#cursor.expect(';');
    const span = this.#cursor.spanFrom(start);
    return {
      kind: 'action',
      names,
      parents,
      clauses,
      annotations: this.#uniqueAnnotations(written, AFTER_DECLARATION),
      span,
    };
  }

  #parseActionReferences(): ActionReference[] {
    if (!this.#cursor.accept('[')) return [this.#parseActionReference()];
    const references = this.#parseList(() => this.#parseActionReference());
    this.#cursor.expect(']');
    return references;
  }

  /** `name`, `"name"` or `Some::Action::"name"`. */
  #parseActionReference(): ActionReference {
    if (this.#cursor.atString()) return { type: undefined, id: this.#parseString().name };
    const first = this.#parseIdentifier();
    const parts = [first.name];
    while (this.#cursor.accept('::')) {
      if (this.#cursor.atString()) {
        const span = this.#cursor.spanFrom(first.span.start);
        const type = { name: parts.join('::'), span: { start: span.start, end: span.end - 2 } };
        return { type, id: this.#parseString().name };
      }
      parts.push(this.#parseIdentifier().name);
    }
    if (parts.length > 1) this.#cursor.fail();
    this.#cursor.complete(AFTER_ACTION, '::');
    return { type: undefined, id: first.name };
  }

  #parseAppliesTo(): AppliesToClause[] {
    this.#cursor.expect('{');
    const clauses: AppliesToClause[] = [];
    let more = true;
    while (more) {
      const clause = this.#parseClause();
      const comma = this.#cursor.accept(',');
      // The official parser counts the comma after a context as part of it.
      const span = clause.kind === 'context' ? this.#cursor.spanFrom(clause.span.start) : clause.span;
      clauses.push({ ...clause, span });
      more = comma && !this.#cursor.at('}');
    }
    this.#cursor.expect('}');
    return clauses;
  }

  #parseClause(): AppliesToClause {
    const { start } = this.#cursor;
    if (this.#cursor.acceptWord('context')) {
      this.#cursor.expect(':');
      const type: TypeExpression = this.#cursor.at('{')
        ? this.#parseRecord()
        : { kind: 'common', name: this.#parsePath() };
      return { kind: 'context', type, span: this.#cursor.spanFrom(start) };
    }
    const kind = this.#cursor.atWord('principal') ? 'principal' : 'resource';
    if (kind === 'resource' && !this.#cursor.atWord('resource')) this.#cursor.fail();
    this.#cursor.take();
    this.#cursor.expect(':');
    const types = this.#parseEntityTypes();
    return { kind, types, span: this.#cursor.spanFrom(start) };
  }

  /** One type, or a list of them, which may be empty. */
  #parseEntityTypes(): TypeName[] {
    if (!this.#cursor.accept('[')) return [this.#parsePath()];
    if (this.#cursor.accept(']')) return [];
    const types = this.#parseList(() => this.#parsePath());
    this.#cursor.expect(']');
    return types;
  }

  #parseType(): TypeExpression {
    this.#enter();
    const type = this.#parseTypeInside();
    this.#depth -= 1;
    return type;
  }

  #parseTypeInside(): TypeExpression {
    if (this.#cursor.at('{')) return this.#parseRecord();
    const isSet = this.#cursor.atWord('Set');
    const first = this.#parseIdentifier();
    if (!isSet || !this.#cursor.accept('<')) {
      if (isSet) this.#cursor.complete(AFTER_TYPE, '<');
      return { kind: 'entityOrCommon', name: this.#parsePathAfter(first, isSet ? AFTER_TYPE : AFTER_PATH) };
    }
    const element = this.#parseType();
    this.#cursor.expect('>');
    return { kind: 'set', element };
  }

  #enter(): void {
    this.#depth += 1;
    const { start } = this.#cursor;
    if (this.#depth > TYPE_NESTING_LIMIT)
      throw new SchemaSyntaxError(nestingLimit(TYPE_NESTING_LIMIT, { start, end: start }));
  }

  #parseRecord(): RecordExpression {
    this.#cursor.expect('{');
    const attributes: WrittenAttribute[] = [];
    while (!this.#cursor.at('}')) {
      attributes.push(this.#parseAttribute());
      if (!this.#cursor.accept(',')) {
        if (!this.#cursor.at('}')) this.#cursor.fail();
        break;
      }
    }
    const record = this.#recordOf(attributes);
    this.#cursor.take();
    return record;
  }

  #parseAttribute(): WrittenAttribute {
    const annotations = this.#parseAnnotations();
    const { name } = this.#parseName();
    const required = !this.#cursor.accept('?');
    this.#cursor.expect(':');
    return { name, type: this.#parseType(), required, annotations };
  }

  /** Of attributes with the same name, the last one counts. The official parser looks at the last attribute's annotations first. */
  #recordOf(written: readonly WrittenAttribute[]): RecordExpression {
    const annotations = written.map(() => NO_ANNOTATIONS);
    for (let i = written.length - 1; i >= 0; i--) annotations[i] = this.#uniqueAnnotations(written[i]!.annotations);
    const attributes = new Map<string, AttributeDeclaration>();
    for (const [i, { name, type, required }] of written.entries())
      attributes.set(name, { type, required, annotations: annotations[i]! });
    return { kind: 'record', attributes, open: false };
  }

  #parseAnnotations(): WrittenAnnotation[] {
    const annotations: WrittenAnnotation[] = [];
    while (this.#cursor.accept('@')) {
      if (!this.#cursor.atIdentifier()) this.#cursor.fail();
      const { text, span } = this.#cursor.take();
      const value = this.#cursor.accept('(') ? this.#parseString().name : undefined;
      if (value === undefined) this.#cursor.complete(AFTER_ANNOTATION, '(');
      else this.#cursor.expect(')');
      annotations.push({ name: { name: text, span }, value: value ?? '' });
    }
    return annotations;
  }

  #uniqueAnnotations(written: readonly WrittenAnnotation[], followers?: ReadonlySet<string>): SchemaAnnotations {
    if (written.length === 0) return NO_ANNOTATIONS;
    const spans = new Map<string, Span>();
    for (const { name } of written) {
      const first = spans.get(name.name);
      if (first !== undefined) this.#cursor.postpone(duplicateAnnotation(name.name, first, name.span), followers);
      else spans.set(name.name, name.span);
    }
    return new Map(written.map(({ name, value }) => [name.name, value]));
  }

  #parseList<T>(parseItem: () => T): T[] {
    const items = [parseItem()];
    while (this.#cursor.accept(',')) items.push(parseItem());
    return items;
  }

  #parsePath(): TypeName {
    return this.#parsePathAfter(this.#parseIdentifier());
  }

  #parsePathAfter(first: TypeName & { readonly span: Span }, followers = AFTER_PATH): TypeName {
    const parts = [first.name];
    while (this.#cursor.accept('::')) parts.push(this.#parseIdentifier().name);
    this.#cursor.complete(parts.length > 1 ? AFTER_PATH : followers, '::');
    return { name: parts.join('::'), span: this.#cursor.spanFrom(first.span.start) };
  }

  /** The name of an action or attribute: an identifier or a string. */
  #parseName(): TypeName & { readonly span: Span } {
    return this.#cursor.atString() ? this.#parseString() : this.#parseIdentifier();
  }

  #parseIdentifier(): TypeName & { readonly span: Span } {
    if (!this.#cursor.atIdentifier()) this.#cursor.fail();
    const { text, span } = this.#cursor.take();
    if (RESERVED_WORDS.has(text)) this.#cursor.postpone(reservedIdentifier(text, span), AFTER_IDENTIFIER);
    return { name: text, span };
  }

  #parseString(): TypeName & { readonly span: Span } {
    if (!this.#cursor.atString()) this.#cursor.fail();
    const { text, span } = this.#cursor.take();
    const unescaped = unescapeString(text.slice(1, -1));
    if (!unescaped.ok) this.#cursor.postpone(invalidEscapes(span), AFTER_STRING);
    return { name: unescaped.ok ? unescaped.value : '', span };
  }
}

/** What may follow the name of a type, or that of a parent action, in one place or another. */
const AFTER_PATH: ReadonlySet<string> = new Set([',', ';', ']', '}', '>', '=', '{', 'tags']);
const AFTER_ACTION: ReadonlySet<string> = new Set([',', ';', ']', 'appliesTo', 'attributes']);

const AFTER_IDENTIFIER: ReadonlySet<string> = new Set([...AFTER_PATH, ...AFTER_ACTION, '::', ':', '?', 'in', 'enum']);
const AFTER_STRING: ReadonlySet<string> = new Set([...AFTER_ACTION, ')', ':', '?', 'in']);
/** What may follow a type, which a lone `Set` can be. */
const AFTER_TYPE: ReadonlySet<string> = new Set([',', ';', '}', '>']);
/** What may follow a declaration; the end of the text too. */
const AFTER_DECLARATION: ReadonlySet<string> = new Set(['@', '}', 'action', 'entity', 'type', 'namespace', '']);
/** What may follow an annotation without a value. */
const AFTER_ANNOTATION: ReadonlySet<string> = new Set(['"', 'identifier', ...Object.keys(KEYWORDS)]);

const DECLARATION_WORDS = ['entity', 'action', 'type'] as const;
