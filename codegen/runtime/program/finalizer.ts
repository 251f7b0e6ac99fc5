/**
 * Finalizer — gives up what an engine keeps in stores and policy sets once nobody has the engine any more.
 *
 * Technique: FinalizationRegistry. A store leads to graphs, and these to programs; so an engine is garbage only if none of these lead to the engine that
 * its users hold. That one is a facade: it leads to the programs, and nothing leads back.
 */
import { once } from '../../../src/value/once.ts';

/** What is given up. */
export interface Releasable {
  release(): void;
}

/** Made when it is first needed; hardened environments may have none, and then only `release` gives an engine up. */
const registry = once(() => new FinalizationRegistry<Releasable>((held) => held.release()));

/** Releases `held` some time after `facade` has become garbage. INVARIANT: `held` does not lead to `facade`. */
export function releaseWhenCollected(facade: object, held: Releasable): void {
  if (typeof FinalizationRegistry !== 'undefined') registry().register(facade, held);
}
