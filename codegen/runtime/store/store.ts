/**
 * Entity store — entities that many requests are decided against, and many engines may share.
 *
 * It keeps the whole data and belongs to nobody's policy set: each engine keeps its own projection of it (graph.ts), told of every change.
 *
 * Docs:  Cedar policy language, Entities
 */
import { cycleError, type Entity } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { CedarRecord } from '../../../src/value/record.ts';
import { CedarSet } from '../../../src/value/set.ts';
import type { Value } from '../../../src/value/value.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type ParentSet, ParentSets, sameParents } from './parent-sets.ts';
import { Layouts, type StoredEntity, storedEntity } from './stored-entity.ts';

/** Stands for one entity uid of one store; the fastest way to name an entity in a request. */
export class EntityHandle extends EntityUid {
  /** `undefined` while the store has no entry of that uid. */
  entity: StoredEntity | undefined = undefined;
  /** Its neighbours among its parent set. */
  before: EntityHandle | undefined = undefined;
  after: EntityHandle | undefined = undefined;
  /** The graph that asked first, whose node it has then: most stores have one graph. Until then its store, for there may be millions of handles. */
  graph: Graph | HandleStore;
  node: Node | undefined = undefined;

  constructor(type: string, id: string, store: HandleStore) {
    super(type, id);
    this.graph = store;
  }

  get store(): HandleStore {
    const { graph } = this;
    return graph instanceof HandleStore ? graph : graph.store;
  }

  get uid(): EntityUid {
    return this;
  }
}

/** Is told which entity changed, and what it was before. */
type Listener = (changed: EntityHandle, before: StoredEntity | undefined) => void;

/** The handles of one entity type. */
interface OfType {
  readonly type: string;
  readonly handles: Map<string, EntityHandle>;
}

export class HandleStore {
  readonly #types = new Map<string, OfType>();
  readonly #parentSets = new ParentSets();
  readonly #layouts = new Layouts();
  readonly #listeners = new Set<Listener>();
  #size = 0;

  /** The number of entities. */
  get size(): number {
    return this.#size;
  }

  /** The handle of a uid that the store has seen; it need not have an entry. */
  find(type: string, id: string): EntityHandle | undefined {
    return this.#types.get(type)?.handles.get(id);
  }

  /** The handles of a type's uids, by id. */
  ofType(type: string): ReadonlyMap<string, EntityHandle> | undefined {
    return this.#types.get(type)?.handles;
  }

  intern(uid: EntityUid): EntityHandle {
    if (uid instanceof EntityHandle && uid.store === this) return uid;
    let ofType = this.#types.get(uid.type);
    if (ofType === undefined) {
      ofType = { type: uid.type, handles: new Map() };
      this.#types.set(uid.type, ofType);
    }
    let handle = ofType.handles.get(uid.id);
    if (handle === undefined) {
      // One text for the type of all of them.
      handle = new EntityHandle(ofType.type, uid.id, this);
      ofType.handles.set(uid.id, handle);
    }
    return handle;
  }

  *entries(): IterableIterator<EntityHandle> {
    for (const { handles } of this.#types.values()) {
      for (const handle of handles.values()) if (handle.entity !== undefined) yield handle;
    }
  }

  /** The parent set that list `handle` as a parent. */
  below(handle: EntityHandle): Iterable<ParentSet> {
    return this.#parentSets.below(handle);
  }

  /** Puts an entity in the place of the one of its uid, if there is one. Throws `EntitiesError` if it became its own ancestor. */
  upsert(entity: Entity, handle = this.intern(entity.uid)): void {
    const before = handle.entity;
    const parentSet = this.#parentSetOf(handle, entity.parents);
    if (before === undefined) this.#size++;
    for (const value of entity.attrs.values()) this.#internIn(value);
    for (const value of entity.tags.values()) this.#internIn(value);
    this.#move(handle, parentSet);
    handle.entity = storedEntity(this.#layouts.of(entity, before?.layout), parentSet, entity);
    this.#tell(handle, before);
  }

  /** The parent set that an entity is of with these parents. Those that it had make no cycle. */
  #parentSetOf(handle: EntityHandle, uids: readonly EntityUid[]): ParentSet {
    const parents = uids.map((uid) => this.intern(uid));
    const before = handle.entity?.parentSet;
    if (before !== undefined && sameParents(before.parents, parents)) return before;
    this.#requireNoCycle(handle, parents);
    return this.#parentSets.of(parents);
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
    const before = handle?.entity;
    if (handle === undefined || before === undefined) return false;
    this.#size--;
    this.#move(handle, undefined);
    handle.entity = undefined;
    this.#tell(handle, before);
    return true;
  }

  /** Calls `listener` after each change, until the function it gives is called. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #move(handle: EntityHandle, to: ParentSet | undefined): void {
    const from = handle.entity?.parentSet;
    if (from === to) return;
    if (from !== undefined) this.#parentSets.leave(from, handle);
    if (to !== undefined) this.#parentSets.join(to, handle);
  }

  /** Looks upwards from the new parents; without descendants there is nothing to find but the entity itself. */
  #requireNoCycle(handle: EntityHandle, parents: readonly EntityHandle[]): void {
    const leaf = !this.#parentSets.hasBelow(handle);
    if (leaf && !parents.includes(handle)) return;
    const seen = new Set<EntityHandle>();
    const open = [...parents];
    for (let above = open.pop(); above !== undefined; above = open.pop()) {
      if (above === handle) throw cycleError(handle);
      if (seen.has(above)) continue;
      seen.add(above);
      if (above.entity !== undefined) open.push(...above.entity.parentSet.parents);
    }
  }

  #tell(handle: EntityHandle, before: StoredEntity | undefined): void {
    for (const listener of this.#listeners) listener(handle, before);
  }
}

/** The parts of `User::"alice"`; `undefined` when the text has escapes or is no uid, so that a parser must look. */
export function plainUid(text: string): EntityUid | undefined {
  const quote = text.indexOf('::"');
  if (quote <= 0 || text.charCodeAt(text.length - 1) !== 34 || text.length < quote + 4) return undefined;
  const [type, id] = [text.slice(0, quote), text.slice(quote + 3, -1)];
  return /^[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*$/.test(type) && !/["\\\r]/.test(id) ? new EntityUid(type, id) : undefined;
}
