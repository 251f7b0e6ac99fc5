/**
 * Plan dispatch — from the nodes of a request to the plan of its action, by the dispatcher where it has a case.
 *
 * The dispatcher joins the plans that are asked for into one function (emit/dispatcher.ts says why). A change of policies drops it, unless the one
 * action that the policy is about can find its plan again alone, and policies still read the same attributes of contexts: the dispatcher looks at
 * these, and at no others, in requests for any action.
 *
 * INVARIANT: no node has the number of a case that it must not enter. Plans get new numbers after each dispatcher that was dropped.
 */
import type { Response } from '../../src/value/response.ts';
import type { CompiledPolicies } from '../compile.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import { DISPATCHED_AT_MOST } from '../plan/limits.ts';
import { ContextNode } from '../runtime/graph/context-node.ts';
import type { ValueOf } from '../runtime/graph/context-values.ts';
import type { Graph } from '../runtime/graph/graph.ts';
import { NO_PLAN, type Node } from '../runtime/graph/node.ts';
import type { OwnObjectReader } from '../runtime/graph/own-object-reader.ts';
import { ErrorLog } from '../runtime/program/error-log.ts';
import type { Dispatcher, Loaded } from '../runtime/program/loaded.ts';
import { SatisfiedSet } from '../runtime/program/satisfied-set.ts';
import type { ProgramCache } from '../runtime/store/store.ts';
import type { ActionPlans } from './action-plans.ts';
import type { ActionPlan, BoundPlan } from './bound-plan.ts';
import { DispatchCases } from './dispatch-cases.ts';

/** What a program is loaded with besides its rows and indexes. */
export interface DispatchTarget {
  readonly graph: Graph;
  readonly runtime: object;
  /** Where the engine finds the dispatcher by its store: emptied when there is another one. */
  readonly cache: ProgramCache;
  /** What JSON in contexts stands for. */
  readonly contextValueOf: ValueOf | undefined;
  readonly ownObjects: OwnObjectReader;
}

export class PlanDispatch<Request> {
  /** The fastest way of requests; of those that it cannot decide it says `undefined`. */
  dispatcher: Dispatcher<Request> | undefined = undefined;
  readonly #compiled: CompiledPolicies;
  readonly #actionPlans: ActionPlans;
  readonly #target: DispatchTarget;
  readonly #errorLog = new ErrorLog();
  readonly #cases: DispatchCases;
  /** The version of the attributes that the dispatcher takes from contexts. */
  #contextVersion = 0;
  /** Decides by way of the plans, which are made as they are needed. */
  readonly #plans: Loaded;
  #start = SatisfiedSet.start();
  /** How many dispatchers have been dropped: a plan gets another number after each. */
  #dropped = 0;

  constructor(compiled: CompiledPolicies, actionPlans: ActionPlans, target: DispatchTarget) {
    this.#compiled = compiled;
    this.#actionPlans = actionPlans;
    this.#target = target;
    this.#cases = new DispatchCases(compiled.options.warmUp);
    this.#plans = {
      full: (principal, action, resource, context, errorLog) => {
        const plan = this.#countMiss(action);
        return plan.loaded.full(principal, action, resource, context, errorLog, plan.start);
      },
      decide: (principal, action, resource, context) =>
        this.#countMiss(action).loaded.decide(principal, action, resource, context),
    };
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

  /** The plan for requests of this action. It stays with the node until the policies or the action's ancestors change. */
  plan(action: Node): BoundPlan {
    const known = action.$plan as ActionPlan;
    return known !== NO_PLAN && known.version === this.#compiled.version ? known.plan : this.#planFor(action);
  }

  #planFor(action: Node): BoundPlan {
    const plan = this.#actionPlans.planFor(action);
    if (plan.numbering !== this.#dropped) {
      // In this order: a plan whose number could not be given is not a case, and is numbered the next time.
      this.#cases.add(plan);
      plan.numbering = this.#dropped;
    }
    const below = this.#target.graph.kept(action.$ancestors.list);
    const { version } = this.#compiled;
    action.$plan = { number: plan.number, below, version, plan } satisfies ActionPlan as ActionPlan;
    return plan;
  }

  /** The plans of these policies are others now. */
  drop({ action }: CompiledPolicy): void {
    const readsTheSame = this.#contextVersion === this.#compiled.contextVersion;
    if (action.kind === 'eq' && this.#compiled.options.slice !== false && readsTheSame) {
      const { type, id } = action.uids[0]!;
      const handle = this.#target.graph.store.find(type, id);
      if (handle !== undefined) this.#target.graph.nodeOf(handle).$plan = NO_PLAN;
      return;
    }
    this.#dropped++;
    this.dispatcher = undefined;
    this.#cases.clear();
  }

  /** A request for this action was decided elsewhere: the dispatcher may have a case for the next. */
  met(action: Node): void {
    this.#countMiss(action);
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
      for (const uid of action.uids) this.plan(this.#target.graph.intern(uid));
    }
  }

  /** A case for each of the plans so far, while there is room. */
  #makeDispatcher(): void {
    this.#planNamedActions();
    const { cases, rows, indexes } = this.#cases.join(this.#actionPlans.plansOf(this.#dropped));
    if (cases.length === 0) return;
    this.#start = SatisfiedSet.start(rows.length);
    const make = this.#compiled.dispatcherFactory(cases, this.#actionPlans.programOptions);
    const { graph, runtime, cache, contextValueOf } = this.#target;
    const { named, emptyContext } = graph;
    cache.entities = undefined;
    this.#contextVersion = this.#compiled.contextVersion;
    this.dispatcher = make(
      runtime,
      rows,
      indexes,
      graph,
      named,
      emptyContext,
      // Another dispatcher reads other attributes: nothing that this one wrote may be left.
      new ContextNode(graph, contextValueOf),
      cache,
      this.#plans,
      this.#errorLog,
      this.#start,
      this.#target.ownObjects,
    );
  }
}
