/**
 * Front — which actions are due a case in the front of a bound program, and when there is enough of them to make one (emit/program.ts says why).
 *
 * Actions of the same policies share a case. A front is made after some requests missed the one before, each time after twice as many, so that
 * however many actions there are, making fronts stays a small part of the work.
 */
import type { FrontCase } from './emit/program.ts';
import type { Plan } from './plan.ts';
import type { PolicyRow } from './rows.ts';
import type { AnyTable } from './runtime/loaded.ts';
import type { Node } from './runtime/node.ts';

/** Policies that a front may write out: twice as many take V8 into sizes that it does not optimize. */
export const FRONT_AT_MOST = 256;

/** Requests for actions without a case before the first front is made, and the most that any waits for. */
const PATIENCE = 32;
const PATIENCE_AT_MOST = 8192;

export interface FrontParts {
  readonly cases: readonly FrontCase[];
  readonly rows: readonly PolicyRow[];
  readonly tables: readonly AnyTable[];
}

export class FrontCases {
  /** The numbers of cases by what they are made of. */
  readonly #numbers = new Map<string, number>();
  #last = 0;
  /** How many requests may miss the front before a better one is made. */
  #patience: number;
  #left: number;

  constructor(patience: number = PATIENCE) {
    this.#patience = patience;
    this.#left = patience;
  }

  /** Gives the plan of an action the number of its case. Numbers are not used again for other policies. */
  add(plan: Plan): void {
    this.#left = Math.min(this.#left, this.#patience);
    if (plan.made === undefined) return;
    const key = JSON.stringify([plan.types, plan.made.ids]);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      this.#last++;
      number = this.#last;
      this.#numbers.set(key, number);
    }
    plan.number = number;
  }

  /** The policies are others: what was numbered is not met any more. */
  clear(): void {
    this.#numbers.clear();
  }

  /** A request missed the front: whether it is time for a better one. */
  missed(): boolean {
    this.#left--;
    return this.#left <= 0;
  }

  /** A case for each of the actions, as long as there is room. */
  join(actions: Iterable<Node>, planOf: (action: Node) => Plan): FrontParts {
    this.#left = Number.POSITIVE_INFINITY;
    this.#patience = Math.min(2 * this.#patience, PATIENCE_AT_MOST);
    const rows: PolicyRow[] = [];
    const tables: AnyTable[] = [];
    const cases = new Map<number, FrontCase>();
    let room = FRONT_AT_MOST;
    for (const action of actions) {
      const { number, made, types } = planOf(action);
      if (made === undefined || cases.has(number)) continue;
      if (types?.principals.length === 0 || types?.resources.length === 0) continue;
      room -= made.parts.length;
      if (room < 0) break;
      const parts = made.parts.map((part) =>
        part.kind === 'loose'
          ? { ...part, row: part.row + rows.length }
          : { ...part, table: part.table + tables.length },
      );
      cases.set(number, { number, parts, types });
      rows.push(...made.rows);
      tables.push(...made.tables);
    }
    return { cases: [...cases.values()], rows, tables };
  }
}
