/**
 * Row test — what is asked of an application's row, as data that a predicate is emitted from (emit/row-predicate.ts).
 *
 * The package declares these types, so nothing here names the tree of emitted code.
 */
import type { Pattern } from '../../src/value/pattern.ts';

/** A function of the row, which reads any form of row. */
export type RowFunction = (row: object) => unknown;

export type FieldType = 'text' | 'boolean' | 'integer';

export type FieldTest =
  | { readonly op: 'equals'; readonly value: string | number | boolean; readonly negated: boolean }
  | {
      readonly op: 'less' | 'lessEq';
      readonly value: number;
      readonly isLeft: boolean;
      readonly negated: boolean;
    }
  | { readonly op: 'like'; readonly pattern: Pattern; readonly negated: boolean };

export type RowTest =
  | { readonly op: 'constant'; readonly value: boolean }
  | { readonly op: 'and' | 'or'; readonly tests: readonly RowTest[] }
  | { readonly op: 'not'; readonly test: RowTest }
  /** The function gives that value. */
  | { readonly op: 'call'; readonly run: RowFunction; readonly value: boolean }
  | {
      readonly op: 'field';
      readonly field: string;
      readonly type: FieldType;
      readonly test: FieldTest;
      readonly otherwise: RowTest;
    }
  /** The field is there, neither `null` nor `undefined`; or not. */
  | {
      readonly op: 'present';
      readonly field: string;
      readonly type: FieldType;
      readonly negated: boolean;
      readonly otherwise: RowTest;
    };

/** Patterns of three parts at most, which methods of texts can say. */
export function isSimplePattern(pattern: Pattern): boolean {
  const [first, second, third] = pattern;
  return pattern.length < 3 || (pattern.length === 3 && first === null && typeof second === 'string' && third === null);
}
