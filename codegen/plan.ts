/**
 * Plan — the functions that decide the requests of the actions that meet the same constraints, and what they were made of.
 */
import type { Part } from './emit/program.ts';
import type { RequestTypes } from './emit/request-types.ts';
import type { ActionGroup } from './entry.ts';
import type { PolicyRow } from './rows.ts';
import type { AnyTable, Loaded } from './runtime/loaded.ts';
import type { Node, NodePlan } from './runtime/node.ts';
import type { Outcome } from './runtime/outcome.ts';

/** What decides the requests of some actions. */
export interface Plan {
  /** Given by the front; zero if there is no case for it. */
  number: number;
  readonly loaded: Loaded;
  /** What its functions were made of; `undefined` if they are many and follow changes (segments.ts). */
  readonly made: Made | undefined;
  readonly start: Outcome;
  /** Where requests must fit a schema: those that do whatever the entities. */
  readonly types: RequestTypes | undefined;
  readonly groups: readonly ActionGroup[];
  /** The sum of the versions of its groups: it is right as long as they have it. */
  readonly version: number;
  /** The fronts for which it has its number (`BoundProgram`). */
  numbering: number;
}

/** What a bound program keeps with an action: the plan that is right for it while the policies are of that version. */
export interface ActionPlan extends NodePlan {
  readonly version: number;
  readonly plan: Plan;
}

/** Policies of a plan, with the rows and tables that its parts name by their places. */
interface Made {
  readonly parts: readonly Part[];
  readonly rows: readonly PolicyRow[];
  readonly tables: readonly AnyTable[];
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
