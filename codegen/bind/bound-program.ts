/**
 * Bind — compiled policies together with the entities of one store: the programs that decide requests, kept while both change.
 *
 * An action has the plan of the action groups that it meets (action-plans.ts). A dispatcher joins the plans that are asked for into one function
 * (emit/program.ts says why). Links are followed at the cost of a look-up. A change of policies ends the version that plans were made for, and drops the
 * dispatcher, unless the one action that the policy is about has no case in it; plans are looked up again at the next request of their action.
 */
import type { TemplateLink } from '../../src/syntax/policy.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import type { Response } from '../../src/value/response.ts';
import type { CompiledPolicies } from '../compile.ts';
import type { CompiledPolicy, CompiledStaticPolicy, CompiledTemplate } from '../compiled-policy.ts';
import { DISPATCHED_AT_MOST } from '../plan/limits.ts';
import { ContextNode } from '../runtime/graph/context-node.ts';
import { Graph } from '../runtime/graph/graph.ts';
import { NO_PLAN, type Node } from '../runtime/graph/node.ts';
import { RequestGraph } from '../runtime/graph/request-graph.ts';
import { bindingsOf } from '../runtime/program/bindings.ts';
import { ErrorLog } from '../runtime/program/error-log.ts';
import type { Dispatcher, Loaded } from '../runtime/program/loaded.ts';
import { SatisfiedSet } from '../runtime/program/satisfied-set.ts';
import type { HandleStore, ProgramCache } from '../runtime/store/store.ts';
import { ActionPlans, type PlanOptions } from './action-plans.ts';
import { type ActionPlan, type BoundPlan, surelyFits } from './bound-plan.ts';
import { DispatchCases } from './dispatch-cases.ts';
import { nodeClassOf } from './node-class.ts';
import { Rows } from './rows.ts';

export interface BindOptions extends PlanOptions {
  /** The entities come with each request, and `store` holds none. */
  readonly callEntities?: boolean | undefined;
  /** Where the engine finds the dispatcher by its store: emptied when there is another one, and when the program's graph breaks. */
  readonly cache: ProgramCache;
}

export class BoundProgram<Request> {
  readonly graph: Graph;
  /** The fastest way of requests; of those that it cannot decide it says `undefined`. */
  dispatcher: Dispatcher<Request> | undefined = undefined;
  readonly #compiled: CompiledPolicies;
  readonly #errorLog = new ErrorLog();
  readonly #rows: Rows;
  readonly #actionPlans: ActionPlans;
  readonly #cases: DispatchCases;
  /** Decides by way of the plans, which are made as they are needed. */
  readonly #plans: Loaded;
  #start = SatisfiedSet.start();
  /** How many dispatchers have been dropped: a plan gets another number after each. */
  #dropped = 0;
  readonly #runtime: object;
  readonly #fields: number;
  readonly #cache: ProgramCache;
  readonly #contexts: ContextNode;
  /** Of the attributes that the dispatcher takes from contexts. */
  #contextVersion = 0;

  constructor(compiled: CompiledPolicies, store: HandleStore, options: BindOptions) {
    this.#compiled = compiled;
    this.#cache = options.cache;
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
    this.graph = graphOf(compiled, store, options);
    this.#contexts = new ContextNode(this.graph);
    this.#runtime = bindingsOf(this.graph);
    this.#rows = new Rows(this.graph);
    this.#actionPlans = new ActionPlans(compiled, this.#rows, this.#runtime, options);
    this.#begin();
  }

  #begin(): void {
    try {
      for (const entry of this.#compiled.statics.values()) this.#internNamed(entry);
      for (const template of this.#compiled.templates.values()) this.#internNamed(template);
      this.#rows.linkAll(this.#compiled);
    } catch (error) {
      this.release();
      throw error;
    }
  }

  isAuthorized(principal: Node, action: Node, resource: Node, context: Node): Response {
    const errorLog = this.#errorLog;
    errorLog.begin();
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

  /** Whether a request without a context fits the schema, as far as its types tell. */
  surelyFits(principal: Node, action: Node, resource: Node): boolean {
    return surelyFits(this.plan(action), principal, resource);
  }

  /** Whether a policy was added that reads attributes of which the nodes know nothing, or so many came and went that a new graph is smaller. */
  get outgrown(): boolean {
    return this.#compiled.fields.size !== this.#fields || this.graph.isOvergrown;
  }

  /** Stops following the store. */
  release(): void {
    this.graph.release();
  }

  /** The plan for requests of this action. It stays with the node until the policies or the action's ancestors change. */
  plan(action: Node): BoundPlan {
    const known = action.$plan as ActionPlan;
    return known !== NO_PLAN && known.version === this.#compiled.version ? known.plan : this.#planFor(action);
  }

  #planFor(action: Node): BoundPlan {
    const plan = this.#actionPlans.planFor(action);
    if (plan.numbering !== this.#dropped) {
      plan.numbering = this.#dropped;
      this.#cases.add(plan);
    }
    const below = this.graph.kept(action.$ancestors.list);
    const { version } = this.#compiled;
    action.$plan = { number: plan.number, below, version, plan } satisfies ActionPlan as ActionPlan;
    return plan;
  }

  /** Follows a new static policy. */
  add(entry: CompiledStaticPolicy): void {
    this.#internNamed(entry);
    this.#actionPlans.add(entry);
    this.#dropDispatcherOf(entry);
  }

  /** Follows the removal of a static policy. */
  remove(entry: CompiledStaticPolicy): void {
    this.#actionPlans.remove(entry);
    this.#dropDispatcherOf(entry);
  }

  addTemplate(template: CompiledTemplate): void {
    this.#internNamed(template);
    this.#dropDispatcherOf(template);
  }

  removeTemplate(template: CompiledTemplate): void {
    this.#dropDispatcherOf(template);
  }

  /** Follows a new link. */
  link(link: TemplateLink): void {
    this.#rows.link(this.#compiled.templates.get(link.templateId)!, link);
  }

  unlink(link: TemplateLink): void {
    this.#rows.unlink(this.#compiled.templates.get(link.templateId)!, link);
  }

  /** As `ActionPlans.beside`, on the nodes of this program. */
  beside(entries: readonly CompiledPolicy[]): Loaded {
    for (const entry of entries) this.#internNamed(entry);
    return this.#actionPlans.beside(entries);
  }

  /** As `ActionPlans.written`, for policies that `beside` was given. */
  written(entries: readonly CompiledPolicy[]): Loaded {
    return this.#actionPlans.written(entries);
  }

  /** INVARIANT: an entity that some policy names is interned before the first request that may be about it is resolved. */
  #internNamed(entry: CompiledPolicy): void {
    entry.named(this.#intern);
  }

  readonly #intern = (uid: EntityUid, inCondition: boolean): void => {
    this.graph.intern(uid);
    if (inCondition) this.graph.expect(uid);
  };

  /**
   * The dispatcher has plans of other policies now. A policy about one action only concerns that action, which finds its plan again; then the dispatcher
   * stays, unless the policies read other attributes of contexts now: of all requests these are looked at, and no others.
   *
   * INVARIANT: no node has the number of a case that it must not enter. Plans get new numbers after each dispatcher that was dropped.
   */
  #dropDispatcherOf({ action }: CompiledPolicy): void {
    const readsTheSame = this.#contextVersion === this.#compiled.contextVersion;
    if (action.kind === 'eq' && this.#compiled.options.slice !== false && readsTheSame) {
      const { type, id } = action.uids[0]!;
      const handle = this.graph.store.find(type, id);
      if (handle !== undefined) this.graph.nodeOf(handle).$plan = NO_PLAN;
      return;
    }
    this.#dropped++;
    this.dispatcher = undefined;
    this.#cases.clear();
  }

  /** The plan of an action for which the dispatcher has no case. */
  #countMiss(action: Node): BoundPlan {
    const plan = this.plan(action);
    if (this.#cases.countMiss()) this.#makeDispatcher();
    return plan;
  }

  /** Actions that policies name are likely to be asked for, so that the dispatcher is made once in most cases. */
  #planNamedActions(): void {
    const { statics, templates } = this.#compiled;
    if (statics.size + templates.size > DISPATCHED_AT_MOST) return;
    for (const { action } of this.#compiled.groups) {
      if (action.kind === 'any') continue;
      for (const uid of action.uids) this.plan(this.graph.intern(uid));
    }
  }

  /** A case for each of the plans so far, as long as there is room. */
  #makeDispatcher(): void {
    this.#planNamedActions();
    const { cases, rows, indexes } = this.#cases.join(this.#actionPlans.plansOf(this.#dropped));
    if (cases.length === 0) return;
    this.#start = SatisfiedSet.start();
    const make = this.#compiled.dispatcherFactory(cases, this.#actionPlans.programOptions);
    const { store, named, emptyContext } = this.graph;
    this.#cache.entities = undefined;
    this.#contextVersion = this.#compiled.contextVersion;
    this.dispatcher = make(
      this.#runtime,
      rows,
      indexes,
      this.graph,
      store,
      named,
      emptyContext,
      this.#contexts,
      this.#cache,
      this.#plans,
      this.#errorLog,
      this.#start,
    );
  }
}

function graphOf(compiled: CompiledPolicies, store: HandleStore, { callEntities, cache }: BindOptions): Graph {
  const nodeClass = nodeClassOf(compiled.fields);
  return callEntities === true
    ? new RequestGraph(store, nodeClass, () => compiled.accessDepth, { cache })
    : new Graph(store, nodeClass, { cache });
}
