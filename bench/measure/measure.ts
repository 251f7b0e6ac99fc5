/**
 * Measure — a scenario that times something other than decisions: changes, compiling, starting, memory.
 */
import type { Unit } from '../figure.ts';
import type { Row } from '../row.ts';
import { summary } from '../summary.ts';

/** `quick` shows only that all is well: small sizes, few rounds. */
export type Effort = 'full' | 'quick';

export interface Measure {
  /** What is done, in a line. */
  readonly about: string;
  readonly rows: (effort: Effort) => Row[] | Promise<Row[]>;
}

/** The row of one thing that was done many times; `samples` are of one each. */
export function measured(
  row: Pick<Row, 'scenario' | 'size' | 'engine' | 'mode'>,
  samples: readonly number[],
  unit: Unit = 'ns',
): Row {
  const { scenario, size, engine, mode } = row;
  return { scenario, size, engine, mode, ...summary(samples), unit, ratioToHand: undefined };
}

/** Nanoseconds that `work` takes. */
export function nsOf(work: () => unknown): number {
  const begin = performance.now();
  work();
  return (performance.now() - begin) * 1e6;
}
