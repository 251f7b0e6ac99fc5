/**
 * Dispatch cases — which plans are due a case in the dispatcher of a bound program, and when there is enough of them to make one (emit/dispatcher.ts says why).
 *
 * Actions of the same policies share a plan, and so a case. A dispatcher is made after some requests missed the one before, each time after twice as many, so that
 * however many actions there are, making dispatchers stays a small part of the work.
 */
import type { DispatchCase } from '../plan/dispatch-case.ts';
import { DISPATCHED_AT_MOST, WARM_UP, WARM_UP_AT_MOST } from '../plan/limits.ts';
import type { AnyIndex } from '../runtime/program/loaded.ts';
import type { BoundPlan } from './bound-plan.ts';
import type { PolicyRow } from './rows.ts';

export interface DispatchParts {
  readonly cases: readonly DispatchCase[];
  readonly rows: readonly PolicyRow[];
  readonly indexes: readonly AnyIndex[];
}

export class DispatchCases {
  #last = 0;
  /** How many requests may miss the dispatcher before a better one is made. */
  #warmUp: number;
  #left: number;

  constructor(warmUp: number = WARM_UP) {
    this.#warmUp = warmUp;
    this.#left = warmUp;
  }

  /** Gives a plan the number of its case. No number is given twice, so that what is numbered is met in no other dispatcher by mistake. */
  add(plan: BoundPlan): void {
    this.#wait();
    if (plan.inputs === undefined) return;
    this.#last++;
    plan.number = this.#last;
  }

  /** There is no dispatcher any more. */
  clear(): void {
    this.#wait();
  }

  /** A request missed the dispatcher: whether it is time for a better one. */
  countMiss(): boolean {
    this.#left--;
    return this.#left <= 0;
  }

  /** A case for each of the plans, as long as there is room. */
  join(plans: Iterable<BoundPlan>): DispatchParts {
    this.#left = Number.POSITIVE_INFINITY;
    this.#warmUp = Math.min(2 * this.#warmUp, WARM_UP_AT_MOST);
    const rows: PolicyRow[] = [];
    const indexes: AnyIndex[] = [];
    const cases: DispatchCase[] = [];
    let room = DISPATCHED_AT_MOST;
    for (const { number, inputs, types } of plans) {
      if (inputs === undefined || types?.principals.length === 0 || types?.resources.length === 0) continue;
      room -= inputs.plan.length;
      if (room < 0) break;
      cases.push({ number, nodes: inputs.plan, types });
      for (const row of inputs.rows) rows.push(row);
      for (const index of inputs.indexes) indexes.push(index);
    }
    return { cases, rows, indexes };
  }

  #wait(): void {
    this.#left = Math.min(this.#left, this.#warmUp);
  }
}
