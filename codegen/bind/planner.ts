/**
 * Planner — which policies run for an action, and how: one program, or partitions of it that follow changes one by one (segments.ts).
 *
 *     before  a plan for each action
 *     after   a plan for each set of action groups: actions that meet the same constraints share it, however many they are
 *
 * Technique: plans are valid for a version. Each group has a version that changes with its policies; a plan knows the sum of those of its groups,
 * which only grow, so that it is the same only while all of them are.
 *
 * Long because it holds all forms that a plan can have.
 */
import type { EntityUid } from '../../src/value/entity-uid.ts';
import type { CompiledPolicies } from '../compile.ts';
import type { ActionGroup, CompiledPolicy, CompiledStaticPolicy } from '../compiled-policy.ts';
import type { Mode, ProgramOptions } from '../emit/program-options.ts';
import type { AttributeKinds } from '../ir/kind.ts';
import { compileOnFirstCall } from '../load/lazy-program.ts';
import type { Plan } from '../plan/action-plan.ts';
import type { PlanNode } from '../plan/plan.ts';
import { inlineNode, linkLookupNode, sharedNode } from '../plan/plan-node.ts';
import type { RequestTypes } from '../plan/request-types.ts';
import type { Node } from '../runtime/graph/node.ts';
import type { AnyIndex, Loaded } from '../runtime/program/loaded.ts';
import { SatisfiedSet } from '../runtime/program/satisfied-set.ts';
import { type Fixed, joined, type PartitionPrograms, PolicyPartition } from './partitions.ts';
import type { PolicyRow, Rows } from './rows.ts';

/** Policies of one skeleton become a index from so many on, if there are more policies than one function should hold; unless options say otherwise. */
const INDEX_FROM = 8;
const INLINE_AT_MOST = 64;

/**
 * An action of so many policies has its plan in partitions, unless options say otherwise; of fewer, if they come and go. One program is faster to run,
 * partitions are faster to change.
 */
const PARTITION_FROM = 512;

/** Where there are so many plans, each new one is made of functions that all policies of a skeleton share, so that it costs no code. */
const MANY_PLANS = 256;
const SWEEP_FROM = 64;

export interface PlanOptions {
  /** The entities of the store, and all requests, fit the schema that the policies were validated against, of whose attributes this tells. */
  readonly wellTyped?: AttributeKinds | undefined;
  /** Requests must fit a schema, which this tells of. Default: they need not. */
  readonly requestTypes?: ((action: EntityUid) => RequestTypes) | undefined;
}

type Made = Pick<Plan, 'made' | 'loaded'>;

/** Grows with every change of one of the groups. */
function versionOf(groups: readonly ActionGroup[]): number {
  return groups.reduce((sum, group) => sum + group.version, 0);
}

export class Planner {
  readonly #compiled: CompiledPolicies;
  readonly #rows: Rows;
  readonly #runtime: object;
  readonly #options: PlanOptions;
  readonly #plans = new Map<string, Plan>();
  #sweepAt = SWEEP_FROM;
  /** Those of groups that are part of a plan in partitions. */
  readonly #partitions = new WeakMap<ActionGroup, PolicyPartition>();
  /** Groups that have changed since they were first planned, and may change again. */
  readonly #volatile = new WeakSet<ActionGroup>();

  constructor(compiled: CompiledPolicies, rows: Rows, runtime: object, options: PlanOptions) {
    this.#compiled = compiled;
    this.#rows = rows;
    this.#runtime = runtime;
    this.#options = options;
  }

  get programOptions(): ProgramOptions {
    return { testAction: this.#compiled.options.slice === false, wellTyped: this.#options.wellTyped };
  }

  /** The plan of the groups whose constraint the action meets. Spec: the action scope evaluated, which cannot err. */
  planFor(action: Node): Plan {
    const groups = this.#groupsOf(action);
    const types = this.#options.requestTypes?.(action.$uid!);
    const key = `${groups.map(({ number }) => number).join()} ${types === undefined ? '' : JSON.stringify(types)}`;
    const version = versionOf(groups);
    const known = this.#plans.get(key);
    if (known !== undefined && known.version === version) return known;
    const made = this.#make(groups);
    const plan: Plan = { number: 0, ...made, start: SatisfiedSet.start(), types, groups, version, numbering: -1 };
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
  *plansOf(numbering: number): IterableIterator<Plan> {
    for (const plan of this.#plans.values()) if (plan.numbering === numbering) yield plan;
  }

  add(entry: CompiledStaticPolicy): void {
    this.#partitions.get(entry.group)?.add(entry);
    this.#noteChange(entry.group);
  }

  remove(entry: CompiledStaticPolicy): void {
    this.#partitions.get(entry.group)?.remove(entry);
    this.#noteChange(entry.group);
  }

  /**
   * The functions of policies that do not belong to the set (`CompiledPolicies.beside`). Each is a row of its skeleton, so that nothing is compiled for
   * a skeleton that was met before.
   */
  beside(entries: readonly CompiledPolicy[]): Loaded {
    return joined([new PolicyPartition({ entries }, this.#partitionPrograms, 1)], []);
  }

  #noteChange(group: ActionGroup): void {
    if (group.entries.size >= INLINE_AT_MOST) this.#volatile.add(group);
  }

  #groupsOf(action: Node): readonly ActionGroup[] {
    if (this.#compiled.options.slice === false) return this.#compiled.groups;
    return this.#compiled.matching(
      action.$uid!,
      action.$ancestors.list.map(({ $uid }) => $uid!),
    );
  }

  #make(groups: readonly ActionGroup[]): Made {
    const { options } = this.#compiled;
    const slice = options.slice !== false;
    const templates = groups.flatMap((group) => [...group.templates.values()]).sort((a, b) => a.order - b.order);
    const size = groups.reduce((sum, { entries }) => sum + entries.size, 0);
    const isVolatile = groups.some((group) => this.#volatile.has(group));
    const from = options.partitionFrom ?? (isVolatile ? INLINE_AT_MOST : PARTITION_FROM);
    const inPartitions = slice && (size >= from || this.#plans.size >= MANY_PLANS);
    return inPartitions ? this.#partitioned(groups, templates) : this.#whole(groups, templates, slice);
  }

  /** One program. */
  #whole(groups: readonly ActionGroup[], templates: readonly CompiledPolicy[], slice: boolean): Made {
    const rows: PolicyRow[] = [];
    const indexes: AnyIndex[] = [];
    const parts: PlanNode[] = [];
    const statics = groups.flatMap(({ entries }) => [...entries.values()]).sort((a, b) => a.order - b.order);
    const { inline, alike } = slice ? this.#grouped(statics) : { inline: statics, alike: [] };
    for (const entry of inline) {
      parts.push(inlineNode(entry, rows.length));
      rows.push(this.#rows.inlineRow(entry));
    }
    for (const group of alike) {
      const index = this.#rows.skeletonIndex(group[0]!);
      for (const entry of group) index.add(this.#rows.skeletonRow(entry));
      const validated = group.every((entry) => entry.validated);
      parts.push({ ...sharedNode(group[0]!, indexes.push(index) - 1), validated });
    }
    for (const template of templates)
      parts.push(linkLookupNode(template, indexes.push(this.#rows.ofTemplate(template)) - 1));
    return { made: { parts, rows, indexes }, loaded: this.#load(parts, rows, indexes) };
  }

  #partitioned(groups: readonly ActionGroup[], templates: readonly CompiledPolicy[]): Made {
    const partitions = groups.map((group) => {
      let known = this.#partitions.get(group);
      if (known === undefined) {
        known = new PolicyPartition(group, this.#partitionPrograms, this.#indexFrom);
        this.#partitions.set(group, known);
      }
      return known;
    });
    return this.#fewTables(groups, partitions, templates) ?? this.#many(partitions, templates);
  }

  get #indexFrom(): number {
    return this.#compiled.options.indexFrom ?? (this.#plans.size >= MANY_PLANS ? 1 : INDEX_FROM);
  }

  /** One program of indexes alone, as long as nothing changes and there are not many plans. */
  #fewTables(
    groups: readonly ActionGroup[],
    partitions: readonly PolicyPartition[],
    templates: readonly CompiledPolicy[],
  ): Made | undefined {
    if (this.#plans.size >= MANY_PLANS || groups.some((group) => this.#volatile.has(group))) return undefined;
    const found = partitions.map(({ onlyIndexes }) => onlyIndexes);
    const all = found.flatMap((indexes) => indexes ?? []);
    if (found.includes(undefined) || all.length + templates.length > INLINE_AT_MOST) return undefined;
    const indexes = [...all.map(({ index }) => index), ...templates.map((template) => this.#rows.ofTemplate(template))];
    const parts = [
      ...all.map(({ first }, i) => sharedNode(first, i)),
      ...templates.map((template, i) => linkLookupNode(template, all.length + i)),
    ];
    return { made: { parts, rows: [], indexes }, loaded: this.#load(parts, [], indexes) };
  }

  #many(partitions: readonly PolicyPartition[], templates: readonly CompiledPolicy[]): Made {
    const fixed = templates.map((template): Fixed => {
      const index = this.#rows.ofTemplate(template);
      const loaded = this.#partition(`links of ${template.order}`, linkLookupNode(template, 0), index);
      return { effect: template.effect, loaded };
    });
    return { made: undefined, loaded: joined(partitions, fixed) };
  }

  readonly #partitionPrograms: PartitionPrograms = {
    inline: (entries) => {
      const parts = entries.map(inlineNode);
      const rows = entries.map((entry) => this.#rows.inlineRow(entry));
      return compileOnFirstCall((only) =>
        this.#compiled.load(parts, this.#partitionOptions(only))(this.#runtime, rows, []),
      );
    },
    index: (entry, index) => this.#partition(entry.skeleton.key, sharedNode(entry, 0), index),
    emptyIndex: (entry) => this.#rows.skeletonIndex(entry),
    row: (entry) => this.#rows.skeletonRow(entry),
  };

  #load(parts: readonly PlanNode[], rows: readonly PolicyRow[], indexes: readonly AnyIndex[]): Loaded {
    return compileOnFirstCall((only) =>
      this.#compiled.factory(parts, { ...this.programOptions, only })(this.#runtime, rows, indexes),
    );
  }

  /** The program of policies that are rows of one index. */
  #partition(key: string, part: PlanNode, index: AnyIndex): Loaded {
    return compileOnFirstCall((only) =>
      this.#compiled.partitionFactory(key, part, this.#partitionOptions(only))(this.#runtime, [], [index]),
    );
  }

  #partitionOptions(only: Mode): ProgramOptions {
    return { testAction: false, wellTyped: this.#options.wellTyped, partition: true, only };
  }

  /** Policies that stand for themselves, and those that share a skeleton, if there are many. In policy order, groups by their first. */
  #grouped(entries: readonly CompiledPolicy[]): {
    readonly inline: readonly CompiledPolicy[];
    readonly alike: readonly CompiledPolicy[][];
  } {
    const { indexFrom = entries.length > INLINE_AT_MOST ? INDEX_FROM : undefined } = this.#compiled.options;
    if (indexFrom === undefined) return { inline: entries, alike: [] };
    const groups = new Map<string, CompiledPolicy[]>();
    for (const entry of entries) {
      const { key } = entry.skeleton;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [entry]);
      else group.push(entry);
    }
    const all = [...groups.values()];
    return {
      inline: all.filter(({ length }) => length < indexFrom).flat(),
      alike: all.filter(({ length }) => length >= indexFrom),
    };
  }
}
