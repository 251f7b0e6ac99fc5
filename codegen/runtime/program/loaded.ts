/**
 * Loaded — the functions of a program, and the shape of a module that was compiled ahead of time.
 */

import { EntityUid } from '../../../src/value/entity-uid.ts';
import type { Response } from '../../../src/value/response.ts';
import type { ContextNode } from '../graph/context-node.ts';
import { Graph, type NodeClass } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type AccessDepth, RequestGraph } from '../graph/request-graph.ts';
import type { PartitionedColumns } from '../index/columns.ts';
import { LinkIndex } from '../index/link-index.ts';
import type { PolicyIndex } from '../index/policy-index.ts';
import type { Row } from '../index/row.ts';
import type { IndexBound } from '../index/scope-index.ts';
import type { HandleStore, ProgramCache } from '../store/store.ts';
import { bindingsOf } from './bindings.ts';
import { ErrorLog } from './error-log.ts';
import type { ErrorSite } from './error-site.ts';
import { SatisfiedSet } from './satisfied-set.ts';

/** What emitted code gives back when it is loaded. */
export interface Loaded {
  readonly full: (
    principal: Node,
    action: Node,
    resource: Node,
    context: Node,
    errorLog: ErrorLog,
    satisfied: SatisfiedSet,
  ) => SatisfiedSet;
  readonly decide: (principal: Node, action: Node, resource: Node, context: Node) => boolean;
}

/** Policies of one skeleton. */
export type SkeletonIndex = PolicyIndex | PartitionedColumns;

/** Rows of one function. */
export type AnyIndex = SkeletonIndex | LinkIndex;

export type Factory = (runtime: object, rows: readonly Row[], indexes: readonly AnyIndex[]) => Loaded;

/** The functions of a dispatcher; see emit/program.ts. They give `undefined` for what they leave to others. */
export interface Dispatcher<Request> {
  readonly full: (...request: Parameters<Loaded['full']>) => SatisfiedSet | undefined;
  readonly decide: (...request: Parameters<Loaded['decide']>) => boolean | undefined;
  readonly isAllowed: (request: Request) => boolean | undefined;
  readonly isAuthorized: (request: Request) => Response | undefined;
}

export type DispatcherFactory = <Request>(
  runtime: object,
  rows: readonly Row[],
  indexes: readonly AnyIndex[],
  graph: Graph,
  store: HandleStore,
  named: Graph['named'],
  emptyContext: Node,
  contexts: ContextNode,
  cache: ProgramCache,
  plans: Loaded,
  errorLog: ErrorLog,
  start: SatisfiedSet,
) => Dispatcher<Request>;

interface ModuleRow {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  /** By number; those that the program may note. */
  readonly errorSites: Readonly<Record<number, ErrorSite>>;
  /** As they were written; none if there are none. */
  readonly annotations?: readonly (readonly [name: string, value: string])[] | undefined;
}

type Uid = readonly [type: string, id: string];

interface ModuleIndex extends Omit<ModuleRow, 'id'> {
  readonly principal: IndexBound;
  readonly resource: IndexBound;
  /** The links: what each demands. */
  readonly rows: readonly {
    readonly id: string;
    readonly principal: Uid | null;
    readonly resource: Uid | null;
  }[];
}

/** What an ahead-of-time module holds. */
export interface PolicyModule {
  /** The version that compiled it. */
  readonly cedarmill: string;
  readonly node: NodeClass['class'];
  readonly fields: NodeClass['fields'];
  /** Attributes of the context that some policy reads; `null` when one takes the context as a whole. */
  readonly contextAttributes: readonly string[] | null;
  /** The schema by which requests and entities are read and checked, as data (src/schema/schema-data.ts); none if the module was compiled without. */
  readonly schema?: object | undefined;
  /** How far from a request's entities the policies look. */
  readonly accessDepth: AccessDepth;
  readonly rows: readonly ModuleRow[];
  readonly indexes: readonly ModuleIndex[];
  readonly program: Factory;
}

/** A module together with the entities of one store, or with those of each request. */
export class BoundModule {
  readonly graph: Graph;
  readonly dispatcher = undefined;
  readonly #errorLog = new ErrorLog();
  readonly #start = SatisfiedSet.start();
  readonly #loaded: Loaded;

  /** `callEntities`: the entities come with each request, and `store` holds none. */
  constructor(module: PolicyModule, store: HandleStore, callEntities: boolean, cache?: ProgramCache) {
    const nodeClass = { class: module.node, fields: module.fields };
    this.graph = callEntities
      ? new RequestGraph(store, nodeClass, () => module.accessDepth, { cache })
      : new Graph(store, nodeClass, { cache });
    this.#loaded = this.#load(module);
  }

  isAuthorized(principal: Node, action: Node, resource: Node, context: Node): Response {
    const errorLog = this.#errorLog;
    errorLog.begin();
    return errorLog.finish(this.#loaded.full(principal, action, resource, context, errorLog, this.#start));
  }

  isAllowed(principal: Node, action: Node, resource: Node, context: Node): boolean {
    return this.#loaded.decide(principal, action, resource, context);
  }

  /** Every request is looked at in full if there is a schema. */
  surelyFits(): boolean {
    return false;
  }

  /** Stops following the store. */
  release(): void {
    this.graph.release();
  }

  #load(module: PolicyModule): Loaded {
    const rows = module.rows.map((row, order) => rowOf(row, order));
    let order = rows.length;
    const indexes = module.indexes.map((index) => {
      const made = this.#index(index, order);
      order += index.rows.length;
      return made;
    });
    return module.program({ ...bindingsOf(this.graph), uid: this.#uid }, rows, indexes);
  }

  /** An entity that the program names. It may look into it, though no request leads to it. */
  readonly #uid = (type: string, id: string): Node => {
    const uid = new EntityUid(type, id);
    this.graph.expect(uid);
    return this.graph.intern(uid);
  };

  /** The orders of the links begin with `first`. */
  #index({ principal, resource, rows, effect, errorSites }: ModuleIndex, first: number): LinkIndex {
    const nodeOf = (uid: Uid | null) => (uid === null ? undefined : this.graph.intern(new EntityUid(...uid)));
    const index = new LinkIndex(principal, resource, this.graph.indexKeys, { effect, errorSites: () => errorSites });
    rows.forEach((row, i) => {
      index.add(row.id, first + i, nodeOf(row.principal), nodeOf(row.resource));
    });
    return index;
  }
}

function rowOf({ id, effect, errorSites }: ModuleRow, order: number): Row {
  return { id, effect, order, params: [], errorSites: () => errorSites };
}
