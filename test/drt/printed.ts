/**
 * Printed — a finding as text: what differs, the files of its golden folder, and what replays it.
 */
import { describe } from './finding.ts';
import type { Found } from './fuzz.ts';

export interface PrintedFinding {
  readonly target: string;
  readonly oracle: string;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
  /** For `npm run drt -- --replay`. */
  readonly replay: string;
}

export function printed({ finding, replay, files }: Found): PrintedFinding {
  const { target, oracle } = finding;
  return { target, oracle: oracle.split(' after ')[0]!, text: describe(finding), files: files(), replay };
}
