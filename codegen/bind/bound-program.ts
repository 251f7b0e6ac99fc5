/**
 * Bind — compiled policies together with the entities of one store: a plan for each action, made when it is first asked for.
 *
 * A plan runs the policies whose action constraint the action meets; indexes find rows by principal and resource. A dispatcher joins the plans of the
 * actions that are asked for into one function (emit/program.ts says why). Both sides are followed as they change: links at the cost of a look-up,
 * static policies by making the plans they matter to anew when those are next needed, or a partition of them where they are many (segments.ts).
 * Long because it is the one place where policies, plans and nodes meet.
 */
import type { TemplateLink } from '../../src/syntax/policy.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import type { Response } from '../../src/value/response.ts';
import type { CompiledPolicies } from '../compile.ts';
import type { ActionGroup, CompiledPolicy, CompiledStaticPolicy } from '../compiled-policy.ts';
import type { PlanNode } from '../emit/program.ts';
import type { Mode, ProgramOptions } from '../emit/program-options.ts';
import type { AttributeKinds } from '../ir/kind.ts';
import { compileOnFirstCall } from '../load/lazy-program.ts';
import { load } from '../load/load.ts';
import type { Plan } from '../plan/action-plan.ts';
import { inlineNode, linkLookupNode, sharedNode } from '../plan/plan-node.ts';
import type { RequestTypes } from '../plan/request-types.ts';
import type { ActionBound } from '../plan/scope-bound.ts';
import { print } from '../print/statement.ts';
import { Graph, type NodeClass } from '../runtime/graph/graph.ts';
import { NO_PLAN, Node } from '../runtime/graph/node.ts';
import { bindingsOf } from '../runtime/program/bindings.ts';
import { ErrorLog } from '../runtime/program/error-log.ts';
import type { AnyIndex, Decider, Dispatcher, Loaded } from '../runtime/program/loaded.ts';
import { SatisfiedSet } from '../runtime/program/satisfied-set.ts';
import type { HandleStore } from '../runtime/store/store.ts';
import { DISPATCHED_AT_MOST, DispatchCases } from './dispatch-cases.ts';
import { type Fixed, joined, type PartitionPrograms, PolicyPartition } from './partitions.ts';
import { type PolicyRow, Rows } from './rows.ts';

/** Policies of one skeleton become a index from so many on, if there are more policies than one function should hold; unless options say otherwise. */
const INDEX_FROM = 8;
const INLINE_AT_MOST = 64;

/**
 * An action of so many policies has its plan in partitions, unless options say otherwise; of fewer, if they come and go. One program is faster to run,
 * partitions are faster to change.
 */
const PARTITION_FROM = 512;

export interface BindOptions<Request> {
  /** The entities of the store, and all requests, fit the schema that the policies were validated against, of whose attributes this tells. */
  readonly wellTyped?: AttributeKinds | undefined;
  /** Requests must fit a schema, which this tells of: `general` sees to it. Default: they need not. */
  readonly requestTypes?: ((action: EntityUid) => RequestTypes) | undefined;
  /** The way of requests of every form: to nodes, and then to `decide` or `full`. */
  readonly general: (program: BoundProgram<Request>) => Decider<Request>;
  /** The projection of the store. Default: a node for every entity of it. */
  readonly graph?: ((store: HandleStore, nodeClass: NodeClass) => Graph) | undefined;
  /** Called when there is another dispatcher than before. */
  readonly onDispatcher: () => void;
}

export class BoundProgram<Request> {
  readonly graph: Graph;
  readonly general: Decider<Request>;
  /** The fastest way of requests; made when enough is known of the actions that are asked for. */
  dispatcher: Dispatcher<Request> | undefined = undefined;
  readonly #compiled: CompiledPolicies;
  readonly #options: BindOptions<Request>;
  readonly #errorLog = new ErrorLog();
  /** Decides by way of the plans, which are made as they are needed. */
  readonly #plans: Loaded;
  #start = SatisfiedSet.start();
  readonly #runtime: object;
  readonly #rows: Rows;
  readonly #planned = new Set<Node>();
  /** Those of action groups that are part of a plan in partitions. */
  readonly #partitions = new WeakMap<ActionGroup, PolicyPartition>();
  /** Buckets that have changed since they were first planned, and may change again. */
  readonly #volatileGroups = new WeakSet<ActionGroup>();
  readonly #fields: number;
  readonly #unlisten: () => void;
  readonly #intern = (uid: EntityUid, inCondition: boolean): void => {
    this.graph.intern(uid);
    if (inCondition) this.graph.expect(uid);
  };
  readonly #cases: DispatchCases;

  constructor(compiled: CompiledPolicies, store: HandleStore, options: BindOptions<Request>) {
    this.#compiled = compiled;
    this.#options = options;
    this.general = options.general(this);
    this.#cases = new DispatchCases(compiled.options.warmUp);
    this.#plans = {
      full: (principal, action, resource, context, errorLog) => {
        const plan = this.#countMiss(action);
        return plan.loaded.full(principal, action, resource, context, errorLog, plan.start);
      },
      decide: (principal, action, resource, context) =>
        this.#countMiss(action).loaded.decide(principal, action, resource, context),
    };
    this.#fields = compiled.fields.size;
    const nodeClass = nodeClassOf(compiled);
    this.graph = options.graph?.(store, nodeClass) ?? new Graph(store, nodeClass);
    this.#runtime = bindingsOf(this.graph);
    this.#rows = new Rows(this.graph);
    this.#unlisten = store.onChange((handle, before) => this.graph.follow(handle, before));
    for (const entry of compiled.statics.values()) this.#internNamed(entry);
    for (const template of compiled.templates.values()) this.#internNamed(template);
    this.#rows.linkAll(compiled);
  }

  /** Follows a new static policy. */
  add(entry: CompiledStaticPolicy): void {
    this.#internNamed(entry);
    this.#actionGroupChanged(entry, (partitions) => partitions.add(entry));
  }

  /** Follows the removal of a static policy. */
  remove(entry: CompiledStaticPolicy): void {
    this.#actionGroupChanged(entry, (partitions) => partitions.remove(entry));
  }

  addTemplate(template: CompiledPolicy): void {
    this.#internNamed(template);
    this.forgetPlans();
  }

  /** INVARIANT: an entity that some policy names is interned before the first request that may be about it is resolved. */
  #internNamed(entry: CompiledPolicy): void {
    entry.named(this.#intern);
  }

  isAuthorized(principal: Node, action: Node, resource: Node, context: Node): Response {
    const errorLog = this.#errorLog;
    return errorLog.finish(
      this.dispatcher?.full(principal, action, resource, context, errorLog, this.#start) ??
        this.#plans.full(principal, action, resource, context, errorLog, this.#start),
    );
  }

  /** Two calls, not one of either function: V8 inlines, or calls without detour, what a call has met nothing else than. */
  isAllowed(principal: Node, action: Node, resource: Node, context: Node): boolean {
    return (
      this.dispatcher?.decide(principal, action, resource, context) ??
      this.#plans.decide(principal, action, resource, context)
    );
  }

  /**
   * The functions of policies that do not belong to the set (`CompiledPolicies.beside`), on the nodes of this program. Each is a row of its skeleton, so
   * that nothing is compiled for a skeleton that was met before.
   */
  beside(entries: readonly CompiledPolicy[]): Loaded {
    for (const entry of entries) this.#internNamed(entry);
    return joined([new PolicyPartition({ entries }, this.#partitionPrograms, 1)], []);
  }

  /** Whether a policy was added that reads attributes of which the nodes know nothing. */
  get outgrown(): boolean {
    return this.#compiled.fields.size !== this.#fields;
  }

  /** Whether it follows the store no longer. */
  isReleased = false;

  /** Stops following the store. */
  release(): void {
    this.isReleased = true;
    this.#unlisten();
    this.graph.release();
  }

  /** The plan for requests of this action. It stays with the node until the policies or the action's ancestors change. */
  plan(action: Node): Plan {
    return action.$plan === NO_PLAN ? this.#makePlan(action) : (action.$plan as Plan);
  }

  /** Forgets all plans: a template came or went. */
  forgetPlans(): void {
    for (const action of this.#planned) action.$plan = NO_PLAN;
    this.#planned.clear();
    this.#dropDispatcher();
  }

  /** Forgets the plans that are not made of partitions, or have another list of them now. */
  #actionGroupChanged(entry: CompiledStaticPolicy, follow: (partitions: PolicyPartition) => void): void {
    const actionGroup = this.#compiled.actionGroupOf(entry);
    const partitions = actionGroup && this.#partitions.get(actionGroup);
    if (partitions !== undefined) follow(partitions);
    if (actionGroup !== undefined && actionGroup.entries.size >= INLINE_AT_MOST) this.#volatileGroups.add(actionGroup);
    for (const action of this.#planned) {
      const plan = action.$plan as Plan;
      if (plan !== NO_PLAN) {
        if (this.#compiled.options.slice !== false && !this.#mayMatch(entry.action, action, plan.below)) continue;
        if (partitions !== undefined && plan.made === undefined) {
          plan.start = SatisfiedSet.start();
          continue;
        }
      }
      action.$plan = NO_PLAN;
      this.#planned.delete(action);
      this.#dropDispatcher();
    }
  }

  /** Follows a new link. */
  link(link: TemplateLink): void {
    this.#rows.link(this.#compiled.templates.get(link.templateId)!, link);
  }

  unlink(link: TemplateLink): void {
    this.#rows.unlink(this.#compiled.templates.get(link.templateId)!, link);
  }

  #makePlan(action: Node): Plan {
    const { actionGroups, templates, options } = this.#compiled;
    const slice = options.slice !== false;
    const matches = (each: { readonly action: ActionBound }) => !slice || this.#mayMatch(each.action, action);
    const [statics, links] = [[...actionGroups.values()].filter(matches), [...templates.values()].filter(matches)];
    const size = statics.reduce((sum, { entries }) => sum + entries.size, 0);
    const from = statics.some((actionGroup) => this.#volatileGroups.has(actionGroup)) ? INLINE_AT_MOST : PARTITION_FROM;
    const inPartitions = slice && size >= (options.partitionFrom ?? from);
    const { made, loaded } = inPartitions ? this.#partitioned(statics, links) : this.#whole(statics, links, slice);
    const types = this.#options.requestTypes?.(action.$uid!);
    const below = this.graph.kept(action.$ancestors.list);
    const plan: Plan = { number: NO_PLAN.number, made, loaded, start: SatisfiedSet.start(), types, below };
    action.$plan = plan;
    // A transient entity is made anew for each request: nothing is gained by remembering it.
    if (this.graph.owns(action)) {
      this.#planned.add(action);
      this.#cases.add(plan);
    }
    return plan;
  }

  /** One program. */
  #whole(actionGroups: readonly ActionGroup[], templates: readonly CompiledPolicy[], slice: boolean): Made {
    const rows: PolicyRow[] = [];
    const indexes: AnyIndex[] = [];
    const parts: PlanNode[] = [];
    const statics = actionGroups.flatMap(({ entries }) => [...entries.values()]).sort((a, b) => a.order - b.order);
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
    const ids = [...statics, ...templates].map(({ id }) => id);
    return { made: { ids, parts, rows, indexes }, loaded: this.#load(parts, rows, indexes) };
  }

  #partitioned(actionGroups: readonly ActionGroup[], templates: readonly CompiledPolicy[]): Made {
    const partitions = actionGroups.map((actionGroup) => {
      let known = this.#partitions.get(actionGroup);
      if (known === undefined) {
        known = new PolicyPartition(
          actionGroup,
          this.#partitionPrograms,
          this.#compiled.options.indexFrom ?? INDEX_FROM,
        );
        this.#partitions.set(actionGroup, known);
      }
      return known;
    });
    return this.#fewTables(actionGroups, partitions, templates) ?? this.#many(partitions, templates);
  }

  /** One program of indexes alone, as long as nothing changes. */
  #fewTables(
    actionGroups: readonly ActionGroup[],
    partitions: readonly PolicyPartition[],
    templates: readonly CompiledPolicy[],
  ): Made | undefined {
    if (actionGroups.some((actionGroup) => this.#volatileGroups.has(actionGroup))) return undefined;
    const found = partitions.map(({ onlyIndexes }) => onlyIndexes);
    const all = found.flatMap((indexes) => indexes ?? []);
    if (found.includes(undefined) || all.length + templates.length > INLINE_AT_MOST) return undefined;
    const indexes = [...all.map(({ index }) => index), ...templates.map((template) => this.#rows.ofTemplate(template))];
    const parts = [
      ...all.map(({ first }, i) => sharedNode(first, i)),
      ...templates.map((template, i) => linkLookupNode(template, all.length + i)),
    ];
    const ids = [...all.map(({ number }) => number), ...templates.map(({ id }) => id)];
    return { made: { ids, parts, rows: [], indexes }, loaded: this.#load(parts, [], indexes) };
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
      this.#compiled.factory(parts, { ...this.#programOptions, only })(this.#runtime, rows, indexes),
    );
  }

  get #programOptions(): ProgramOptions {
    return { testAction: this.#compiled.options.slice === false, wellTyped: this.#options.wellTyped };
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

  /** What was made of other policies is not met any more. */
  #dropDispatcher(): void {
    this.#cases.clear();
    this.dispatcher = undefined;
  }

  /** The plan of an action for which the dispatcher has no case. */
  #countMiss(action: Node): Plan {
    const plan = this.plan(action);
    if (this.#cases.countMiss()) this.#makeDispatcher();
    return plan;
  }

  #namedActions(): readonly Node[] {
    const { statics, templates } = this.#compiled;
    if (statics.size + templates.size > DISPATCHED_AT_MOST) return [];
    return [...statics.values(), ...templates.values()].flatMap(({ action }) =>
      action.kind === 'any' ? [] : action.uids.map((uid) => this.graph.intern(uid)),
    );
  }

  /** A case for each action that was asked for so far, as long as there is room. */
  #makeDispatcher(): void {
    // Actions that policies name are likely to be asked for, so that the dispatcher is made once in most cases.
    for (const action of this.#namedActions()) this.plan(action);
    const { cases, rows, indexes } = this.#cases.join(this.#planned, (action) => this.plan(action));
    if (cases.length === 0) return;
    this.#start = SatisfiedSet.start();
    const { graph, general } = this;
    const { named, emptyContext } = graph;
    const make = this.#compiled.dispatcherFactory(cases, this.#programOptions);
    const [plans, errorLog, start] = [this.#plans, this.#errorLog, this.#start];
    this.dispatcher = make(this.#runtime, rows, indexes, graph, named, emptyContext, plans, general, errorLog, start);
    this.#options.onDispatcher();
  }

  /** Spec: the action scope evaluated, which cannot err. `below` are the ancestors of the action. */
  #mayMatch(bound: ActionBound, action: Node, below: Iterable<Node> = action.$ancestors.list): boolean {
    if (bound.kind === 'any') return true;
    const named = bound.uids.map((uid) => this.graph.intern(uid));
    if (named.includes(action)) return true;
    return bound.kind === 'in' && [...below].some((ancestor) => named.includes(ancestor));
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

type Made = Pick<Plan, 'made' | 'loaded'>;

function nodeClassOf(compiled: CompiledPolicies): NodeClass {
  const make = load<(base: typeof Node) => NodeClass['class']>(['Node'], print(compiled.fields.emitClass()));
  return { class: make(Node), fields: compiled.fields.entries() };
}
