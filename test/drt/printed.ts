/**
 * Printed — a finding as text: what differs, the files of its golden folder, and what replays it.
 */
import { goldenFolder } from '../arbitrary/golden.ts';
import { describe } from './finding.ts';
import type { Found } from './hunt.ts';
import { tokenOf } from './lineage.ts';

export interface PrintedFinding {
  readonly target: string;
  readonly judge: string;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
  /** For `npm run drt -- --replay`. */
  readonly replay: string;
}

export function printed({ finding, bred, seed, shrink }: Found): PrintedFinding {
  const { target, judge } = finding;
  const replay = `${target}:${tokenOf(bred.lineage)}:${seed.toString(36)}`;
  return { target, judge: judge.split(' after ')[0]!, text: describe(finding), files: goldenFolder(shrink()), replay };
}
