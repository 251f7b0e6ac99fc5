/**
 * Weak participant — takes part in the changes of a policy set for another object, which the set does not keep alive.
 *
 *     before  set → engine:            an engine that its users have dropped stays as long as the set
 *     after   set → participant ⇢ engine:  it is garbage, and the participant leaves the set some time afterwards
 */
import { releaseWhenCollected } from '../value/finalizer.ts';
import { type WeakReference, weakReference } from '../value/weak-reference.ts';
import type { ChangeParticipant, PolicyChange, PolicySet, PreparedChange } from './policy-set.ts';

const NOTHING_TO_FOLLOW: PreparedChange = { begin: () => {}, commit: () => {} };

/** Has `follower` take part in each change, until the function it gives is called, or until nobody holds the follower any more. */
export function enlistWeakly(follower: ChangeParticipant, policies: PolicySet): () => void {
  const participant = new WeakParticipant(follower, policies);
  return () => participant.release();
}

class WeakParticipant implements ChangeParticipant {
  readonly #follower: WeakReference<ChangeParticipant>;
  readonly #leave: () => void;

  constructor(follower: ChangeParticipant, policies: PolicySet) {
    this.#follower = weakReference(follower, 'hold');
    this.#leave = policies.enlist(this);
    releaseWhenCollected(follower, this);
  }

  prepare(change: PolicyChange): PreparedChange {
    return this.#follower.deref()?.prepare(change) ?? NOTHING_TO_FOLLOW;
  }

  release(): void {
    this.#leave();
  }
}
