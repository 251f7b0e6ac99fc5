/**
 * Program options — what a program is made for.
 */

import type { AttributeKinds } from '../ir/kind.ts';
import type { EntityLayout } from '../plan/entity-layout.ts';

/** The functions of a program: for the whole answer, and for the decision alone. */
export type Mode = 'full' | 'decide';

export interface CallOptions {
  /** What the schema says of all entity types, if there is one. */
  readonly layouts: readonly EntityLayout[] | undefined;
}

export interface ProgramOptions {
  /** Whether requests of other actions come here too, so that the action must be tested. */
  readonly testAction: boolean;
  /** The attributes of data that fit the schema: where policies were validated against it, checks that are needless then are left out. */
  readonly wellTyped?: AttributeKinds | undefined;
  /**
   * The program is a part of a greater one (partitions.ts) and its policies are of one effect: satisfied sets remember them by row, and `decide` tells
   * whether any is satisfied.
   */
  readonly partition?: boolean | undefined;
  /** Say in comments where in its source each statement of a policy comes from (source-mark.ts). */
  readonly sourceMarks?: boolean | undefined;
  /** Requests bring their entities, which emitted code reads. */
  readonly calls?: CallOptions | undefined;
  /** Emit one of the two functions only. */
  readonly only?: Mode | undefined;
}
