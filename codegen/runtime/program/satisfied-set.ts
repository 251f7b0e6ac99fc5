/**
 * Satisfied set — the policies found satisfied so far; sets that were seen before keep their frozen response.
 *
 * Technique: a trie over rows in the order in which a program satisfies them, with memoized answers. It is bounded: beyond SATISFIED_SETS_WORDS, sets are made and
 * forgotten. When as many were forgotten, the trie begins again, since what it remembers is no longer asked for.
 */
import type { Response } from '../../../src/value/response.ts';
import type { LinkIndex } from '../index/link-index.ts';
import type { Row } from '../index/row.ts';
import { NUMBERED_AT_MOST, REFUSED_SETS_AT_MOST, SATISFIED_SET_WORDS, SATISFIED_SETS_WORDS } from '../limits.ts';

export class SatisfiedSet {
  readonly #row: Row | undefined;
  readonly #before: SatisfiedSet | undefined;
  readonly #budget: Budget;
  /**
   * By the number that the program gives the policy; only policies that are written out have one. INVARIANT: as long as there are numbers, so that no
   * read goes beyond it, to what may stand on a polluted prototype.
   */
  next: readonly (SatisfiedSet | undefined)[];
  /** By the rows of indexes, and by the orders of links. */
  #byKey: Map<Row | number, SatisfiedSet> | undefined;
  #response: Response | undefined;

  private constructor(row: Row | undefined, before: SatisfiedSet | undefined, budget: Budget) {
    this.#row = row;
    this.#before = before;
    this.#budget = budget;
    this.next = budget.none;
  }

  /** No policy satisfied yet; `policies` are those of the program that are written out. */
  static start(policies = NUMBERED_AT_MOST): SatisfiedSet {
    const budget = new Budget(Math.min(policies, NUMBERED_AT_MOST));
    const start = new SatisfiedSet(undefined, undefined, budget);
    budget.onSpent = () => start.#forget();
    return start;
  }

  #forget(): void {
    this.next = this.#budget.none;
    this.#byKey = undefined;
  }

  /** `row` is satisfied too; it is the written-out policy of that number. */
  grow(number: number, row: Row): SatisfiedSet {
    const satisfiedSet = new SatisfiedSet(row, this, this.#budget);
    const width = this.next === this.#budget.none ? this.next.length : 1;
    if (number < this.next.length && this.#budget.allows(SATISFIED_SET_WORDS + width))
      this.#numbered()[number] = satisfiedSet;
    return satisfiedSet;
  }

  /** Most satisfied sets lead to no other by number, and there may be many of them in each request. */
  #numbered(): (SatisfiedSet | undefined)[] {
    if (this.next === this.#budget.none) this.next = [...this.next];
    return this.next as (SatisfiedSet | undefined)[];
  }

  /** `row` of an index is satisfied too. */
  add(row: Row): SatisfiedSet {
    return this.#byKey?.get(row) ?? this.#remember(row, row);
  }

  /** The link in that row of `index` is satisfied too. */
  link(index: LinkIndex, rowId: number): SatisfiedSet {
    const order = index.orderOf(rowId);
    return this.#byKey?.get(order) ?? this.#remember(order, index.row(rowId));
  }

  #remember(key: Row | number, row: Row): SatisfiedSet {
    const satisfiedSet = new SatisfiedSet(row, this, this.#budget);
    if (this.#budget.allows(SATISFIED_SET_WORDS + 1)) {
      this.#byKey ??= new Map();
      this.#byKey.set(key, satisfiedSet);
    }
    return satisfiedSet;
  }

  /** The answer if nothing erred. Spec: Cedar.Spec.Authorizer: isAuthorized. */
  get response(): Response {
    return this.#response ?? this.#respond();
  }

  #respond(): Response {
    const response = deepFreeze({ ...this.decide(), errors: [] });
    if (this.#budget.allows(response.determiningPolicies.length)) this.#response = response;
    return response;
  }

  /** Decision and determining policies, in policy order. */
  decide(): Pick<Response, 'decision' | 'determiningPolicies'> {
    const rows = this.#rows();
    const permits: string[] = [];
    const forbids: string[] = [];
    for (let i = rows.length - 1; i >= 0; i--) (rows[i]!.effect === 'permit' ? permits : forbids).push(rows[i]!.id);
    return forbids.length === 0 && permits.length > 0
      ? { decision: 'allow', determiningPolicies: permits }
      : { decision: 'deny', determiningPolicies: forbids };
  }

  /** The last first. Most programs find them in policy order; those in partitions and indexes do not. */
  #rows(): readonly Row[] {
    const rows: Row[] = [];
    let isSorted = true;
    let before = Number.POSITIVE_INFINITY;
    for (
      let satisfiedSet: SatisfiedSet | undefined = this;
      satisfiedSet !== undefined;
      satisfiedSet = satisfiedSet.#before
    ) {
      const row = satisfiedSet.#row;
      if (row === undefined) continue;
      rows.push(row);
      isSorted &&= row.order < before;
      before = row.order;
    }
    return isSorted ? rows : rows.sort((a, b) => b.order - a.order);
  }
}

/** The words that the satisfied sets of one start may still take. */
class Budget {
  /** What follows a set of which nothing is known yet. */
  readonly none: readonly undefined[];
  onSpent = () => {};
  #left = SATISFIED_SETS_WORDS;
  #refused = 0;

  constructor(numbers: number) {
    this.none = Object.freeze(Array.from({ length: numbers }, () => undefined));
  }

  allows(words: number): boolean {
    if (words <= this.#left) {
      this.#left -= words;
      return true;
    }
    this.#refused++;
    if (this.#refused >= REFUSED_SETS_AT_MOST) this.#begin();
    return false;
  }

  #begin(): void {
    this.onSpent();
    this.#left = SATISFIED_SETS_WORDS;
    this.#refused = 0;
  }
}

function deepFreeze(response: Response): Response {
  Object.freeze(response.determiningPolicies);
  Object.freeze(response.errors);
  return Object.freeze(response);
}
