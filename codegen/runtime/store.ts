/**
 * Entity store — entities that many requests are decided against, and many engines may share.
 *
 * It keeps the whole data and belongs to nobody's policy set: each engine keeps its own projection of it (graph.ts), told of every change.
 *
 * Docs:  Cedar policy language, Entities
 */
import { cycleError, type Entity } from '../../src/value/entities.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { CedarRecord } from '../../src/value/record.ts';
import { CedarSet } from '../../src/value/set.ts';
import type { Value } from '../../src/value/value.ts';
import type { Node } from './node.ts';

/** Stands for one entity uid of one store; the fastest way to name an entity in a request. */
export class EntityHandle {
  readonly uid: EntityUid;
  readonly store: HandleStore;
  /** `undefined` while the store has no entry of that uid. */
  entity: Entity | undefined = undefined;
  /** The entity's node in each graph bound to the store, by the graph's slot. */
  readonly nodes: (Node | undefined)[] = [];
  /** The graph that asked last, and its node: most stores have one graph. */
  graph: object | undefined = undefined;
  node: Node | undefined = undefined;

  constructor(uid: EntityUid, store: HandleStore) {
    this.uid = uid;
    this.store = store;
  }
}

export class HandleStore {
  readonly #handles = new Map<string, Map<string, EntityHandle>>();
  readonly #children = new Map<EntityHandle, Set<EntityHandle>>();
  readonly #listeners = new Set<(changed: EntityHandle) => void>();
  #size = 0;
  #slots = 0;

  /** The number of entities. */
  get size(): number {
    return this.#size;
  }

  /** A place for one more graph in every handle. */
  newSlot(): number {
    return this.#slots++;
  }

  /** The handle of a uid that the store has seen; it need not have an entry. */
  find(type: string, id: string): EntityHandle | undefined {
    return this.#handles.get(type)?.get(id);
  }

  types(): Iterable<string> {
    return this.#handles.keys();
  }

  /** The handles of a type's uids, by id. */
  ofType(type: string): ReadonlyMap<string, EntityHandle> | undefined {
    return this.#handles.get(type);
  }

  intern(uid: EntityUid): EntityHandle {
    let ofType = this.#handles.get(uid.type);
    if (ofType === undefined) {
      ofType = new Map();
      this.#handles.set(uid.type, ofType);
    }
    let handle = ofType.get(uid.id);
    if (handle === undefined) {
      handle = new EntityHandle(uid, this);
      ofType.set(uid.id, handle);
    }
    return handle;
  }

  *entries(): IterableIterator<EntityHandle> {
    for (const ofType of this.#handles.values()) {
      for (const handle of ofType.values()) if (handle.entity !== undefined) yield handle;
    }
  }

  /** Those that list `handle` as a parent. */
  children(handle: EntityHandle): Iterable<EntityHandle> {
    return this.#children.get(handle) ?? [];
  }

  /** Puts an entity in the place of the one of its uid, if there is one. Throws `EntitiesError` if it became its own ancestor. */
  upsert(entity: Entity): void {
    const handle = this.intern(entity.uid);
    this.#requireNoCycle(handle, entity);
    if (handle.entity === undefined) this.#size++;
    this.#setParents(handle, entity);
    for (const value of entity.attrs.values()) this.#internIn(value);
    for (const value of entity.tags.values()) this.#internIn(value);
    handle.entity = entity;
    this.#tell(handle);
  }

  /**
   * INVARIANT: every entity that the data mention has a handle before a request is resolved; so a uid without one is equal to nothing in them.
   */
  #internIn(value: Value): void {
    if (typeof value !== 'object') return;
    if (value instanceof EntityUid) this.intern(value);
    else if (value instanceof CedarSet) for (const element of value.elements) this.#internIn(element);
    else if (value instanceof CedarRecord) for (const field of value.fields.values()) this.#internIn(field);
  }

  /** Whether there was an entity of that uid. */
  remove(uid: EntityUid): boolean {
    const handle = this.find(uid.type, uid.id);
    if (handle?.entity === undefined) return false;
    this.#size--;
    this.#setParents(handle, undefined);
    handle.entity = undefined;
    this.#tell(handle);
    return true;
  }

  /** Calls `listener` after each change, until the function it gives is called. */
  onChange(listener: (changed: EntityHandle) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #setParents(handle: EntityHandle, entity: Entity | undefined): void {
    for (const uid of handle.entity?.parents ?? []) this.#children.get(this.intern(uid))?.delete(handle);
    for (const uid of entity?.parents ?? []) {
      const parent = this.intern(uid);
      const children = this.#children.get(parent);
      if (children === undefined) this.#children.set(parent, new Set([handle]));
      else children.add(handle);
    }
  }

  /** Looks upwards from the new parents; without descendants there is nothing to find but the entity itself. */
  #requireNoCycle(handle: EntityHandle, entity: Entity): void {
    const leaf = (this.#children.get(handle)?.size ?? 0) === 0;
    const seen = new Set<EntityHandle>();
    const open = entity.parents.map((uid) => this.intern(uid));
    for (let above = open.pop(); above !== undefined; above = open.pop()) {
      if (above === handle) {
        throw cycleError(entity.uid);
      }
      if (leaf || seen.has(above)) continue;
      seen.add(above);
      for (const uid of above.entity?.parents ?? []) open.push(this.intern(uid));
    }
  }

  #tell(handle: EntityHandle): void {
    for (const listener of this.#listeners) listener(handle);
  }
}

/** The parts of `User::"alice"`; `undefined` when the text has escapes or is no uid, so that a parser must look. */
export function plainUid(text: string): EntityUid | undefined {
  const quote = text.indexOf('::"');
  if (quote <= 0 || text.charCodeAt(text.length - 1) !== 34 || text.length < quote + 4) return undefined;
  const [type, id] = [text.slice(0, quote), text.slice(quote + 3, -1)];
  return /^[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*$/.test(type) && !/["\\\r]/.test(id) ? new EntityUid(type, id) : undefined;
}
