/**
 * Front — which actions are due a case in the dispatcher of a bound program, and when there is enough of them to make one (emit/program.ts says why).
 *
 * Actions of the same policies share a case. A dispatcher is made after some requests missed the one before, each time after twice as many, so that
 * however many actions there are, making dispatchers stays a small part of the work.
 */
import type { DispatchCase } from '../emit/program.ts';
import type { Plan } from '../plan/action-plan.ts';
import type { Node } from '../runtime/graph/node.ts';
import type { AnyIndex } from '../runtime/program/loaded.ts';
import type { PolicyRow } from './rows.ts';

/** Policies that a dispatcher may write out: twice as many take V8 into sizes that it does not optimize. */
export const DISPATCHED_AT_MOST = 256;

/** Requests for actions without a case before the first dispatcher is made, and the most that any waits for. */
const WARM_UP = 32;
const WARM_UP_AT_MOST = 8192;

export interface DispatchParts {
  readonly cases: readonly DispatchCase[];
  readonly rows: readonly PolicyRow[];
  readonly indexes: readonly AnyIndex[];
}

export class DispatchCases {
  /** The numbers of cases by what they are made of. */
  readonly #numbers = new Map<string, number>();
  #last = 0;
  /** How many requests may miss the dispatcher before a better one is made. */
  #warmUp: number;
  #left: number;

  constructor(warmUp: number = WARM_UP) {
    this.#warmUp = warmUp;
    this.#left = warmUp;
  }

  /** Gives the plan of an action the number of its case. Numbers are not used again for other policies. */
  add(plan: Plan): void {
    this.#left = Math.min(this.#left, this.#warmUp);
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

  /** A request missed the dispatcher: whether it is time for a better one. */
  countMiss(): boolean {
    this.#left--;
    return this.#left <= 0;
  }

  /** A case for each of the actions, as long as there is room. */
  join(actions: Iterable<Node>, planOf: (action: Node) => Plan): DispatchParts {
    this.#left = Number.POSITIVE_INFINITY;
    this.#warmUp = Math.min(2 * this.#warmUp, WARM_UP_AT_MOST);
    const rows: PolicyRow[] = [];
    const indexes: AnyIndex[] = [];
    const cases = new Map<number, DispatchCase>();
    let room = DISPATCHED_AT_MOST;
    for (const action of actions) {
      const { number, made, types } = planOf(action);
      if (made === undefined || cases.has(number)) continue;
      if (types?.principals.length === 0 || types?.resources.length === 0) continue;
      room -= made.parts.length;
      if (room < 0) break;
      const parts = made.parts.map((part) =>
        part.kind === 'inline'
          ? { ...part, row: part.row + rows.length }
          : { ...part, index: part.index + indexes.length },
      );
      cases.set(number, { number, parts, types });
      rows.push(...made.rows);
      indexes.push(...made.indexes);
    }
    return { cases: [...cases.values()], rows, indexes };
  }
}
