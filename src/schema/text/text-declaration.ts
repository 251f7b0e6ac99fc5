/**
 * Text declaration — the declarations of a schema text in the order they were written, duplicates included.
 *
 * The parser makes these; declare.ts sorts them into a fragment and finds what was declared twice or not at all.
 *
 * Grammar: Namespace, Decl, Entity, Action, TypeDecl, AppDecls
 */
import type { Span } from '../../syntax/span.ts';
import type {
  ActionReference,
  EntityTypeDeclaration,
  SchemaAnnotations,
  TypeExpression,
  TypeName,
} from '../declaration.ts';

/** `namespace A::B { … }`, or one declaration outside of any namespace (then `name` is `undefined`). */
export interface NamespaceBlock {
  readonly name: TypeName | undefined;
  readonly declarations: readonly TextDeclaration[];
  readonly annotations: SchemaAnnotations;
}

export type TextDeclaration =
  | { readonly kind: 'entity'; readonly names: readonly TypeName[]; readonly declaration: EntityTypeDeclaration }
  | TextAction
  | {
      readonly kind: 'commonType';
      readonly name: TypeName;
      readonly type: TypeExpression;
      readonly annotations: SchemaAnnotations;
      readonly span: Span;
    };

export interface TextAction {
  readonly kind: 'action';
  readonly external: boolean;
  readonly names: readonly TypeName[];
  readonly parents: readonly ActionReference[] | undefined;
  readonly clauses: readonly AppliesToClause[] | undefined;
  readonly annotations: SchemaAnnotations;
  readonly span: Span;
}

/** One line of `appliesTo { … }`. */
export type AppliesToClause =
  | { readonly kind: 'principal' | 'resource'; readonly types: readonly TypeName[]; readonly span: Span }
  | { readonly kind: 'context'; readonly type: TypeExpression; readonly span: Span };
