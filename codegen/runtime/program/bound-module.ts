/**
 * Bound module — a module together with the entities of one store, or with those of each request.
 *
 * Twin:  codegen/bind/bound-program.ts, which makes its programs while it runs
 */
import type { Entity } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import type { Response } from '../../../src/value/response.ts';
import { CallReader } from '../graph/call-reader.ts';
import type { CallReading } from '../graph/call-reading.ts';
import { ContextNode } from '../graph/context-node.ts';
import type { ValueOf } from '../graph/context-values.ts';
import { Graph } from '../graph/graph.ts';
import { NO_PLAN, type Node, type NodePlan } from '../graph/node.ts';
import { OwnObjectReader } from '../graph/own-object-reader.ts';
import { RequestGraph } from '../graph/request-graph.ts';
import type { LinkIndex } from '../index/link-index.ts';
import type { Row } from '../index/row.ts';
import type { HandleStore, ProgramCache } from '../store/store.ts';
import { bindingsOf } from './bindings.ts';
import { ErrorLog } from './error-log.ts';
import type { Dispatcher, Loaded } from './loaded.ts';
import { ModuleActions } from './module-actions.ts';
import type { ModuleIndex, ModuleProgram, ModuleRow, ModuleUid, PolicyModule } from './policy-module.ts';
import { SatisfiedSet } from './satisfied-set.ts';

/** What a schema demands of the requests of one action, as far as types tell. */
interface RequestTypes {
  readonly principals: readonly string[];
  readonly resources: readonly string[];
  readonly needsContext: boolean;
}

export interface ModuleBindOptions {
  /** How entities are read, if they come with each request; then `store` holds none. */
  readonly callReading?: CallReading | undefined;
  /** The actions of the schema, if the store was not read by it: they are as the schema has them. */
  readonly actions?: readonly Entity[] | undefined;
  /** What JSON in contexts stands for; default: nothing besides primitives is read by emitted code. */
  readonly contextValueOf?: ValueOf | undefined;
  /** Whether own objects may be read by a schema. Default: they are left to others. */
  readonly readsBy?: ((schema: object) => boolean) | undefined;
  /** Where the engine finds the dispatcher by its store: emptied when the graph breaks. */
  readonly cache: ProgramCache;
  /** The types that an action allows, if requests must conform to a schema. */
  readonly requestTypes?: ((action: EntityUid) => RequestTypes) | undefined;
}

/** What is kept with an action. */
interface ActionPlan extends NodePlan {
  readonly loaded: Loaded;
  readonly types: RequestTypes | undefined;
}

export class BoundModule<Request> {
  readonly graph: Graph;
  readonly dispatcher: Dispatcher<Request>;
  /** Reads entities that come with requests, for the functions of the dispatcher. */
  readonly callReader: CallReader | undefined;
  readonly #actions: ModuleActions;
  readonly #requestTypes: ModuleBindOptions['requestTypes'];
  readonly #errorLog = new ErrorLog();
  readonly #start: SatisfiedSet;
  readonly #loaded: readonly Loaded[];

  constructor(module: PolicyModule, store: HandleStore, options: ModuleBindOptions) {
    const { callReading, cache, actions, requestTypes } = options;
    const nodeClass = { class: module.node, fields: module.fields };
    if (callReading === undefined) this.graph = new Graph(store, nodeClass, { cache, actions });
    else {
      const graph = new RequestGraph(store, nodeClass, () => module.accessDepth, { cache });
      this.graph = graph;
      this.callReader = new CallReader(graph, callReading);
    }
    this.#requestTypes = requestTypes;
    this.#start = SatisfiedSet.start(module.rows.length);
    this.#actions = new ModuleActions(module);
    try {
      for (const uid of this.#actions.named) this.graph.intern(uid);
      const program = this.#load<Request>(module, options);
      this.dispatcher = program;
      this.#loaded = program.fulls.map((full, i) => ({ full, decide: program.decides[i]! }));
    } catch (error) {
      this.release();
      throw error;
    }
  }

  isAuthorized(principal: Node, action: Node, resource: Node, context: Node): Response {
    const errorLog = this.#errorLog;
    errorLog.begin();
    const { full } = this.#plan(action).loaded;
    return errorLog.finish(full(principal, action, resource, context, errorLog, this.#start));
  }

  isAllowed(principal: Node, action: Node, resource: Node, context: Node): boolean {
    return this.#plan(action).loaded.decide(principal, action, resource, context);
  }

  /** A request for this action was decided elsewhere. */
  met(action: Node): void {
    this.#plan(action);
  }

  /** Whether a request without a context fits the schema, as far as its types tell. */
  surelyFits({ $type: principal }: Node, action: Node, { $type: resource }: Node): boolean {
    const { types } = this.#plan(action);
    return (
      types !== undefined &&
      !types.needsContext &&
      types.principals.includes(principal!) &&
      types.resources.includes(resource!)
    );
  }

  /** Stops following the store. */
  release(): void {
    this.graph.release();
  }

  /** It stays with the node until the action's ancestors change. */
  #plan(action: Node): ActionPlan {
    const known = action.$plan;
    return known === NO_PLAN ? this.#planFor(action) : (known as ActionPlan);
  }

  #planFor(action: Node): ActionPlan {
    const uid = action.$uid!;
    const { list } = action.$ancestors;
    const { number, set } = this.#actions.caseOf(
      uid,
      list.map(({ $uid }) => $uid!),
    );
    const plan: ActionPlan = {
      number,
      below: this.graph.kept(list),
      loaded: this.#loaded[set]!,
      types: this.#requestTypes?.(uid),
    };
    action.$plan = plan;
    return plan;
  }

  #load<R>(module: PolicyModule, { cache, contextValueOf, readsBy }: ModuleBindOptions): ModuleProgram<R> {
    const { graph } = this;
    const rows = module.rows.map(rowOf);
    let before = 0;
    const indexes = module.indexes.map((index) => {
      const made = this.#index(module.linkIndex!, index, rows.length, before);
      before += index.rows.length;
      return made;
    });
    return module.program(
      { ...bindingsOf(graph), uid: this.#uid },
      rows,
      indexes,
      graph,
      graph.named,
      graph.emptyContext,
      new ContextNode(graph, contextValueOf),
      cache,
      this.#plans,
      this.#errorLog,
      this.#start,
      new OwnObjectReader(graph, () => module.accessDepth, readsBy),
    );
  }

  /** Decides for actions that were not asked for before. */
  readonly #plans: Loaded = {
    full: (principal, action, resource, context, errorLog, satisfied) =>
      this.#plan(action).loaded.full(principal, action, resource, context, errorLog, satisfied),
    decide: (principal, action, resource, context) =>
      this.#plan(action).loaded.decide(principal, action, resource, context),
  };

  /** An entity that the program names. It may look into it, though no request leads to it. */
  readonly #uid = (type: string, id: string): Node => {
    const uid = new EntityUid(type, id);
    this.graph.expect(uid);
    return this.graph.intern(uid);
  };

  /** The orders of all links begin with `first`; `before` stand in indexes before this one. */
  #index(
    Index: typeof LinkIndex,
    { principal, resource, rows, ...template }: ModuleIndex,
    first: number,
    before: number,
  ): LinkIndex {
    const { effect, errorSites } = template;
    const nodeOf = (uid: ModuleUid | null) => (uid === null ? undefined : this.graph.intern(new EntityUid(...uid)));
    const index = new Index(principal, resource, this.graph.indexKeys, { effect, errorSites: () => errorSites });
    rows.forEach((row, i) => {
      index.add(row.id, first + (row.order ?? before + i), nodeOf(row.principal), nodeOf(row.resource));
    });
    return index;
  }
}

function rowOf({ id, effect, errorSites }: ModuleRow, order: number): Row {
  return { id, effect, order, params: [], errorSites: () => errorSites };
}
