/**
 * Finalizer — gives up what an object keeps in others, once nobody has the object any more.
 *
 * Technique: FinalizationRegistry. What is given up is held weakly, so the registry keeps nothing alive: what is garbage itself need not be given up.
 */
import { once } from './once.ts';
import { type WeakReference, weakReference } from './weak-reference.ts';

/** What is given up. */
export interface Releasable {
  release(): void;
}

/** Made when it is first needed; hardened environments may have none, and then only `release` gives up. */
const registry = once(
  () => new FinalizationRegistry<WeakReference<Releasable>>((released) => released.deref()?.release()),
);

/** Releases `held` some time after `owner` has become garbage. INVARIANT: what keeps `held` alive does not lead to `owner`. */
export function releaseWhenCollected(owner: object, held: Releasable): void {
  if (typeof FinalizationRegistry !== 'undefined') registry().register(owner, weakReference(held, 'forget'), held);
}

/** For what has been released before its owner is garbage: otherwise the registry remembers all that an owner ever had. */
export function forgetReleased(held: Releasable): void {
  if (typeof FinalizationRegistry !== 'undefined') registry().unregister(held);
}
