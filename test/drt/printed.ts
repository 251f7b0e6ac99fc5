/**
 * Printed — a finding as text: what differs, the files of its golden folder, and what replays it.
 */
import { goldenFolder } from '../arbitrary/golden.ts';
import { tokenOf } from './corpus-case.ts';
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

export function printed({ finding, corpusCase, seed, shrink }: Found): PrintedFinding {
  const { target, oracle } = finding;
  const replay = `${target}:${tokenOf(corpusCase.lineage)}:${seed.toString(36)}`;
  return {
    target,
    oracle: oracle.split(' after ')[0]!,
    text: describe(finding),
    files: goldenFolder(shrink()),
    replay,
  };
}
