/**
 * Trial — the process that looks for one bug: differential testing of all targets until something is found.
 */
import type { CaseSize } from '../arbitrary/case.ts';
import { type CheckedName, Fuzz, TARGETS, type TargetName } from '../drt/fuzz.ts';
import { Official } from '../drt/official.ts';
import { OfficialShare } from '../drt/official-share.ts';

/** What the parent is told. */
export interface Verdict {
  readonly target: string;
  readonly oracle: string;
  readonly comparisons: number;
}

/** Few requests, for many policies: a bug shows at the first request or at none. */
const SIZE: CaseSize = { policies: 8, requests: 16, fuel: 3 };

/** Cases that the official build is asked at a time. */
const BATCH = 6;

/** How many milliseconds to compare before the answers of the official build are looked for, and how long it rests where it is not among the nearest. */
const SLICE = 20;
const REST = 4;

/**
 * The targets nearest to what was changed, by the folder of the patch: they get most of the time, as they do when a change is reviewed. Who is named twice gets
 * twice as much.
 */
const NEAREST: Readonly<Record<string, readonly TargetName[]>> = {
  codec: ['codecs', 'official', 'roundtrip'],
  desugar: ['official', 'roundtrip'],
  dropin: ['dropin'],
  emit: ['authorize', 'module', 'soundness', 'soundness'],
  extension: ['formal', 'official'],
  filter: ['filter'],
  fold: ['roundtrip', 'authorize'],
  lifecycle: ['lifecycle'],
  model: ['formal', 'authorize'],
  module: ['module', 'soundness'],
  parser: ['official', 'roundtrip'],
  partial: ['partial'],
  printer: ['roundtrip', 'official'],
  schema: ['official', 'soundness'],
  slice: ['authorize', 'updates'],
  store: ['updates', 'lifecycle'],
  validator: ['official', 'misses', 'soundness'],
  value: ['formal', 'official', 'authorize'],
  visit: ['visits', 'soundness'],
};

/** What the nearest targets leave to the others, of a hundred. */
const OTHERS = 15;

const [seed = '', officialModule = '', folder = ''] = process.argv.slice(2);
const targets: readonly TargetName[] = [...(Object.keys(TARGETS) as TargetName[]), 'lifecycle', 'official'];

function sharesOf(nearest: readonly TargetName[]): Readonly<Record<CheckedName, number>> {
  const names: readonly CheckedName[] = [...(Object.keys(TARGETS) as CheckedName[]), 'lifecycle'];
  const near = nearest.filter((name) => name !== 'official');
  const others = names.filter((name) => !near.includes(name));
  const share = (name: CheckedName) =>
    others.includes(name)
      ? OTHERS / others.length
      : ((100 - OTHERS) * near.filter((each) => each === name).length) / near.length;
  return Object.fromEntries(names.map((name) => [name, share(name)])) as Record<CheckedName, number>;
}

async function trial(): Promise<Verdict> {
  const nearest = NEAREST[folder] ?? [];
  const shares = sharesOf(nearest);
  const fuzz = new Fuzz(Number(seed), 0, targets, SIZE);
  const share = { batch: BATCH, rest: nearest.includes('official') ? 0 : REST };
  const official = new OfficialShare(new Official(officialModule), fuzz, Number(seed), share);
  for (;;) {
    await new Promise(setImmediate);
    const until = performance.now() + SLICE;
    let found = official.turn()[0];
    while (found === undefined && performance.now() < until) found = fuzz.stepByTime(shares);
    if (found === undefined) continue;
    official.stop();
    const { target, oracle } = found.finding;
    return {
      target,
      oracle: oracle.split(' after ')[0]!,
      comparisons: [...fuzz.comparisons.values()].reduce((a, b) => a + b, 0),
    };
  }
}

process.send!(await trial(), () => process.exit(0));
