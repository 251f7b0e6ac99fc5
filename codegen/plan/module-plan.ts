/**
 * Module plan — which functions the program of a module has, and which of them its dispatcher calls for an action.
 */
import type { EntityLayout } from './entity-layout.ts';
import type { Plan } from './plan.ts';
import type { RequestTypes } from './request-types.ts';

/** The functions of one set of action groups. */
export interface ModuleFunctions {
  readonly nodes: Plan;
  /** Whether actions that do not meet all of the policies come here too. */
  readonly testAction: boolean;
}

/** A case of the dispatcher, numbered from 1 on. */
export interface ModuleDispatchCase {
  /** The number of its functions. */
  readonly set: number;
  readonly types: RequestTypes | undefined;
}

export interface ModulePlan {
  /** Those of the whole module. */
  readonly nodes: Plan;
  readonly sets: readonly ModuleFunctions[];
  readonly cases: readonly ModuleDispatchCase[];
  /** Whether requests must fit a schema. */
  readonly checked: boolean;
  /** What the schema says of all entity types, if there is one. */
  readonly layouts: readonly EntityLayout[] | undefined;
}
