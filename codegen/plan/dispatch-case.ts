/**
 * Dispatch case — what a dispatcher runs for the actions of one plan.
 */
import type { Plan } from './plan.ts';
import type { RequestTypes } from './request-types.ts';

/** The plan nodes that requests of one action need; `number` is that of the action's plan. */
export interface DispatchCase {
  readonly number: number;
  readonly nodes: Plan;
  /** Of which types principal and resource must be, where requests must fit a schema; there are some of each. */
  readonly types: RequestTypes | undefined;
}
