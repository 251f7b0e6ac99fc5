/**
 * Bound program — compiled policies together with the entities of one store: what decides requests while both change.
 *
 * Links are followed at the cost of a look-up. A change of static policies ends the version that plans were made for (action-plans.ts), and drops the
 * dispatcher where it has them (plan-dispatch.ts). Entities are followed by the graph.
 */
import type { TemplateLink } from '../../src/syntax/policy.ts';
import type { Entity } from '../../src/value/entities.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import type { Response } from '../../src/value/response.ts';
import type { CompiledPolicies } from '../compile.ts';
import type { CompiledPolicy, CompiledStaticPolicy, CompiledTemplate } from '../compiled-policy.ts';
import { CallReader } from '../runtime/graph/call-reader.ts';
import type { CallReading } from '../runtime/graph/call-reading.ts';
import type { ValueOf } from '../runtime/graph/context-values.ts';
import { Graph } from '../runtime/graph/graph.ts';
import type { Node } from '../runtime/graph/node.ts';
import { OwnObjectReader } from '../runtime/graph/own-object-reader.ts';
import { RequestGraph } from '../runtime/graph/request-graph.ts';
import { bindingsOf } from '../runtime/program/bindings.ts';
import type { Dispatcher, Loaded } from '../runtime/program/loaded.ts';
import type { HandleStore, ProgramCache } from '../runtime/store/store.ts';
import { ActionPlans, type PlanOptions } from './action-plans.ts';
import { surelyFits } from './bound-plan.ts';
import { nodeClassOf } from './node-class.ts';
import { PlanDispatch } from './plan-dispatch.ts';
import { type LinkSource, Rows } from './rows.ts';

export interface BindOptions extends PlanOptions {
  /** How entities are read, if they come with each request; then `store` holds none. */
  readonly callReading?: CallReading | undefined;
  /** The actions of the schema, if the store was not read by it: they are as the schema has them. */
  readonly actions?: readonly Entity[] | undefined;
  /** What JSON in contexts stands for; default: nothing besides primitives is read by emitted code. */
  readonly contextValueOf?: ValueOf | undefined;
  /** Whether own objects may be read by a schema. Default: they are left to others. */
  readonly readsBy?: ((schema: object) => boolean) | undefined;
  /** Where the engine finds the dispatcher by its store: emptied when there is another one, and when the program's graph breaks. */
  readonly cache: ProgramCache;
}

export class BoundProgram<Request> {
  readonly graph: Graph;
  /** Reads entities that come with requests, for the functions of the dispatcher. */
  readonly callReader: CallReader | undefined;
  readonly #compiled: CompiledPolicies;
  readonly #rows: Rows;
  readonly #actionPlans: ActionPlans;
  readonly #dispatch: PlanDispatch<Request>;
  readonly #fields: number;

  /** The links are those of now; `link` and `unlink` follow them. */
  constructor(compiled: CompiledPolicies, links: LinkSource, store: HandleStore, options: BindOptions) {
    this.#compiled = compiled;
    this.#fields = compiled.fields.size;
    const nodeClass = nodeClassOf(compiled.fields);
    const { cache, callReading, actions, contextValueOf, readsBy, ...planOptions } = options;
    if (callReading === undefined) this.graph = new Graph(store, nodeClass, { cache, actions });
    else {
      const graph = new RequestGraph(store, nodeClass, () => compiled.accessDepth, { cache });
      this.graph = graph;
      this.callReader = new CallReader(graph, callReading);
    }
    const runtime = bindingsOf(this.graph);
    this.#rows = new Rows(this.graph);
    this.#actionPlans = new ActionPlans(compiled, this.#rows, runtime, planOptions);
    const { graph } = this;
    const ownObjects = new OwnObjectReader(graph, () => compiled.accessDepth, readsBy);
    this.#dispatch = new PlanDispatch(compiled, this.#actionPlans, {
      graph,
      runtime,
      cache,
      contextValueOf,
      ownObjects,
    });
    this.#begin(links);
  }

  #begin(links: LinkSource): void {
    try {
      for (const entry of this.#compiled.statics.values()) this.#internNamed(entry);
      for (const template of this.#compiled.templates.values()) this.#internNamed(template);
      this.#rows.linkAll(this.#compiled, links);
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /** The fastest way of requests; of those that it cannot decide it says `undefined`. */
  get dispatcher(): Dispatcher<Request> | undefined {
    return this.#dispatch.dispatcher;
  }

  isAuthorized(principal: Node, action: Node, resource: Node, context: Node): Response {
    return this.#dispatch.isAuthorized(principal, action, resource, context);
  }

  isAllowed(principal: Node, action: Node, resource: Node, context: Node): boolean {
    return this.#dispatch.isAllowed(principal, action, resource, context);
  }

  /** A request for this action was decided elsewhere. */
  met(action: Node): void {
    this.#dispatch.met(action);
  }

  /** Whether a request without a context fits the schema, as far as its types tell. */
  surelyFits(principal: Node, action: Node, resource: Node): boolean {
    return surelyFits(this.#dispatch.plan(action), principal, resource);
  }

  /** Whether a policy reads attributes for which the nodes have no field, or a new graph would be much smaller. */
  get outgrown(): boolean {
    return this.#compiled.fields.size !== this.#fields || this.graph.isOvergrown;
  }

  /** Stops following the store. */
  release(): void {
    this.graph.release();
  }

  /** Follows a new static policy. */
  add(entry: CompiledStaticPolicy): void {
    this.#internNamed(entry);
    this.#actionPlans.add(entry);
    this.#dispatch.drop(entry);
  }

  /** Follows the removal of a static policy. */
  remove(entry: CompiledStaticPolicy): void {
    this.#actionPlans.remove(entry);
    this.#dispatch.drop(entry);
  }

  addTemplate(template: CompiledTemplate): void {
    this.#internNamed(template);
    this.#dispatch.drop(template);
  }

  removeTemplate(template: CompiledTemplate): void {
    this.#dispatch.drop(template);
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
}
