/**
 * Everywhere — interrupts one operation at the n-th call of a function of the library, or at each depth of calls, and compares all that follows with the
 * model.
 *
 * Bundled: by instrument.ts, in both ways, and as it is.
 */
import { type Difference, type Interruption, Machine } from '../drt/lifecycle/machine.ts';
import type { Operation } from '../drt/lifecycle/operation.ts';
import { depth } from './depth.ts';
import type { Scenario } from './scenario.ts';
import { InjectedError, ticks } from './tick.ts';

class Injection implements Interruption {
  #left: number;

  constructor(left: number) {
    this.#left = left;
  }

  call(act: () => void): void {
    ticks.left = this.#left;
    ticks.on = true;
    try {
      act();
    } finally {
      ticks.on = false;
      this.#left = ticks.left;
    }
  }

  isCauseOf(error: unknown): boolean {
    for (let cause = error; cause instanceof Error; cause = cause.cause)
      if (cause instanceof InjectedError) return true;
    return false;
  }

  /** The machine works between the calls of a callback: the count rests. */
  within(): Interruption {
    this.#left = ticks.left;
    ticks.on = false;
    return this;
  }

  resume(): void {
    ticks.left = this.#left;
    ticks.on = Number.isFinite(this.#left) || this.#left > 0;
  }
}

/** Calls of the library may be so deep and no deeper. */
class DepthLimit implements Interruption {
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  call(act: () => void): void {
    depth.limit = this.#limit;
    try {
      act();
    } finally {
      depth.limit = Number.POSITIVE_INFINITY;
    }
  }

  isCauseOf(error: unknown): boolean {
    return error instanceof RangeError;
  }

  /** The machine's own work in between is as deep as it likes. */
  within(): Interruption {
    depth.limit = Number.POSITIVE_INFINITY;
    return this;
  }

  resume(): void {
    depth.limit = this.#limit;
  }
}

/** How many calls the operation makes. */
export function callsOf({ before, interrupted }: Scenario): number {
  const machine = lived(before);
  ticks.count = 0;
  machine.runInterrupted(interrupted, new Injection(Number.POSITIVE_INFINITY));
  requireNone(machine);
  return ticks.count;
}

/** What differs after an exception at the n-th call, counted from 0. */
export function differenceAfter({ before, interrupted, after }: Scenario, n: number): Difference | undefined {
  const machine = lived(before);
  machine.runInterrupted(interrupted, new Injection(n));
  for (const operation of after) machine.run(operation);
  return machine.difference;
}

/** How many calls of the operation are inside one another. */
export function depthOf({ before, interrupted }: Scenario): number {
  const machine = lived(before);
  depth.deepest = 0;
  machine.runInterrupted(interrupted, new DepthLimit(Number.POSITIVE_INFINITY));
  requireNone(machine);
  return depth.deepest;
}

/** What differs after the operation had a stack for only this many calls. */
export function differenceAtDepth({ before, interrupted, after }: Scenario, limit: number): Difference | undefined {
  const machine = lived(before);
  machine.runInterrupted(interrupted, new DepthLimit(limit));
  for (const operation of after) machine.run(operation);
  return machine.difference;
}

/** What differs after the operation was tried near the end of the stack. */
export function differenceNearEnd({ before, interrupted, after }: Scenario, room: number): Difference | undefined {
  const machine = lived(before);
  machine.run({ kind: 'deep', room, run: interrupted });
  for (const operation of after) machine.run(operation);
  return machine.difference;
}

function lived(operations: readonly Operation[]): Machine {
  const machine = new Machine();
  for (const operation of operations) machine.run(operation);
  requireNone(machine);
  return machine;
}

function requireNone({ difference }: Machine): void {
  if (difference !== undefined)
    throw new Error(`without an exception: ${JSON.stringify(difference)}`, { cause: difference.actual });
}
