/**
 * Action plans — the plans of one bound program, by the action groups that an action meets.
 *
 *     before  a plan for each action
 *     after   a plan for each set of action groups: actions that meet the same constraints share it, however many they are
 *
 * Technique: plans are valid for a version. Each group has a version that changes with its policies. A plan knows the sum of those of its groups:
 * versions only grow, so the sum is the same only while all of them are.
 */
import type { EntityUid } from '../../src/value/entity-uid.ts';
import type { CompiledPolicies } from '../compile.ts';
import type { ActionGroup, CompiledPolicy, CompiledStaticPolicy } from '../compiled-policy.ts';
import type { CallOptions, ProgramOptions } from '../emit/program-options.ts';
import type { AttributeKinds } from '../ir/kind.ts';
import { INDEX_FROM, MANY_PLANS, PARTITION_FROM, SWEEP_FROM } from '../plan/limits.ts';
import { planOf } from '../plan/planner.ts';
import type { RequestTypes } from '../plan/request-types.ts';
import type { Node } from '../runtime/graph/node.ts';
import type { Loaded } from '../runtime/program/loaded.ts';
import { SatisfiedSet } from '../runtime/program/satisfied-set.ts';
import type { BoundPlan } from './bound-plan.ts';
import { joined, PolicyPartition } from './partitions.ts';
import { PlanPrograms } from './plan-programs.ts';
import type { Rows } from './rows.ts';

export interface PlanOptions {
  /** The entities of the store, and all requests, fit the schema that the policies were validated against, of whose attributes this tells. */
  readonly wellTyped?: AttributeKinds | undefined;
  /** The request types of an action, if requests must conform to a schema. */
  readonly requestTypes?: ((action: EntityUid) => RequestTypes) | undefined;
  /** If the entities come with each request: how emitted code reads them. */
  readonly calls?: CallOptions | undefined;
}

/** Grows with every change of one of the groups. */
function versionOf(groups: readonly ActionGroup[]): number {
  return groups.reduce((sum, group) => sum + group.version, 0);
}

function inPolicyOrder<P extends CompiledPolicy>(policies: readonly P[]): readonly P[] {
  return [...policies].sort((a, b) => a.order - b.order);
}

export class ActionPlans {
  readonly #compiled: CompiledPolicies;
  readonly #options: PlanOptions;
  readonly #programs: PlanPrograms;
  readonly #plans = new Map<string, BoundPlan>();
  #sweepAt = SWEEP_FROM;
  /** Those of groups that are part of a plan in partitions. */
  readonly #partitions = new WeakMap<ActionGroup, PolicyPartition>();
  /** Groups of many policies that have changed since they were first planned, and may change again. */
  readonly #volatileGroups = new WeakSet<ActionGroup>();

  constructor(compiled: CompiledPolicies, rows: Rows, runtime: object, options: PlanOptions) {
    this.#compiled = compiled;
    this.#options = options;
    this.#programs = new PlanPrograms(compiled, rows, runtime, options.wellTyped);
  }

  /** What dispatchers are made for. */
  get programOptions(): ProgramOptions {
    return { ...this.#programs.options, calls: this.#options.calls };
  }

  /** The plan of the groups whose constraint the action meets. Spec: the action scope evaluated, which cannot err. */
  planFor(action: Node): BoundPlan {
    const groups = this.#groupsOf(action);
    const types = this.#options.requestTypes?.(action.$uid!);
    const key = `${groups.map(({ number }) => number).join()} ${types === undefined ? '' : JSON.stringify(types)}`;
    const version = versionOf(groups);
    const known = this.#plans.get(key);
    if (known !== undefined && known.version === version) return known;
    const made = this.#isPartitioned(groups) ? this.#partitioned(groups) : this.#whole(groups);
    const start = SatisfiedSet.start(made.inputs?.rows.length ?? 0);
    const plan = { number: 0, ...made, start, types, groups, version, numbering: -1 };
    if (this.#plans.size >= this.#sweepAt) this.#sweep();
    this.#plans.set(key, plan);
    return plan;
  }

  /** Forgets the plans of former versions, each time when there are twice as many as were left the last time. */
  #sweep(): void {
    for (const [key, { groups, version }] of [...this.#plans])
      if (versionOf(groups) !== version) this.#plans.delete(key);
    this.#sweepAt = 2 * this.#plans.size + SWEEP_FROM;
  }

  /** The plans that have this numbering. */
  *plansOf(numbering: number): IterableIterator<BoundPlan> {
    for (const plan of this.#plans.values()) if (plan.numbering === numbering) yield plan;
  }

  add(policy: CompiledStaticPolicy): void {
    this.#partitions.get(policy.group)?.add(policy);
    this.#noteChange(policy.group);
  }

  remove(policy: CompiledStaticPolicy): void {
    this.#partitions.get(policy.group)?.remove(policy);
    this.#noteChange(policy.group);
  }

  /**
   * The functions of policies that do not belong to the set (`CompiledPolicies.beside`). Each is a row of its skeleton, so that nothing is compiled for
   * a skeleton that was met before.
   */
  beside(policies: readonly CompiledPolicy[]): Loaded {
    return joined([new PolicyPartition({ entries: policies }, this.#programs.partitions, 1)], []);
  }

  /** The same as one program of their own. */
  written(policies: readonly CompiledPolicy[]): Loaded {
    return this.#programs.written(policies);
  }

  #noteChange(group: ActionGroup): void {
    if (group.entries.size >= PARTITION_FROM) this.#volatileGroups.add(group);
  }

  #groupsOf(action: Node): readonly ActionGroup[] {
    if (this.#compiled.options.slice === false) return this.#compiled.groups;
    return this.#compiled.matching(
      action.$uid!,
      action.$ancestors.list.map(({ $uid }) => $uid!),
    );
  }

  #isPartitioned(groups: readonly ActionGroup[]): boolean {
    const { slice, partitionFrom } = this.#compiled.options;
    if (slice === false) return false;
    const size = groups.reduce((sum, { entries }) => sum + entries.size, 0);
    const isVolatile = groups.some((group) => this.#volatileGroups.has(group));
    return size >= (partitionFrom ?? (isVolatile ? PARTITION_FROM : Infinity)) || this.#plans.size >= MANY_PLANS;
  }

  #whole(groups: readonly ActionGroup[]): ReturnType<PlanPrograms['whole']> {
    const { slice, indexFrom } = this.#compiled.options;
    const statics = inPolicyOrder(groups.flatMap(({ entries }) => [...entries.values()]));
    const from = slice === false ? Infinity : indexFrom;
    return this.#programs.whole(planOf(statics, this.#templatesOf(groups), from));
  }

  #partitioned(groups: readonly ActionGroup[]): Pick<BoundPlan, 'inputs' | 'loaded'> {
    const partitions = groups.map((group) => this.#partitionOf(group));
    const links = this.#templatesOf(groups).map((template) => this.#programs.links(template));
    return { inputs: undefined, loaded: joined(partitions, links) };
  }

  #templatesOf(groups: readonly ActionGroup[]): readonly CompiledPolicy[] {
    return inPolicyOrder(groups.flatMap((group) => [...group.templates.values()]));
  }

  #partitionOf(group: ActionGroup): PolicyPartition {
    let known = this.#partitions.get(group);
    if (known === undefined) {
      const from = this.#compiled.options.indexFrom ?? (this.#plans.size >= MANY_PLANS ? 1 : INDEX_FROM);
      known = new PolicyPartition(group, this.#programs.partitions, from);
      this.#partitions.set(group, known);
    }
    return known;
  }
}
