/**
 * Inline cache — the store that an engine was asked about last, and the fast path of its program.
 */
import type { Dispatcher } from '../../codegen/index.ts';
import type { RequestInput } from './input/request-input.ts';

/** It gives `undefined` for what it leaves to others. */
export type FastPath = Pick<Dispatcher<RequestInput>, 'isAllowed' | 'isAuthorized'>;

export const NO_FAST_PATH: FastPath = { isAllowed: () => undefined, isAuthorized: () => undefined };

/** Fields of one object, so that a question loads as few as can be. */
export interface InlineCache extends FastPath {
  /** `undefined` while no program may answer without being looked up. */
  entities: unknown;
  isAllowed: FastPath['isAllowed'];
  isAuthorized: FastPath['isAuthorized'];
}
