/**
 * Row — one figure of a run, and how it is printed.
 */
import type { Unit } from './figure.ts';
import type { Timing } from './harness.ts';

export interface Row extends Timing {
  readonly scenario: string;
  readonly size: number;
  /**
   * What `nsPerDecision` counts where it is not the time of a decision: `ns` of what `mode` says was done once (a policy parsed, a change followed,
   * a process started), or `bytes` of what it names.
   */
  readonly unit?: Unit;
  /** To the function written by hand with the same answer; `undefined` where there is none. */
  readonly ratioToHand: number | undefined;
  /** In files, where the row was timed elsewhere than most: rows of one scenario are of one machine. */
  readonly machine?: string;
}

/** Rows of one scenario and size, with their ratios. */
export function rowsOf(scenario: string, size: number, timings: readonly Timing[]): Row[] {
  const byHand = timings.filter((each) => each.engine === 'hand-written');
  const limitOf = (form: string) => byHand.find((each) => each.mode === form)?.nsPerDecision;
  /** The function for this form of request (rivals/request-forms.ts), or for the kind of answer alone. */
  const hand = (mode: string) =>
    limitOf(mode.split(';')[0]!) ??
    limitOf(mode.split(',')[0]!) ??
    limitOf(mode.split(';')[0]!.replace('full', 'decision'));
  return timings.map(({ engine, mode, nsPerDecision, spread }) => {
    const limit = hand(mode);
    const ratioToHand = limit === undefined ? undefined : nsPerDecision / limit;
    return { scenario, size, engine, mode, nsPerDecision, spread, ratioToHand };
  });
}

export function printRow({ engine, mode, nsPerDecision, spread, ratioToHand, unit = 'ns' }: Row): string {
  const figure = nsPerDecision
    .toLocaleString('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 1 })
    .padStart(16);
  const ratio = ratioToHand === undefined ? '' : `${ratioToHand.toFixed(2)} × by hand`;
  const share = `± ${(spread * 100).toFixed(0)} %`.padStart(8);
  return `  ${engine.padEnd(13)}${mode.padEnd(44)}${figure} ${unit} ${share}   ${ratio}`.trimEnd();
}
