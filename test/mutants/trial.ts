/**
 * Trial — the process in which a bug is hunted: differential testing of all targets until something is found.
 */
import type { CaseSize } from '../arbitrary/case.ts';
import { Hunt, TARGETS, type TargetName } from '../drt/hunt.ts';
import { Official } from '../drt/official.ts';
import { OfficialShare } from '../drt/official-share.ts';

/** What the parent is told. */
export interface Verdict {
  readonly target: string;
  readonly judge: string;
  readonly comparisons: number;
}

/** Few requests, for many policies: a bug shows at the first request or at none. */
const SIZE: CaseSize = { policies: 8, requests: 10, fuel: 3 };

/** Cases that the official build is asked at a time. */
const BATCH = 6;

/** How long to hunt before the official build is waited for. */
const SLICE = 250;

const [seed = '', officialModule = ''] = process.argv.slice(2);
const targets: readonly TargetName[] = [...(Object.keys(TARGETS) as TargetName[]), 'official'];

async function trial(): Promise<Verdict> {
  const hunt = new Hunt(Number(seed), 0, targets, SIZE);
  const official = new OfficialShare(new Official(officialModule), hunt, Number(seed), BATCH);
  for (;;) {
    const until = performance.now() + SLICE;
    let found = (await official.turn(true))[0];
    while (found === undefined && performance.now() < until) found = hunt.stepByTime();
    if (found === undefined) continue;
    official.stop();
    const { target, judge } = found.finding;
    return {
      target,
      judge: judge.split(' after ')[0]!,
      comparisons: [...hunt.comparisons.values()].reduce((a, b) => a + b, 0),
    };
  }
}

process.send!(await trial(), () => process.exit(0));
