/**
 * Front — which plans are due a case in the front of a bound program, and when there is enough of them to make one (emit/program.ts says why).
 *
 * Actions of the same policies share a plan, and so a case. A front is made after some requests missed the one before, each time after twice as many, so that
 * however many actions there are, making fronts stays a small part of the work.
 */
import type { FrontCase } from './emit/program.ts';
import type { Plan } from './plan.ts';
import type { PolicyRow } from './rows.ts';
import type { AnyTable } from './runtime/loaded.ts';

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
  #last = 0;
  /** How many requests may miss the front before a better one is made. */
  #patience: number;
  #left: number;

  constructor(patience: number = PATIENCE) {
    this.#patience = patience;
    this.#left = patience;
  }

  /** Gives a plan the number of its case. No number is given twice, so that what is numbered is met in no other front by mistake. */
  add(plan: Plan): void {
    this.#wait();
    if (plan.made === undefined) return;
    this.#last++;
    plan.number = this.#last;
  }

  /** There is no front any more. */
  clear(): void {
    this.#wait();
  }

  /** A request missed the front: whether it is time for a better one. */
  missed(): boolean {
    this.#left--;
    return this.#left <= 0;
  }

  /** A case for each of the plans, as long as there is room. */
  join(plans: Iterable<Plan>): FrontParts {
    this.#left = Number.POSITIVE_INFINITY;
    this.#patience = Math.min(2 * this.#patience, PATIENCE_AT_MOST);
    const rows: PolicyRow[] = [];
    const tables: AnyTable[] = [];
    const cases: FrontCase[] = [];
    let room = FRONT_AT_MOST;
    for (const { number, made, types } of plans) {
      if (made === undefined || types?.principals.length === 0 || types?.resources.length === 0) continue;
      room -= made.parts.length;
      if (room < 0) break;
      const parts = made.parts.map((part) =>
        part.kind === 'loose'
          ? { ...part, row: part.row + rows.length }
          : { ...part, table: part.table + tables.length },
      );
      cases.push({ number, parts, types });
      for (const row of made.rows) rows.push(row);
      for (const table of made.tables) tables.push(table);
    }
    return { cases, rows, tables };
  }

  #wait(): void {
    this.#left = Math.min(this.#left, this.#patience);
  }
}
