/**
 * Request types — the types that a schema demands in the requests of one action.
 */

import type { ContextLayout } from './context-layout.ts';

/** Requests of these types fit the schema, whatever the entities; others may fit, too. */
export interface RequestTypes {
  readonly principals: readonly string[];
  readonly resources: readonly string[];
  /** Whether the empty context does not fit. */
  readonly needsContext: boolean;
  /** What contexts fit. */
  readonly context: ContextLayout;
}
