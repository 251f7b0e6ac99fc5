/**
 * Figure — a number of a row as people read it: times in the unit that suits them, sizes in bytes.
 */

/** What a row's figure counts; nanoseconds where the row does not say. */
export type Unit = 'ns' | 'bytes';

const TIMES = [
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
] as const;

/** Below this many, a time is shown in nanoseconds, so that those of decisions can be compared at a glance. */
const FEW_NS = 10_000;

/** With three digits: `12.3 ns`, `4.56 ms`, `278 bytes`. */
export function shown(figure: number, unit: Unit = 'ns'): string {
  if (unit !== 'ns' || figure < FEW_NS) return `${digits(figure)} ${unit}`;
  const [name, size] = TIMES.find(([, least]) => figure >= least)!;
  return `${digits(figure / size)} ${name}`;
}

export function digits(figure: number): string {
  return figure.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
