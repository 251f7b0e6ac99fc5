/**
 * Store entities — a store as what partial evaluation knows of the entities, read where it is asked for.
 *
 * What is read is remembered, so that whoever kept a result can tell whether a change of the store matters to it.
 *
 * Spec:  Cedar.TPE.Input: Entities.asPartial, EntitiesWithMissing.asPartial
 */
import type { EntityHandle } from '../../codegen/runtime/store/store.ts';
import { actionsOf, MISSING, type PartialEntities, type PartialEntityData } from '../partial/partial-entities.ts';
import type { Schema } from '../schema/schema.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { EntityStore } from './entity-store.ts';

export class StoreEntities implements PartialEntities {
  /** The handles of all entities that were looked at, those without an entry among them. */
  readonly consulted = new Set<EntityHandle>();
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
    this.consulted.add(this.store.handles.intern(uid));
    return this.store.get(uid);
  }

  #ancestorsOf(parents: readonly EntityUid[]): ReadonlyMap<string, EntityUid> {
    const ancestors = new Map<string, EntityUid>();
    const stack = [...parents];
    for (let uid = stack.pop(); uid !== undefined; uid = stack.pop()) {
      if (ancestors.has(uid.key)) continue;
      ancestors.set(uid.key, uid);
      stack.push(...(this.#entity(uid)?.parents ?? []));
    }
    return ancestors;
  }
}

/** When each entity of a store changed, counted in changes. It holds nothing but itself, so whoever forgets it may. */
export class StoreWatch {
  /** The number of changes so far. */
  version = 0;
  readonly #changed = new WeakMap<EntityHandle, number>();

  constructor(store: EntityStore) {
    store.handles.onChange((handle) => {
      this.version++;
      this.#changed.set(handle, this.version);
    });
  }

  /** Whether any of the entities changed after that version. */
  changedSince(version: number, handles: Iterable<EntityHandle>): boolean {
    for (const handle of handles) if ((this.#changed.get(handle) ?? 0) > version) return true;
    return false;
  }
}
