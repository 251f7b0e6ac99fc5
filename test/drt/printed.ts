/**
 * Printed — a finding as text: what differs, the files of its golden folder, and what replays it.
 */
import { describe } from './finding.ts';
import type { Found } from './hunt.ts';

export interface PrintedFinding {
  readonly target: string;
  readonly judge: string;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
  /** For `npm run drt -- --replay`. */
  readonly replay: string;
}

export function printed({ finding, replay, files }: Found): PrintedFinding {
  const { target, judge } = finding;
  return { target, judge: judge.split(' after ')[0]!, text: describe(finding), files: files(), replay };
}
