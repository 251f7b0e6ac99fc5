/**
 * Corpus case — the seeds a case came from: those of its world and of itself, then one for each mutation. It makes the case again.
 */
import { arbitraryFlavour, type Case, type CaseSize, caseIn } from '../arbitrary/case.ts';
import { mutated } from '../arbitrary/mutate.ts';
import { Random } from '../arbitrary/random.ts';
import { arbitraryWorld, type World } from '../arbitrary/world.ts';

/** Long runs live on many requests for each compilation. */
export const SIZE: CaseSize = { policies: 5, requests: 200, fuel: 3 };

export interface CorpusCase {
  readonly seeds: readonly number[];
  readonly world: World;
  readonly given: Case;
}

export function worldOfSeed(seed: number): World {
  return arbitraryWorld(new Random(seed, 2));
}

export function fresh(worldSeed: number, seed: number, world = worldOfSeed(worldSeed), size = SIZE): CorpusCase {
  const random = new Random(seed, 3);
  return { seeds: [worldSeed, seed], world, given: caseIn(random, world, arbitraryFlavour(random), size) };
}

export function descend({ seeds, world, given }: CorpusCase, seed: number): CorpusCase {
  return { seeds: [...seeds, seed], world, given: mutated(given, world, seed) };
}

/** Such as `1a2b-3c4d-5e6f`. */
export function tokenOf(seeds: readonly number[]): string {
  return seeds.map((seed) => seed.toString(36)).join('-');
}

export function corpusCaseFrom(token: string): CorpusCase {
  const [worldSeed = 0, seed = 0, ...mutations] = token.split('-').map((part) => Number.parseInt(part, 36));
  return mutations.reduce(descend, fresh(worldSeed, seed));
}
