/**
 * Dispatch case — what a dispatcher runs for the actions of one plan.
 */
import type { Plan } from './plan.ts';
import type { RequestTypes } from './request-types.ts';

/** The plan nodes that requests of one action need; `number` is that of the action's plan. */
export interface DispatchCase {
  readonly number: number;
  readonly nodes: Plan;
  /** The types that principal and resource may have, if requests must fit a schema. Neither list is empty. */
  readonly types: RequestTypes | undefined;
}
