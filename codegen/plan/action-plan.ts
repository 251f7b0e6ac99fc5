/**
 * Plan — the functions that decide the requests of one action, and what they were made of.
 */

import type { PolicyRow } from '../bind/rows.ts';
import type { PlanNode } from '../emit/program.ts';
import type { Node, NodePlan } from '../runtime/graph/node.ts';
import type { AnyIndex, Loaded } from '../runtime/program/loaded.ts';
import type { SatisfiedSet } from '../runtime/program/satisfied-set.ts';
import type { RequestTypes } from './request-types.ts';

/** What decides the requests of one action. */
export interface Plan extends NodePlan {
  /** Given by the dispatcher. */
  number: number;
  readonly loaded: Loaded;
  /** What its functions were made of; `undefined` if they are many and follow changes (segments.ts). */
  readonly made: Made | undefined;
  /** Begun anew where policies come and go. */
  start: SatisfiedSet;
  /** Where requests must fit a schema: those that do whatever the entities. */
  readonly types: RequestTypes | undefined;
}

/** Policies of a plan, with the rows and indexes that its parts name by their places. */
interface Made {
  /** Of all policies and templates; numbers of indexes that stand for theirs. */
  readonly ids: readonly (string | number)[];
  readonly parts: readonly PlanNode[];
  readonly rows: readonly PolicyRow[];
  readonly indexes: readonly AnyIndex[];
}

/** Whether a request without a context surely fits. Lists are short: a schema gives few types to one action. */
export function surelyFits({ types }: Plan, { $type: principal }: Node, { $type: resource }: Node): boolean {
  return (
    types !== undefined &&
    !types.needsContext &&
    types.principals.includes(principal!) &&
    types.resources.includes(resource!)
  );
}
