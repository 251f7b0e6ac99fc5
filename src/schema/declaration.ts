/**
 * Declaration — a schema as its author declared it: names not yet resolved, common types not yet expanded.
 *
 *     text ─parse→ Fragment ←json─ JSON;   Fragments ─resolve→ Schema;   Fragment ─print→ text, ─toJson→ JSON
 *
 * Spans of names that came from JSON count from the start of the name itself: JSON values have no place in a text.
 *
 * Docs: Schema grammar; JSON schema format
 */
import type { Span } from '../syntax/span.ts';
import { compareCodePoints } from '../value/code-point.ts';

/** A reference to a type, in normal form (`A::B`), not yet resolved. */
export interface TypeName {
  readonly name: string;
  readonly span: Span | undefined;
}

/** `undefined` is an annotation without a value, which only JSON can tell from the empty string. */
export type SchemaAnnotations = ReadonlyMap<string, string | undefined>;

/**
 * A type as written. `entity`, `common` and `entityOrCommon` say what the name may resolve to; text knows the last only (and `common` for a
 * context).
 */
export type TypeExpression =
  | { readonly kind: 'bool' }
  | { readonly kind: 'long' }
  | { readonly kind: 'string' }
  | { readonly kind: 'set'; readonly element: TypeExpression }
  | RecordExpression
  | { readonly kind: 'entity'; readonly name: TypeName }
  | { readonly kind: 'common'; readonly name: TypeName }
  | { readonly kind: 'entityOrCommon'; readonly name: TypeName }
  | { readonly kind: 'extension'; readonly name: string };

export interface RecordExpression {
  readonly kind: 'record';
  readonly attributes: ReadonlyMap<string, AttributeDeclaration>;
  /** JSON's `additionalAttributes: true`; parses, and is refused when the schema is resolved. */
  readonly open: boolean;
}

export interface AttributeDeclaration {
  readonly type: TypeExpression;
  readonly required: boolean;
  readonly annotations: SchemaAnnotations;
}

export interface CommonTypeDeclaration {
  readonly type: TypeExpression;
  readonly annotations: SchemaAnnotations;
  readonly span: Span | undefined;
}

export type EntityTypeDeclaration =
  | {
      readonly kind: 'standard';
      readonly parents: readonly TypeName[];
      /** A record; JSON may also name a common type that is one. */
      readonly shape: TypeExpression;
      readonly tags: TypeExpression | undefined;
      readonly annotations: SchemaAnnotations;
      readonly span: Span | undefined;
    }
  | {
      readonly kind: 'enum';
      readonly ids: readonly string[];
      readonly annotations: SchemaAnnotations;
      readonly span: Span | undefined;
    }
  /** Declared here, defined in another schema; nothing is known of its entities but what they may be in. */
  | {
      readonly kind: 'external';
      readonly parents: readonly TypeName[];
      readonly annotations: SchemaAnnotations;
      readonly span: Span | undefined;
    };

/** A parent of an action; without a type it means `Action`. */
export interface ActionReference {
  readonly type: TypeName | undefined;
  readonly id: string;
  readonly span: Span | undefined;
}

export interface AppliesTo {
  readonly principals: readonly TypeName[];
  readonly resources: readonly TypeName[];
  readonly context: TypeExpression;
}

export interface ActionDeclaration {
  /** Declared here, defined in another schema: then it says what it is in, and nothing else. */
  readonly external: boolean;
  /** `undefined` when nothing was written, which JSON tells from the empty list. */
  readonly parents: readonly ActionReference[] | undefined;
  readonly appliesTo: AppliesTo | undefined;
  /** JSON's `attributes` were given; parses, and is refused when the schema is resolved. */
  readonly hasAttributes: boolean;
  readonly annotations: SchemaAnnotations;
  readonly span: Span | undefined;
}

export interface NamespaceDeclaration {
  readonly commonTypes: ReadonlyMap<string, CommonTypeDeclaration>;
  readonly entityTypes: ReadonlyMap<string, EntityTypeDeclaration>;
  readonly actions: ReadonlyMap<string, ActionDeclaration>;
  readonly annotations: SchemaAnnotations;
}

/** One piece of a schema: its namespaces by name, the unnamed one as the empty string. */
export type Fragment = ReadonlyMap<string, NamespaceDeclaration>;

export const NO_ANNOTATIONS: SchemaAnnotations = new Map();

export const EMPTY_RECORD: RecordExpression = { kind: 'record', attributes: new Map(), open: false };

/** Nothing is written for an empty record. */
export function isEmptyRecord(type: TypeExpression): boolean {
  return type.kind === 'record' && type.attributes.size === 0 && !type.open;
}

/** The full name of what is declared as `name` in `namespace`. */
export function qualify(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}::${name}`;
}

/** The same entries, sorted by the code points of their names: the order in which a schema is printed. */
export function sortedEntries<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => compareCodePoints(a, b));
}
