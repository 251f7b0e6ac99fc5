/**
 * Open request — how a filter says what depends on the request alone, where the request is not known when the filter is made.
 *
 * There are four ways: the request is known, any constant stands for it (`symbolic.ts`), its values are parameters (`parameters.ts`), or the
 * database itself knows who asks (`session.ts`).
 */
import type { Residual, ResidualOf } from '../partial/residual.ts';
import { Inexpressible } from './condition.ts';
import type { Places } from './place.ts';
import type { Meaning, Term } from './term.ts';

export interface OpenRequest {
  /** The meaning of a condition that does not depend on the row; `undefined` where it is translated like all others. */
  meaning(r: Residual): Meaning | undefined;
  /** The same for what is not a condition. */
  term(r: Residual): Term | undefined;
  /** The entity and its ancestors of a type as a set; `undefined` where `in` is translated like all others. */
  ancestors(r: Residual, type: string): Term | undefined;
  /** The principal or the context. */
  variable(r: ResidualOf<'var'>, places: Places): Term;
}

/** Nothing is open. */
export const KNOWN_REQUEST: OpenRequest = {
  meaning: () => undefined,
  term: () => undefined,
  ancestors: () => undefined,
  variable({ name }) {
    throw new Inexpressible(`\`${name}\` is not known`);
  },
};
