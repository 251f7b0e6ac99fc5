/**
 * Entity store — entities that many requests are decided against, and many engines may share.
 *
 * It keeps the whole data and belongs to nobody's policy set: each engine keeps its own projection of it (graph.ts), told of every change.
 *
 * A change is complete or has not happened, whatever is thrown in between, a full stack included:
 * - What a handle holds (`entity`) is the data. One assignment commits a change, and all that may refuse it comes before.
 * - Everything else is derived from it. The index of parents is built again before its next use if a change could not finish it; a graph that could not
 *   follow is broken, and its engine binds again.
 * - What happens after the assignment throws nothing to the caller.
 *
 * Long because handles, their index and their followers change together or not at all.
 *
 * Docs:  Cedar policy language, Entities
 */
import type { Entity } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { CedarRecord } from '../../../src/value/record.ts';
import { CedarSet } from '../../../src/value/set.ts';
import type { Value } from '../../../src/value/value.ts';
import { EMPTY_HANDLES_AT_LEAST, SEARCHED_TYPES_AT_MOST } from '../limits.ts';
import { requireNoCycle } from './cycle.ts';
import { EntityHandle, type HandleData, handleNodes, type NodeOwner, type ParentSet } from './entity-handle.ts';
import { Layouts } from './layout.ts';
import { ParentSets, sameParents } from './parent-sets.ts';
import { storedEntity } from './stored-entity.ts';
import { unmentioned } from './sweep.ts';

/** A cache that an engine keeps by store: it is emptied when the engine's graph breaks. */
export interface ProgramCache {
  entities: unknown;
  /** The functions that answer about them. */
  readonly isAllowed?: unknown;
  readonly isAuthorized?: unknown;
}

/** What is derived from a store and follows its changes. */
export interface Follower {
  /** Set once it could not follow; from then on it answers nothing and is told nothing. */
  broken: boolean;
  readonly cache: ProgramCache | undefined;
  /** Is told which entity changed, and what it was before. */
  follow(changed: EntityHandle, before: HandleData | undefined): void;
  /** Whether its program may ask for the entity, whatever the data say. */
  pins(handle: EntityHandle): boolean;
  /** Forgets an entity that nothing mentions any more. */
  forget(handle: EntityHandle): void;
  /** Called when it is broken. */
  release(): void;
}

/** The handles of one entity type. */
interface OfType {
  readonly type: string;
  readonly handles: Map<string, EntityHandle>;
}

export class HandleStore implements NodeOwner {
  readonly #types = new Map<string, OfType>();
  /** Those that were asked for first: requests name few types, and comparing with these costs less than a look-up. */
  #firstTypes: OfType[] = [];
  readonly #parentSets = new ParentSets();
  /** Whether a change could not bring the parent sets up to date. */
  #isIndexBehind = false;
  readonly #layouts = new Layouts();
  /** Replaced, not changed, when one leaves: others may be told something at that time. */
  #followers: Follower[] = [];
  /** A handle that is empty for a moment is not swept. */
  #isExchanging = false;
  /** Changes when there is a type more or less. */
  typesVersion = 0;
  #size = 0;
  #handleCount = 0;
  /** Handles without an entity that the last sweep had to keep. */
  #emptyKept = 0;
  readonly #emptyAtLeast: number;

  /** `emptyAtLeast`: small where a test wants sweeps. */
  constructor(emptyAtLeast = EMPTY_HANDLES_AT_LEAST) {
    this.#emptyAtLeast = emptyAtLeast;
  }

  /** Handles that no graph has asked for know their store by it. */
  get store(): this {
    return this;
  }

  /** The number of entities. */
  get size(): number {
    return this.#size;
  }

  /** The number of uids that have a handle. */
  get handleCount(): number {
    return this.#handleCount;
  }

  /** The handle of a uid that the store has seen; it need not have an entry. */
  find(type: string, id: string): EntityHandle | undefined {
    return this.ofType(type)?.get(id);
  }

  /** The handles of a type's uids, by id. */
  ofType(type: string): ReadonlyMap<string, EntityHandle> | undefined {
    const first = this.#firstTypes;
    for (let i = 0; i < first.length; i++) if (first[i]!.type === type) return first[i]!.handles;
    const ofType = this.#types.get(type);
    if (ofType !== undefined && first.length < SEARCHED_TYPES_AT_MOST) first.push(ofType);
    return ofType?.handles;
  }

  intern(uid: EntityUid): EntityHandle {
    if (uid instanceof EntityHandle && uid.store === this) return uid;
    let ofType = this.#types.get(uid.type);
    if (ofType === undefined) {
      ofType = { type: uid.type, handles: new Map() };
      this.#types.set(uid.type, ofType);
      this.typesVersion++;
    }
    let handle = ofType.handles.get(uid.id);
    if (handle === undefined) {
      // One text for the type of all of them.
      handle = new EntityHandle(ofType.type, uid.id, this);
      ofType.handles.set(uid.id, handle);
      this.#handleCount++;
    }
    return handle;
  }

  *entries(): IterableIterator<EntityHandle> {
    for (const handle of this.#handles()) if (handle.entity !== undefined) yield handle;
  }

  *#handles(): IterableIterator<EntityHandle> {
    for (const { handles } of this.#types.values()) yield* handles.values();
  }

  /** The parent sets that list `handle`. */
  below(handle: EntityHandle): Iterable<ParentSet> {
    return this.#upToDate().below(handle);
  }

  /** Adds an entity, or replaces the one of its uid. Throws `EntitiesError` if it became its own ancestor. */
  upsert(entity: Entity, handle = this.intern(entity.uid)): void {
    const before = handle.entity;
    const parentSet = this.#parentSetOf(handle, entity.parents);
    for (const value of entity.attrs.values()) this.#internIn(value);
    for (const value of entity.tags.values()) this.#internIn(value);
    this.#commit(handle, storedEntity(this.#layouts.of(entity, before?.layout), parentSet, entity));
  }

  /** The set of these parents. Those that the entity has make no cycle. */
  #parentSetOf(handle: EntityHandle, uids: readonly EntityUid[]): ParentSet {
    const sets = this.#upToDate();
    const parents = uids.map((uid) => this.intern(uid));
    const before = handle.entity?.parentSet;
    if (before !== undefined && sameParents(before.parents, parents)) return before;
    requireNoCycle(handle, parents, sets);
    return sets.of(parents);
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
    this.#upToDate();
    this.#commit(handle, undefined);
    return true;
  }

  /**
   * These go and those are put, all of them or none. What changes may be among both: old parents and new ones may make a cycle together.
   *
   * Every step is a change of its own; when one cannot be made, assignments undo those before it.
   */
  exchange(gone: readonly EntityUid[], put: readonly Entity[]): void {
    const handles = [...gone, ...put.map(({ uid }) => uid)].map((uid) => this.intern(uid));
    const before = handles.map(({ entity }) => entity);
    const size = this.#size;
    this.#isExchanging = true;
    try {
      for (const uid of gone) this.remove(uid);
      for (const entity of put) this.upsert(entity);
      this.#isExchanging = false;
    } catch (error) {
      // Calls nothing, as in `#commit`.
      for (let i = 0; i < handles.length; i++) handles[i]!.entity = before[i];
      this.#size = size;
      this.#isIndexBehind = true;
      this.#isExchanging = false;
      const followers = this.#followers;
      for (let i = 0; i < followers.length; i++) {
        const follower = followers[i]!;
        follower.broken = true;
        if (follower.cache !== undefined) follower.cache.entities = undefined;
      }
      throw error;
    }
    try {
      this.#sweep();
    } catch {
      // Calls nothing, as in `#commit`.
      const followers = this.#followers;
      for (let i = 0; i < followers.length; i++) {
        const follower = followers[i]!;
        follower.broken = true;
        if (follower.cache !== undefined) follower.cache.entities = undefined;
      }
    }
  }

  /** How many follow its changes. */
  get followerCount(): number {
    return this.#followers.length;
  }

  /** Tells `follower` of each change from now on. */
  attach(follower: Follower): void {
    this.#followers.push(follower);
  }

  /** What only it asked for may go: policies come and go also where the data stay as they are. */
  detach(follower: Follower): void {
    this.#followers = this.#followers.filter((each) => each !== follower);
    try {
      this.#sweep();
    } catch {
      // Calls nothing, as in a change.
      const followers = this.#followers;
      for (let i = 0; i < followers.length; i++) {
        const each = followers[i]!;
        each.broken = true;
        if (each.cache !== undefined) each.cache.entities = undefined;
      }
    }
  }

  /** INVARIANT: throws nothing once `entity` is assigned; an exception that comes before that has changed nothing. */
  #commit(handle: EntityHandle, next: HandleData | undefined): void {
    const before = handle.entity;
    this.#isIndexBehind = true;
    this.#size += (next === undefined ? 0 : 1) - (before === undefined ? 0 : 1);
    handle.entity = next;
    try {
      this.#move(handle, before?.parentSet, next?.parentSet);
      this.#isIndexBehind = false;
      this.#tell(handle, before);
      this.#sweep();
    } catch {
      // Calls nothing: there may be no stack left for it.
      const followers = this.#followers;
      for (let i = 0; i < followers.length; i++) {
        const follower = followers[i]!;
        follower.broken = true;
        if (follower.cache !== undefined) follower.cache.entities = undefined;
      }
    }
  }

  #move(handle: EntityHandle, from: ParentSet | undefined, to: ParentSet | undefined): void {
    if (from === to) return;
    if (from !== undefined) this.#parentSets.remove(from, handle);
    if (to !== undefined) this.#parentSets.add(to, handle);
  }

  /** One that cannot follow keeps the others from nothing. */
  #tell(handle: EntityHandle, before: HandleData | undefined): void {
    let isAnyBroken = false;
    const followers = this.#followers;
    for (let i = 0; i < followers.length; i++) {
      const follower = followers[i]!;
      try {
        if (!follower.broken) follower.follow(handle, before);
      } catch {
        follower.broken = true;
        if (follower.cache !== undefined) follower.cache.entities = undefined;
      }
      isAnyBroken ||= follower.broken;
    }
    if (isAnyBroken) this.#releaseBroken();
  }

  #releaseBroken(): void {
    for (const follower of this.#followers) if (follower.broken) follower.release();
  }

  /** The parent sets as the entities have them. */
  #upToDate(): ParentSets {
    const sets = this.#parentSets;
    if (!this.#isIndexBehind) return sets;
    sets.clear();
    for (const handle of this.#handles()) {
      handle.before = undefined;
      handle.after = undefined;
      if (handle.entity !== undefined) handle.entity.parentSet.first = undefined;
    }
    for (const handle of this.entries()) sets.add(handle.entity!.parentSet, handle);
    this.#isIndexBehind = false;
    return sets;
  }

  /**
   * Drops handles without an entity that nothing mentions. It looks at all the data, so it waits until half as many have gathered as there are
   * entities, and twice as many as it had to keep the last time: a change pays a constant part of it.
   */
  #sweep(): void {
    const empty = this.#handleCount - this.#size;
    if (this.#isExchanging) return;
    if (empty <= Math.max(this.#emptyAtLeast, this.#size >> 1) + 2 * this.#emptyKept) return;
    this.#upToDate();
    const dead = unmentioned(this.#handles(), (handle) => this.#isNeeded(handle));
    for (const handle of dead) this.#drop(handle);
    this.#emptyKept = empty - dead.length;
  }

  #isNeeded(handle: EntityHandle): boolean {
    return this.#parentSets.isParent(handle) || this.#followers.some((each) => !each.broken && each.pins(handle));
  }

  #drop(handle: EntityHandle): void {
    for (const follower of this.#followers) if (!follower.broken) follower.forget(handle);
    handleNodes.keep(handle, undefined, undefined);
    const ofType = this.#types.get(handle.type)!;
    ofType.handles.delete(handle.id);
    this.#handleCount--;
    if (ofType.handles.size > 0) return;
    this.#types.delete(handle.type);
    this.typesVersion++;
    this.#firstTypes = [];
  }
}

/** The parts of `User::"alice"`; `undefined` when the text has escapes or is not a uid, so that a parser must look. */
export function plainUid(text: string): EntityUid | undefined {
  const quote = text.indexOf('::"');
  if (quote <= 0 || text.charCodeAt(text.length - 1) !== 34 || text.length < quote + 4) return undefined;
  const [type, id] = [text.slice(0, quote), text.slice(quote + 3, -1)];
  return /^[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*$/.test(type) && !/["\\\r]/.test(id) ? new EntityUid(type, id) : undefined;
}
