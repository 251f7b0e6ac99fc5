/**
 * Row predicates — tests of rows as loaded functions. Tests that differ in values alone share one text, and so what V8 learns about the rows.
 */
import { emitRowPredicate } from '../emit/row-predicate.ts';
import { load } from '../load/load.ts';
import { LruCache } from '../load/lru-cache.ts';
import type { RowFunction, RowTest } from '../plan/row-test.ts';
import type { Check } from '../print/check.ts';
import { print } from '../print/statement.ts';

/** Texts that are kept: some for each action and type of rows. */
const TEXTS_KEPT = 128;

type Factory = (...values: unknown[]) => (row: object) => boolean;

export class RowPredicates {
  readonly #factories = new LruCache<Factory>(TEXTS_KEPT);
  readonly #check: Check | undefined;

  constructor(check: Check | undefined) {
    this.#check = check;
  }

  /** `fallback` is the same test for any row. Throws `CodeGenerationForbidden`. */
  of(test: RowTest, fallback: RowFunction): (row: object) => boolean {
    const { program, parameters, values } = emitRowPredicate(test, fallback);
    const text = print(program);
    const make = () => {
      this.#check?.(program, text, parameters);
      return load<Factory>(parameters, text);
    };
    return this.#factories.getOrMake(text, make)(...values);
  }
}
