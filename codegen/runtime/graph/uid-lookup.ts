/**
 * Uid lookup — the nodes of the uids that requests have in one position, principals or resources.
 *
 * Technique: inline cache of the type. Principals are mostly of one type, and so are resources: then one comparison finds the handles among which the id is.
 *
 * INVARIANT: the handles are those of the store; who drops a type clears it.
 */
import type { EntityHandle } from '../store/entity-handle.ts';
import type { HandleStore } from '../store/store.ts';
import type { Node } from './node.ts';

/** What lookups ask of a graph. */
export interface KnownNodes {
  readonly store: HandleStore;
  readonly named: ReadonlyMap<string | EntityHandle, Node>;
  known(handle: EntityHandle): Node | undefined;
}

export class UidLookup {
  readonly #graph: KnownNodes;
  #type: string | undefined = undefined;
  #handles: ReadonlyMap<string, EntityHandle> = NO_HANDLES;

  constructor(graph: KnownNodes) {
    this.#graph = graph;
  }

  /** `undefined` if the graph has no node of it. */
  find(type: string, id: string): Node | undefined {
    if (type !== this.#type) this.#take(type);
    const handle = this.#handles.get(id);
    return handle === undefined ? undefined : this.#graph.known(handle);
  }

  /** A type that the store does not know is not remembered: it may come. */
  #take(type: string): void {
    const handles = this.#graph.store.ofType(type);
    this.#type = handles && type;
    this.#handles = handles ?? NO_HANDLES;
  }

  clear(): void {
    this.#type = undefined;
    this.#handles = NO_HANDLES;
  }
}

const NO_HANDLES: ReadonlyMap<string, EntityHandle> = new Map();
