/**
 * Outcome — the set of policies found satisfied so far; sets already seen keep their finished, frozen response.
 *
 * A trie over rows in the order in which a program satisfies them. It is bounded: beyond LIMIT sets, outcomes are made and forgotten.
 */
import type { Response } from '../../src/value/response.ts';
import type { LinkTable } from './link-table.ts';
import type { Row } from './row.ts';

/** How many outcomes one plan remembers. */
const LIMIT = 4096;

const NONE: readonly (Outcome | undefined)[] = [];

export class Outcome {
  readonly #row: Row | undefined;
  readonly #before: Outcome | undefined;
  readonly #budget: { left: number };
  /** By the number that the program gives the policy; only policies that are written out have one. */
  next: readonly (Outcome | undefined)[] = NONE;
  /** By the rows of tables, and by the orders of links. */
  #byKey: Map<Row | number, Outcome> | undefined;
  #response: Response | undefined;

  private constructor(row: Row | undefined, before: Outcome | undefined, budget: { left: number }) {
    this.#row = row;
    this.#before = before;
    this.#budget = budget;
  }

  /** No policy satisfied yet. */
  static start(): Outcome {
    return new Outcome(undefined, undefined, { left: LIMIT });
  }

  /** `row` is satisfied too; it is the written-out policy of that number. */
  grow(number: number, row: Row): Outcome {
    const outcome = new Outcome(row, this, this.#budget);
    if (this.#budget.left-- > 0) this.#numbered()[number] = outcome;
    return outcome;
  }

  /** Most outcomes lead to no other by number, and there may be many of them in each request. */
  #numbered(): (Outcome | undefined)[] {
    if (this.next === NONE) this.next = [];
    return this.next as (Outcome | undefined)[];
  }

  /** `row` of a table is satisfied too. */
  add(row: Row): Outcome {
    return this.#byKey?.get(row) ?? this.#remember(row, row);
  }

  /** So is the link in that slot of `table`. */
  link(table: LinkTable, slot: number): Outcome {
    const order = table.orderIn(slot);
    return this.#byKey?.get(order) ?? this.#remember(order, table.row(slot));
  }

  #remember(key: Row | number, row: Row): Outcome {
    const outcome = new Outcome(row, this, this.#budget);
    if (this.#budget.left-- > 0) {
      this.#byKey ??= new Map();
      this.#byKey.set(key, outcome);
    }
    return outcome;
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
    for (let outcome: Outcome | undefined = this; outcome !== undefined; outcome = outcome.#before) {
      if (outcome.#row !== undefined) rows.push(outcome.#row);
    }
    return rows;
  }
}

function deepFreeze(response: Response): Response {
  Object.freeze(response.determiningPolicies);
  Object.freeze(response.errors);
  return Object.freeze(response);
}
