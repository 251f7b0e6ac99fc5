/**
 * Row — one figure of a run, and how it is printed.
 */
import type { Timing } from './harness.ts';

export interface Row extends Timing {
  readonly scenario: string;
  readonly size: number;
  /** To the function written by hand with the same answer; `undefined` where there is none. */
  readonly ratioToHand: number | undefined;
}

/** Rows of one scenario and size, with their ratios. */
export function rowsOf(scenario: string, size: number, timings: readonly Timing[]): Row[] {
  const hand = (mode: string) =>
    timings.find((each) => each.engine === 'hand-written' && each.mode === mode.split(',')[0])?.nsPerDecision;
  return timings.map((timing) => {
    const limit = hand(timing.mode);
    return { scenario, size, ...timing, ratioToHand: limit === undefined ? undefined : timing.nsPerDecision / limit };
  });
}

export function printRow({ engine, mode, nsPerDecision, spread, ratioToHand }: Row): string {
  const ns = nsPerDecision.toLocaleString('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 1 }).padStart(16);
  const ratio = ratioToHand === undefined ? '' : `${ratioToHand.toFixed(2)} × by hand`;
  const share = `± ${(spread * 100).toFixed(0)} %`.padStart(8);
  return `  ${engine.padEnd(13)}${mode.padEnd(36)}${ns} ns ${share}   ${ratio}`.trimEnd();
}
