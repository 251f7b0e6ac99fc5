/**
 * Dispatch cases — which plans get a case in the dispatcher of a bound program, and when the dispatcher is made.
 *
 * Actions with the same policies share a plan, and so a case. A dispatcher is made after some requests have missed the one before. The number doubles
 * each time, so making dispatchers stays a small part of the work, however many actions there are.
 *
 * Technique: warm-up counter with exponential back-off, as in JIT compilers.
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

  /** The dispatcher was dropped. */
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
