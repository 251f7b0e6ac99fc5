/**
 * Outcome — the set of policies found satisfied so far; sets already seen keep their finished, frozen response.
 *
 * A trie over rows in the order in which a program satisfies them. It is bounded: beyond LIMIT sets, outcomes are made and forgotten.
 */
import type { Response } from '../../src/value/response.ts';
import type { Row } from './row.ts';

/** How many outcomes one plan remembers. */
const LIMIT = 4096;

export class Outcome {
  readonly #row: Row | undefined;
  readonly #before: Outcome | undefined;
  readonly #budget: { left: number };
  /** By the number that the program gives the policy; only policies that are written out have one. */
  readonly next: (Outcome | undefined)[] = [];
  #byKey: Map<unknown, Outcome> | undefined;
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
    if (this.#budget.left-- > 0) this.next[number] = outcome;
    return outcome;
  }

  /** `row` of a table is satisfied too. */
  add(row: Row): Outcome {
    this.#byKey ??= new Map();
    const known = this.#byKey.get(row.key);
    if (known !== undefined) return known;
    const outcome = new Outcome(row, this, this.#budget);
    if (this.#budget.left-- > 0) this.#byKey.set(row.key, outcome);
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
