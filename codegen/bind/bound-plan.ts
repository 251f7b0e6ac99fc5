/**
 * Bound plan — the plan of some actions with the functions that decide their requests, and the rows and indexes of one store.
 */
import type { ActionGroup } from '../compiled-policy.ts';
import type { Plan } from '../plan/plan.ts';
import type { RequestTypes } from '../plan/request-types.ts';
import type { Node, NodePlan } from '../runtime/graph/node.ts';
import type { AnyIndex, Loaded } from '../runtime/program/loaded.ts';
import type { SatisfiedSet } from '../runtime/program/satisfied-set.ts';
import type { PolicyRow } from './rows.ts';

export interface BoundPlan {
  /** Given by the dispatcher; zero if it has none. */
  number: number;
  readonly loaded: Loaded;
  /** What its functions were made of; `undefined` if they are many and follow changes (partitions.ts). */
  readonly inputs: ProgramInputs | undefined;
  readonly start: SatisfiedSet;
  /** Where requests must fit a schema: those that do whatever the entities. */
  readonly types: RequestTypes | undefined;
  readonly groups: readonly ActionGroup[];
  /** The sum of the versions of its groups: the plan is right as long as they have it. */
  readonly version: number;
  /** The dispatchers for which it has its number (`BoundProgram`). */
  numbering: number;
}

/** A plan, a row for each of its inline nodes, and an index for each of the others, in order. */
export interface ProgramInputs {
  readonly plan: Plan;
  readonly rows: readonly PolicyRow[];
  readonly indexes: readonly AnyIndex[];
}

/** What a bound program keeps with an action: the plan that is right for it while the policies are of that version. */
export interface ActionPlan extends NodePlan {
  readonly version: number;
  readonly plan: BoundPlan;
}

/** Whether a request without a context surely fits. Lists are short: a schema gives few types to one action. */
export function surelyFits({ types }: BoundPlan, { $type: principal }: Node, { $type: resource }: Node): boolean {
  return (
    types !== undefined &&
    !types.needsContext &&
    types.principals.includes(principal!) &&
    types.resources.includes(resource!)
  );
}
