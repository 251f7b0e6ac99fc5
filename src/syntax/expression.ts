/**
 * Expression — an expression as its author wrote it: operators, sugar and source order kept.
 *
 * The printer, the JSON policy format and the formatter need it; all else works on the core tree (core.ts).
 *
 * Grammar: Expr, Or, And, Relation, Add, Mult, Unary, Member, Primary
 */
import type { EntityType } from '../value/entity-uid.ts';
import type { Pattern } from '../value/pattern.ts';
import type { Prim } from '../value/value.ts';
import type { Var } from './core.ts';
import type { SlotId } from './policy.ts';
import type { Span } from './span.ts';

export type BinaryOperator =
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | '+'
  | '-'
  | '*'
  | 'contains'
  | 'containsAll'
  | 'containsAny'
  | 'getTag'
  | 'hasTag';

export type UnaryOperator = '!' | 'neg' | 'isEmpty';

export type Expression =
  /** A negative Long is a literal when the minus stood directly before the digits. */
  | { readonly kind: 'lit'; readonly value: Prim; readonly span: Span | undefined }
  | { readonly kind: 'var'; readonly name: Var; readonly span: Span | undefined }
  /** Parses in JSON only, and is refused afterwards. */
  | { readonly kind: 'slot'; readonly slot: SlotId; readonly span: Span | undefined }
  | {
      readonly kind: 'ite';
      readonly test: Expression;
      readonly then: Expression;
      readonly else: Expression;
      readonly span: Span | undefined;
    }
  | { readonly kind: 'and'; readonly left: Expression; readonly right: Expression; readonly span: Span | undefined }
  | { readonly kind: 'or'; readonly left: Expression; readonly right: Expression; readonly span: Span | undefined }
  | { readonly kind: 'unary'; readonly op: UnaryOperator; readonly arg: Expression; readonly span: Span | undefined }
  | {
      readonly kind: 'binary';
      readonly op: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span | undefined;
    }
  | { readonly kind: 'getAttr'; readonly expr: Expression; readonly attr: string; readonly span: Span | undefined }
  /** `has a.b.c` keeps its chain; a single name or string is a chain of one. */
  | {
      readonly kind: 'hasAttr';
      readonly expr: Expression;
      readonly attrs: readonly string[];
      readonly span: Span | undefined;
    }
  | { readonly kind: 'like'; readonly expr: Expression; readonly pattern: Pattern; readonly span: Span | undefined }
  | {
      readonly kind: 'is';
      readonly expr: Expression;
      readonly type: EntityType;
      readonly typeSpan: Span | undefined;
      readonly in: Expression | undefined;
      readonly span: Span | undefined;
    }
  | { readonly kind: 'set'; readonly elements: readonly Expression[]; readonly span: Span | undefined }
  | { readonly kind: 'record'; readonly fields: readonly ExpressionField[]; readonly span: Span | undefined }
  /** An extension function or method; the receiver of a method is its first argument. */
  | {
      readonly kind: 'call';
      readonly fn: string;
      readonly args: readonly Expression[];
      readonly span: Span | undefined;
    }
  /** A JSON policy's `Value` that is not a primitive: the same expression, but it goes back to JSON as `Value`. */
  | { readonly kind: 'value'; readonly expr: Expression; readonly span: Span | undefined };

export interface ExpressionField {
  readonly name: string;
  readonly expr: Expression;
}
