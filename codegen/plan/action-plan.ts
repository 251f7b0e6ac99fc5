/**
 * Plan — the functions that decide the requests of the actions that meet the same constraints, and what they were made of.
 */

import type { PolicyRow } from '../bind/rows.ts';
import type { ActionGroup } from '../compiled-policy.ts';
import type { Node, NodePlan } from '../runtime/graph/node.ts';
import type { AnyIndex, Loaded } from '../runtime/program/loaded.ts';
import type { SatisfiedSet } from '../runtime/program/satisfied-set.ts';
import type { PlanNode } from './plan.ts';
import type { RequestTypes } from './request-types.ts';

/** What decides the requests of some actions. */
export interface Plan {
  /** Given by the dispatcher; zero if there is no case for it. */
  number: number;
  readonly loaded: Loaded;
  /** What its functions were made of; `undefined` if they are many and follow changes (segments.ts). */
  readonly made: Made | undefined;
  readonly start: SatisfiedSet;
  /** Where requests must fit a schema: those that do whatever the entities. */
  readonly types: RequestTypes | undefined;
  readonly groups: readonly ActionGroup[];
  /** The sum of the versions of its groups: it is right as long as they have it. */
  readonly version: number;
  /** The dispatchers for which it has its number (`BoundProgram`). */
  numbering: number;
}

/** What a bound program keeps with an action: the plan that is right for it while the policies are of that version. */
export interface ActionPlan extends NodePlan {
  readonly version: number;
  readonly plan: Plan;
}

/** Policies of a plan, with the rows and indexes that its parts name by their places. */
interface Made {
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
