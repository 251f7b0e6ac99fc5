/**
 * Store entities — a store as what partial evaluation knows of the entities, read where it is asked for.
 *
 * What is read is remembered, so that whoever kept a result can tell whether a change of the store matters to it.
 *
 * Spec:  Cedar.TPE.Input: Entities.asPartial, EntitiesWithMissing.asPartial
 */
import type { EntityHandle, Follower } from '../../codegen/index.ts';
import { actionsOf, MISSING, type PartialEntities, type PartialEntityData } from '../partial/partial-entities.ts';
import type { Schema } from '../schema/schema.ts';
import { append } from '../value/append.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import { type WeakReference, weakReference } from '../value/weak-reference.ts';
import type { EntityStore } from './entity-store.ts';

export class StoreEntities implements PartialEntities {
  /** The keys of all entities that were looked at, those without an entry among them. */
  readonly consulted = new Set<string>();
  readonly store: EntityStore;
  readonly #absent: PartialEntityData | undefined;
  readonly #actions: ReadonlyMap<string, PartialEntityData>;
  readonly #known = new Map<string, PartialEntityData | undefined>();

  /** `absent` is what an entity without an entry is: unknown, as for the official partial evaluator, or missing, as for every whole request. */
  constructor(store: EntityStore, schema: Schema, absent: 'unknown' | 'missing') {
    this.store = store;
    this.#absent = absent === 'missing' ? MISSING : undefined;
    this.#actions = actionsOf(schema);
  }

  get(uid: EntityUid): PartialEntityData | undefined {
    const action = this.#actions.get(uid.key);
    if (action !== undefined) return action;
    if (!this.#known.has(uid.key)) this.#known.set(uid.key, this.#read(uid));
    return this.#known.get(uid.key);
  }

  #read(uid: EntityUid): PartialEntityData | undefined {
    const entity = this.#entity(uid);
    if (entity === undefined) return this.#absent;
    const ancestors = this.#ancestorsOf(entity.parents);
    return {
      attrs: entity.attrs,
      tags: entity.tags,
      ancestors: new Set(ancestors.keys()),
      ancestorUids: [...ancestors.values()],
      exists: true,
    };
  }

  #entity(uid: EntityUid) {
    this.consulted.add(uid.key);
    return this.store.get(uid);
  }

  #ancestorsOf(parents: readonly EntityUid[]): ReadonlyMap<string, EntityUid> {
    const ancestors = new Map<string, EntityUid>();
    const stack = [...parents];
    for (let uid = stack.pop(); uid !== undefined; uid = stack.pop()) {
      if (ancestors.has(uid.key)) continue;
      ancestors.set(uid.key, uid);
      append(stack, this.#entity(uid)?.parents ?? []);
    }
    return ancestors;
  }
}

/** Changes that are remembered one by one; whoever looks after more of them takes everything for changed. */
const REMEMBERED = 64;

/**
 * Which entities of a store changed lately.
 *
 * Technique: a ring of the last changes. The store holds a follower that holds the watch weakly, so that nobody need let go of it.
 */
export class StoreWatch {
  /** The number of changes so far. */
  version = 0;
  readonly #ring: string[] = [];
  readonly #follower: WatchFollower;

  constructor(store: EntityStore) {
    this.#follower = new WatchFollower(this, store);
  }

  /** Whether it may have missed a change. */
  get isBroken(): boolean {
    return this.#follower.broken;
  }

  note(key: string): void {
    this.#ring[this.version % REMEMBERED] = key;
    this.version++;
  }

  /** Whether any of the entities, by their keys, may have changed after that version. */
  changedSince(version: number, keys: ReadonlySet<string>): boolean {
    if (this.isBroken || this.version - version > REMEMBERED) return true;
    for (let each = version; each < this.version; each++) if (keys.has(this.#ring[each % REMEMBERED]!)) return true;
    return false;
  }
}

class WatchFollower implements Follower {
  broken = false;
  readonly cache = undefined;
  readonly #watch: WeakReference<StoreWatch>;
  readonly #store: EntityStore['handles'];

  constructor(watch: StoreWatch, { handles }: EntityStore) {
    this.#watch = weakReference(watch, 'hold');
    this.#store = handles;
    handles.attach(this);
  }

  follow(changed: EntityHandle): void {
    const watch = this.#watch.deref();
    if (watch === undefined) this.release();
    else watch.note(changed.key);
  }

  pins(): boolean {
    return false;
  }

  forget(): void {}

  release(): void {
    this.#store.detach(this);
  }
}
