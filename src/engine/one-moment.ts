/**
 * One moment — reads a request, or decides it, by the policies of one moment.
 *
 * The policies say what is read of a request. Reading may run code of the asker, such as getters, and that may change the policies.
 *
 * Technique: optimistic concurrency control. If the version has changed meanwhile, it is done once more.
 */
import { CedarmillError } from '../value/cedarmill-error.ts';

/** How often a request is read whose getters change the policies each time. */
const READS_AT_MOST = 4;

/** Throws `CedarmillError` if the version never stays the same. */
export function ofOneMoment<V, T>(versionOf: () => V, act: (version: V) => T): T {
  for (let i = 0; i < READS_AT_MOST; i++) {
    const version = versionOf();
    const result = act(version);
    if (versionOf() === version) return result;
  }
  throw new CedarmillError('policiesChange', 'the policies change each time while the request is read');
}
