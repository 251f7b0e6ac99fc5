/**
 * Plan — the functions that decide the requests of one action, and what they were made of.
 */
import type { Part } from './emit/program.ts';
import type { RequestTypes } from './emit/request-types.ts';
import type { PolicyRow } from './rows.ts';
import type { AnyTable, Loaded } from './runtime/loaded.ts';
import type { Node, NodePlan } from './runtime/node.ts';
import type { Outcome } from './runtime/outcome.ts';

/** What decides the requests of one action. */
export interface Plan extends NodePlan {
  /** Given by the front. */
  number: number;
  readonly loaded: Loaded;
  /** What its functions were made of; `undefined` if they are many and follow changes (segments.ts). */
  readonly made: Made | undefined;
  /** Begun anew where policies come and go. */
  start: Outcome;
  /** Where requests must fit a schema: those that do whatever the entities. */
  readonly types: RequestTypes | undefined;
}

/** Policies of a plan, with the rows and tables that its parts name by their places. */
interface Made {
  /** Of all policies and templates; numbers of tables that stand for theirs. */
  readonly ids: readonly (string | number)[];
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
