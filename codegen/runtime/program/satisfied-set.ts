/**
 * Outcome — the set of policies found satisfied so far; sets already seen keep their finished, frozen response.
 *
 * A trie over rows in the order in which a program satisfies them. It is bounded: beyond LIMIT sets, satisfied sets are made and forgotten.
 */
import type { Response } from '../../../src/value/response.ts';
import type { LinkIndex } from '../index/link-index.ts';
import type { Row } from '../index/row.ts';

/** How many satisfied sets one plan remembers. */
const LIMIT = 4096;

const NONE: readonly (SatisfiedSet | undefined)[] = [];

export class SatisfiedSet {
  readonly #row: Row | undefined;
  readonly #before: SatisfiedSet | undefined;
  readonly #budget: { left: number };
  /** By the number that the program gives the policy; only policies that are written out have one. */
  next: readonly (SatisfiedSet | undefined)[] = NONE;
  /** By the rows of indexes, and by the orders of links. */
  #byKey: Map<Row | number, SatisfiedSet> | undefined;
  #response: Response | undefined;

  private constructor(row: Row | undefined, before: SatisfiedSet | undefined, budget: { left: number }) {
    this.#row = row;
    this.#before = before;
    this.#budget = budget;
  }

  /** No policy satisfied yet. */
  static start(): SatisfiedSet {
    return new SatisfiedSet(undefined, undefined, { left: LIMIT });
  }

  /** `row` is satisfied too; it is the written-out policy of that number. */
  grow(number: number, row: Row): SatisfiedSet {
    const satisfiedSet = new SatisfiedSet(row, this, this.#budget);
    if (this.#budget.left-- > 0) this.#numbered()[number] = satisfiedSet;
    return satisfiedSet;
  }

  /** Most satisfied sets lead to no other by number, and there may be many of them in each request. */
  #numbered(): (SatisfiedSet | undefined)[] {
    if (this.next === NONE) this.next = [];
    return this.next as (SatisfiedSet | undefined)[];
  }

  /** `row` of a index is satisfied too. */
  add(row: Row): SatisfiedSet {
    return this.#byKey?.get(row) ?? this.#remember(row, row);
  }

  /** So is the link in that slot of `index`. */
  link(index: LinkIndex, rowId: number): SatisfiedSet {
    const order = index.orderOf(rowId);
    return this.#byKey?.get(order) ?? this.#remember(order, index.row(rowId));
  }

  #remember(key: Row | number, row: Row): SatisfiedSet {
    const satisfiedSet = new SatisfiedSet(row, this, this.#budget);
    if (this.#budget.left-- > 0) {
      this.#byKey ??= new Map();
      this.#byKey.set(key, satisfiedSet);
    }
    return satisfiedSet;
  }

  /** The answer if nothing erred. Spec: Cedar.Spec.Authorizer: isAuthorized. */
  get response(): Response {
    this.#response ??= deepFreeze({ ...this.decide(), errors: [] });
    return this.#response;
  }

  /** Decision and determining policies, in policy order. */
  decide(): Pick<Response, 'decision' | 'determiningPolicies'> {
    const rows = this.#rows().sort((a, b) => a.order - b.order);
    const ids = (effect: Row['effect']) => rows.filter((row) => row.effect === effect).map((row) => row.id);
    const [permits, forbids] = [ids('permit'), ids('forbid')];
    return forbids.length === 0 && permits.length > 0
      ? { decision: 'allow', determiningPolicies: permits }
      : { decision: 'deny', determiningPolicies: forbids };
  }

  #rows(): Row[] {
    const rows: Row[] = [];
    for (
      let satisfiedSet: SatisfiedSet | undefined = this;
      satisfiedSet !== undefined;
      satisfiedSet = satisfiedSet.#before
    ) {
      if (satisfiedSet.#row !== undefined) rows.push(satisfiedSet.#row);
    }
    return rows;
  }
}

function deepFreeze(response: Response): Response {
  Object.freeze(response.determiningPolicies);
  Object.freeze(response.errors);
  return Object.freeze(response);
}
