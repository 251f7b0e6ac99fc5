/**
 * Term — what an expression other than a Bool denotes: a constant, or where the database has the value.
 *
 * INVARIANT: `defined` is true exactly where evaluating the expression gives a value; a scalar of the term is NULL exactly where it errs.
 */
import type { Type } from '../validator/type.ts';
import type { EntityType } from '../value/entity-uid.ts';
import type { Value } from '../value/value.ts';
import { type Condition, complement, Inexpressible, type Parameter, type Row, type Scalar } from './condition.ts';
import { literalOf } from './storage.ts';

/** True, false, neither where evaluation errs. `defined` is true where one of the two is. */
export interface Meaning {
  readonly yes: Condition;
  readonly no: Condition;
  readonly defined: Condition;
}

export type Term =
  | { readonly kind: 'constant'; readonly value: Value; readonly type: Type }
  | { readonly kind: 'scalar'; readonly scalar: Scalar; readonly type: Type }
  | EntityTerm
  | RecordTerm
  | SetTerm;

export interface EntityTerm {
  readonly kind: 'entity';
  readonly type: EntityType;
  readonly id: Scalar;
  /** The row of the entity, if it is at hand: then the entity exists. */
  readonly row: Row | undefined;
  /** The database has a row for it wherever the id is not NULL. */
  readonly enforced: boolean;
}

export interface RecordTerm {
  readonly kind: 'record';
  readonly defined: Condition;
  readonly has: (attr: string) => Meaning;
  readonly get: (attr: string) => Term;
  readonly type: Type;
}

export interface SetTerm {
  readonly kind: 'set';
  readonly defined: Condition;
  /** True where an element passes the test, if the set is defined. */
  readonly some: (test: (element: Term) => Condition) => Condition;
  /** True where it has the element, if both are defined. */
  readonly has: (element: Term) => Condition;
  /** The list, where it comes with the request, and the type of its elements if these are entities. */
  readonly list?: Parameter | undefined;
  readonly entityType?: EntityType | undefined;
}

export function every(set: SetTerm, test: (element: Term) => Condition): Condition {
  return complement(set.some((element) => complement(test(element))));
}

/** Evaluated when it is asked for: mostly one of the three is needed. */
export function meaning(yes: () => Condition, no: () => Condition, defined: () => Condition): Meaning {
  return new LazyMeaning(yes, no, defined);
}

class LazyMeaning implements Meaning {
  readonly #make: readonly [() => Condition, () => Condition, () => Condition];
  #yes: Condition | undefined;
  #no: Condition | undefined;
  #defined: Condition | undefined;

  constructor(...make: readonly [() => Condition, () => Condition, () => Condition]) {
    this.#make = make;
  }

  get yes(): Condition {
    this.#yes ??= possible(this.#make[0]);
    return this.#yes;
  }

  get no(): Condition {
    this.#no ??= possible(this.#make[1]);
    return this.#no;
  }

  get defined(): Condition {
    this.#defined ??= possible(this.#make[2]);
    return this.#defined;
  }
}

/** What cannot be said is unknown. */
export function possible(make: () => Condition): Condition {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Inexpressible)) throw error;
    return { kind: 'unknown', message: error.message, span: error.span };
  }
}

/** Throws `Inexpressible` for a set or a record. */
export function scalarOf(term: Term): Scalar {
  if (term.kind === 'scalar') return term.scalar;
  if (term.kind === 'entity') return term.id;
  if (term.kind === 'constant') return literalOf(term.value);
  throw new Inexpressible(`a ${term.kind} where one value was expected`);
}
