/**
 * Entity handle — what stands for one uid of one store, what the store keeps with it, and the entities that list the same parents.
 *
 * The three name one another, so they stand in one file. Whoever owns nodes is known by an interface: stores know nothing of graphs.
 */
import type { Entity, EntityView, ValuesByName } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import type { Value } from '../../../src/value/value.ts';
import type { Node } from '../graph/node.ts';
import type { Layout } from './layout.ts';

/** A graph, which keeps its nodes with the handles of its store; or the store itself, until a graph asks. */
export interface NodeOwner {
  readonly store: { find(type: string, id: string): EntityHandle | undefined };
}

/** What a store keeps of an entity (stored-entity.ts). */
export interface HandleData extends EntityView, ValuesByName {
  readonly layout: Layout;
  readonly parentSet: ParentSet;
  readonly tags: ReadonlyMap<string, Value>;
  /** As it was given. */
  written(uid: EntityUid): Entity;
}

/** Entities with equal parents: a linked list through their handles. */
export class ParentSet {
  readonly parents: readonly EntityHandle[];
  /** The first of its members; `undefined` if there is none. */
  first: EntityHandle | undefined = undefined;

  constructor(parents: readonly EntityHandle[]) {
    this.parents = Object.freeze(parents);
  }

  get isEmpty(): boolean {
    return this.first === undefined;
  }

  *members(): IterableIterator<EntityHandle> {
    for (let handle = this.first; handle !== undefined; handle = handle.after) yield handle;
  }
}

/** What graphs and stores do with the nodes of handles. Nobody else can: what `nodeIn` takes is what they have kept. */
interface HandleNodes {
  /** From now on the handle has that node in that graph, or none. */
  keep(handle: EntityHandle, owner: NodeOwner | undefined, node: Node | undefined): void;
  /** The node of a handle in that graph; `undefined` for a handle of others, and for what only looks like one. Runs no code of the asker. */
  nodeIn(given: object, graph: NodeOwner): Node | undefined;
}

export const handleNodes = {} as HandleNodes;

/**
 * Stands for one entity uid of one store; the fastest way to name an entity in a request.
 *
 * Its node stands in private fields: neither a copy of its members nor an object that inherits from it has them, and reading them calls no getter and
 * no trap. So one test, after all that may run code of the asker, is enough for a request.
 */
export class EntityHandle extends EntityUid {
  /** `undefined` while the store has no entry of that uid. */
  entity: HandleData | undefined = undefined;
  /** Its neighbours among those of its parent set. */
  before: EntityHandle | undefined = undefined;
  after: EntityHandle | undefined = undefined;
  #graph: NodeOwner | undefined;
  #node: Node | undefined = undefined;

  constructor(type: string, id: string, store: NodeOwner) {
    super(type, id);
    this.#graph = store;
  }

  static {
    handleNodes.keep = (handle, owner, node) => {
      handle.#graph = owner;
      handle.#node = node;
    };
    handleNodes.nodeIn = (given, graph) => (#node in given && given.#graph === graph ? given.#node : undefined);
  }

  /**
   * The graph that asked first, whose node it has then: most stores have one graph. Until then its store, for there may be millions of handles.
   * `undefined` once the store has swept it: from then on it is a uid like any other.
   */
  get graph(): NodeOwner | undefined {
    return #graph in this ? this.#graph : undefined;
  }

  get node(): Node | undefined {
    return #node in this ? this.#node : undefined;
  }

  get store(): NodeOwner['store'] | undefined {
    return this.graph?.store;
  }

  /**
   * Whether its store has given it out, and has not swept it. Applications can make objects that look like handles: by `new`, `Object.create`, or with
   * another id.
   */
  get isInterned(): boolean {
    return this.node !== undefined || this.store?.find(this.type, this.id) === this;
  }
}
