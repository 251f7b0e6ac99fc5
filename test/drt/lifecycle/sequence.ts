/**
 * Sequence — one life from its seed: made and done step by step, so that what comes next may depend on what there is.
 */
import { Random } from '../../arbitrary/random.ts';
import { Generator } from './generator.ts';
import { type Difference, Machine } from './machine.ts';
import type { Operation } from './operation.ts';
import type { Pairs } from './pairs.ts';
import { PROFILES, type Profile } from './profile.ts';

export interface Lived {
  readonly profile: string;
  /** What was done, up to the difference if there is one. */
  readonly operations: readonly Operation[];
  readonly difference: Difference | undefined;
  /** With those of callbacks. */
  readonly count: number;
}

export function liveFrom(seed: number, pairs?: Pairs, profiles: readonly Profile[] = PROFILES): Lived {
  const random = new Random(seed, 7);
  const profile = random.pick(profiles);
  pairs?.begin();
  const machine = new Machine(pairs);
  const generator = new Generator(random, profile, machine);
  const operations: Operation[] = [];
  const run = (operation: Operation) => {
    if (machine.difference !== undefined) return;
    operations.push(operation);
    machine.run(operation);
  };
  for (const operation of generator.beginning()) run(operation);
  const steps = random.between(...profile.steps);
  for (let i = 0; i < steps && machine.difference === undefined; i++) run(generator.next());
  if (machine.difference === undefined) for (const operation of generator.ending()) run(operation);
  return { profile: profile.name, operations, difference: machine.difference, count: machine.operations };
}

/** The same operations once more. */
export function differenceOf(operations: readonly Operation[]): Difference | undefined {
  const machine = new Machine();
  for (const operation of operations) {
    machine.run(operation);
    if (machine.difference !== undefined) break;
  }
  return machine.difference;
}
