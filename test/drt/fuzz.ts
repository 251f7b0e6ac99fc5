/**
 * Fuzz — one core's share of differential testing: generates and mutates cases, asks the oracles, keeps the cases that reach something new.
 */

import { parsePolicy } from '../../src/parser/text/policy.ts';
import type { Policy } from '../../src/syntax/policy.ts';
import { printPolicy } from '../../src/syntax/print.ts';
import type { Case, CaseSize } from '../arbitrary/case.ts';
import { withConstantNoise } from '../arbitrary/constant-noise.ts';
import { goldenFolder } from '../arbitrary/golden.ts';
import { Random, type Weights, weights } from '../arbitrary/random.ts';
import { shrink } from '../arbitrary/shrink.ts';
import type { World } from '../arbitrary/world.ts';
import { Shapes } from './case-form.ts';
import { type CorpusCase, descend, fresh, SIZE, tokenOf, worldOfSeed } from './corpus-case.ts';
import { Coverage } from './coverage.ts';
import { causeOf, type Finding, guarded } from './finding.ts';
import { Pairs } from './lifecycle/pairs.ts';
import { checkAsData, checkAuthorize, checkCallEntities, checkLayers, policySetOf } from './target/authorize.ts';
import { checkCodecs } from './target/codecs.ts';
import { checkDropIn } from './target/drop-in.ts';
import { checkFilters } from './target/filter.ts';
import { checkFormal } from './target/formal.ts';
import { liveAndCheck } from './target/lifecycle.ts';
import { checkModule } from './target/module.ts';
import { checkPartial } from './target/partial.ts';
import { checkPreparedContexts } from './target/prepared-contexts.ts';
import { checkRoundtrip } from './target/roundtrip.ts';
import { checkSlices } from './target/slices.ts';
import { checkNearMisses, checkSoundness } from './target/soundness.ts';
import { checkUpdates } from './target/updates.ts';

/** `official` is asked apart, for it answers later; `lifecycle` makes its own cases. */
export type TargetName =
  | 'authorize'
  | 'roundtrip'
  | 'codecs'
  | 'visits'
  | 'slices'
  | 'updates'
  | 'soundness'
  | 'misses'
  | 'module'
  | 'formal'
  | 'partial'
  | 'dropin'
  | 'filter'
  | 'lifecycle'
  | 'official';

interface Target {
  /** How often it is chosen, out of the sum of all. */
  readonly weight: number;
  /** How many requests of a case it looks at. */
  readonly requests: number;
  readonly check: (given: Case, seed: number, coverage?: Coverage) => Finding | undefined;
}

export const TARGETS: Readonly<Record<Exclude<TargetName, 'official' | 'lifecycle'>, Target>> = {
  authorize: { weight: 66, requests: 200, check: (given, _, coverage) => checkAuthorize(given, coverage) },
  slices: { weight: 4, requests: 40, check: checkSlices },
  soundness: { weight: 4, requests: 40, check: (given) => checkSoundness(given) },
  misses: { weight: 3, requests: 40, check: checkNearMisses },
  module: { weight: 4, requests: 40, check: checkModule },
  roundtrip: { weight: 14, requests: 1, check: (given, seed) => checkRoundtrip(given) ?? checkSpans(given, seed) },
  codecs: { weight: 8, requests: 8, check: (given) => checkCodecs(given) ?? checkAsData(given) },
  visits: {
    weight: 3,
    requests: 4,
    check: (given, seed) =>
      checkCallEntities(given, new Random(seed)) ??
      checkLayers(given, new Random(seed + 1)) ??
      checkPreparedContexts({ requests: given.requests.slice(0, 2), entities: given.entities }, policySetOf(given)),
  },
  updates: { weight: 4, requests: 2, check: checkUpdates },
  formal: { weight: 2, requests: 4, check: checkFormal },
  partial: { weight: 5, requests: 6, check: (given, seed) => checkPartial(given, seed) },
  dropin: { weight: 3, requests: 48, check: checkDropIn },
  filter: { weight: 3, requests: 8, check: (given, seed) => checkFilters(given, seed) },
};

export type CheckedName = keyof typeof TARGETS | 'lifecycle';

/** How often sequences of operations are chosen, out of the sum of all. */
const LIFECYCLE_WEIGHT = 4;

/** A finding with what shows it. */
export interface Found {
  readonly finding: Finding;
  /** What makes it again: `target:case:seed`. */
  readonly replay: string;
  /** The smallest case that shows it, as files: takes seconds. */
  readonly files: () => Readonly<Record<string, string>>;
}

/** A finding of a target that is given cases. */
export function foundIn(corpusCase: CorpusCase, seed: number, finding: Finding, shrink: () => Case): Found {
  const replay = `${finding.target}:${tokenOf(corpusCase.seeds)}:${seed.toString(36)}`;
  return { finding, replay, files: () => goldenFolder(shrink()) };
}

/** Cases of a world before another one is made. */
const IN_WORLD = 8;
/** Cases that are kept for mutation; the oldest make room. */
const KEPT = 500;

export class Fuzz {
  readonly coverage = new Coverage();
  readonly shapes = new Shapes();
  readonly pairs = new Pairs();
  readonly comparisons = new Map<TargetName, number>();
  readonly #random: Random;
  readonly #weights: Weights<CheckedName>;
  readonly #kept: CorpusCase[] = [];
  readonly #size: CaseSize;
  readonly #time = new Map<CheckedName, number>();
  /** The causes found so far: what differs again in the same way is not reported again. */
  readonly #causes = new Set<string>();
  #world: World;
  #worldSeed: number;
  #left = IN_WORLD;

  /** Cases of another size than SIZE cannot be replayed by their seeds. */
  constructor(seed: number, stream: number, targets: readonly TargetName[], size = SIZE) {
    this.#size = size;
    this.#random = new Random(seed, stream);
    const all = Object.entries(TARGETS).map(([name, { weight }]) => [name, weight] as const);
    const chosen = [...all, ['lifecycle', LIFECYCLE_WEIGHT] as const].filter(([name]) =>
      targets.includes(name as TargetName),
    );
    this.#weights = weights(Object.fromEntries(chosen) as Record<CheckedName, number>);
    this.#worldSeed = this.#random.next();
    this.#world = worldOfSeed(this.#worldSeed);
  }

  get kept(): number {
    return this.#kept.length;
  }

  /** One case to one target, the targets in proportion to their weights. */
  step(): Found | undefined {
    return this.#put(this.#random.weighted(this.#weights));
  }

  /** One case to the target that has had the least time for its share. */
  stepByTime(shares: Readonly<Record<CheckedName, number>>): Found | undefined {
    const start = performance.now();
    const used = (name: CheckedName) => (this.#time.get(name) ?? 0) / shares[name];
    const name = this.#weights.keys.reduce((a, b) => (used(b) < used(a) ? b : a));
    const found = this.#put(name);
    this.#time.set(name, (this.#time.get(name) ?? 0) + performance.now() - start);
    return found;
  }

  #put(name: CheckedName): Found | undefined {
    const found = name === 'lifecycle' ? this.#live() : this.#check(name);
    if (found === undefined) return undefined;
    const cause = causeOf(found.finding);
    if (this.#causes.has(cause)) return undefined;
    this.#causes.add(cause);
    return found;
  }

  #live(): Found | undefined {
    const { found, count } = liveAndCheck(this.#random.seed(), this.pairs);
    this.count('lifecycle', count);
    return found;
  }

  #check(name: keyof typeof TARGETS): Found | undefined {
    const target = TARGETS[name];
    const corpusCase = this.breed();
    const seed = this.#random.next();
    const given = { ...corpusCase.given, requests: corpusCase.given.requests.slice(0, target.requests) };
    const finding = guarded(name, () => target.check(given, seed, this.coverage));
    this.count(name, name === 'roundtrip' ? given.policies.length : given.requests.length);
    return finding && foundIn(corpusCase, seed, finding, () => shrunkBy(name, given, seed, finding));
  }

  /** A fresh case, or a descendant of a kept one. */
  breed(): CorpusCase {
    const random = this.#random;
    if (this.#kept.length > 0 && random.chance(30)) {
      const corpusCase = descend(random.pick(this.#kept), random.next());
      if (corpusCase.seeds.length < 8) this.#keep(corpusCase);
      return corpusCase;
    }
    if (this.#left-- === 0) {
      this.#left = IN_WORLD;
      this.#worldSeed = random.next();
      this.#world = worldOfSeed(this.#worldSeed);
    }
    const corpusCase = fresh(this.#worldSeed, random.next(), this.#world, this.#size);
    this.#keep(corpusCase);
    return corpusCase;
  }

  count(name: TargetName, comparisons: number): void {
    this.comparisons.set(name, (this.comparisons.get(name) ?? 0) + comparisons);
  }

  #keep(corpusCase: CorpusCase): void {
    if (!this.shapes.learn(corpusCase.given.policies)) return;
    if (this.#kept.length < KEPT) this.#kept.push(corpusCase);
    else this.#kept[this.#random.int(KEPT)] = corpusCase;
  }
}

/** The smallest case that makes the same oracle differ. */
export function shrunkBy(name: keyof typeof TARGETS, given: Case, seed: number, { oracle }: Finding): Case {
  const kind = oracle.split(' after ')[0];
  return shrink(
    given,
    (candidate) => guarded(name, () => TARGETS[name].check(candidate, seed))?.oracle.split(' after ')[0] === kind,
  );
}

/** The same policies with places in a source, so that the places of errors are compared too; some with what passes feed on. */
function checkSpans(given: Case, seed: number): Finding | undefined {
  const random = new Random(seed);
  const policies = random.chance(50)
    ? given.policies
    : given.policies.map((policy) => withConstantNoise(random, policy));
  const parsed = policies.map((policy) => parsePolicy(printPolicy(policy), policy.id).policy);
  return parsed.every((policy): policy is Policy => policy !== undefined)
    ? checkAuthorize({ ...given, policies: parsed })
    : undefined;
}
