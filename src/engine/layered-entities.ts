/**
 * Layered entities — the entities of a request on top of a store, without a copy of it: what the request brings hides what the store has of the same uid.
 */
import type { CallEntities, HandleStore } from '../../codegen/index.ts';
import { Entities, type Entity, type EntityView } from '../value/entities.ts';
import type { EntitySource } from '../value/entity-source.ts';
import { isActionType } from '../value/entity-uid.ts';

type ById = Map<string, Entity>;

/** The entities of a store as it is at each moment. */
export class StoreCallEntities implements CallEntities {
  readonly #store: HandleStore;

  constructor(store: HandleStore) {
    this.#store = store;
  }

  find(type: string, id: string): EntityView | undefined {
    return this.#store.find(type, id)?.entity;
  }

  ofType(type: string): KnownIds | undefined {
    return this.#store.ofType(type);
  }
}

export class LayeredEntities implements CallEntities {
  readonly #base: HandleStore;
  readonly #own: readonly Entity[];
  readonly #byType = new Map<string, ById>();

  /** `own` are read, and of one uid there is one. */
  constructor(base: HandleStore, own: readonly Entity[]) {
    this.#base = base;
    this.#own = own;
    for (const entity of own) {
      const { type, id } = entity.uid;
      const byId = this.#byType.get(type);
      if (byId === undefined) this.#byType.set(type, new Map([[id, entity]]));
      else byId.set(id, entity);
    }
  }

  find(type: string, id: string): EntityView | undefined {
    return this.#byType.get(type)?.get(id) ?? this.#base.find(type, id)?.entity;
  }

  ofType(type: string): KnownIds | undefined {
    const own = this.#byType.get(type);
    const base = this.#base.ofType(type);
    return own === undefined || base === undefined ? (own ?? base) : new EitherIds(own, base);
  }

  /** All entities as they are now: those of the store, then the request's own. */
  *all(): IterableIterator<Entity> {
    for (const handle of this.#base.entries())
      if (this.#byType.get(handle.type)?.has(handle.id) !== true) yield handle.entity!.written(handle);
    yield* this.#own;
  }

  /** Whether the two together may have a cycle: then an entity of the store is below one that the request brings. */
  get mayHaveCycle(): boolean {
    return this.#own.some(({ uid, parents }) => {
      const handle = parents.length === 0 ? undefined : this.#base.find(uid.type, uid.id);
      return handle !== undefined && !isEmpty(this.#base.below(handle));
    });
  }
}

/** Actions as a schema has them, whatever else there is of them: those of a store that the schema did not read. */
export class WithActions implements CallEntities {
  readonly #base: CallEntities;
  readonly #actions: CallEntities;

  constructor(base: CallEntities, actions: CallEntities) {
    this.#base = base;
    this.#actions = actions;
  }

  find(type: string, id: string): EntityView | undefined {
    return this.#of(type).find(type, id);
  }

  ofType(type: string): KnownIds | undefined {
    return this.#of(type).ofType(type);
  }

  #of(type: string): CallEntities {
    return isActionType(type) ? this.#actions : this.#base;
  }
}

/** Own objects that a request names, on top of all other entities. */
export class SourcesOnTop implements CallEntities {
  readonly #base: CallEntities;
  readonly #own: readonly EntitySource[];

  constructor(base: CallEntities, own: readonly EntitySource[]) {
    this.#base = base;
    this.#own = own;
  }

  find(type: string, id: string): EntityView | undefined {
    const own = this.#own.find((source) => source.id === id && source.type === type);
    return own === undefined ? this.#base.find(type, id) : own.entity;
  }

  ofType(type: string): KnownIds | undefined {
    const own = new Map(this.#own.filter((source) => source.type === type).map((source) => [source.id, source]));
    const base = this.#base.ofType(type);
    if (own.size === 0) return base;
    return base === undefined ? own : new EitherIds(own, base);
  }
}

/** The entities of a request, each once. Throws `EntitiesError`. */
export function onceEach(entities: readonly Entity[]): readonly Entity[] {
  return [...Entities.from(entities)];
}

function isEmpty(items: Iterable<unknown>): boolean {
  for (const _ of items) return false;
  return true;
}

/** The ids of the entities of one type. */
type KnownIds = NonNullable<ReturnType<CallEntities['ofType']>>;

/** Those of two lists together; the size is at least that of either. */
class EitherIds implements KnownIds {
  readonly #own: KnownIds;
  readonly #base: KnownIds;

  constructor(own: KnownIds, base: KnownIds) {
    this.#own = own;
    this.#base = base;
  }

  get size(): number {
    return this.#own.size + this.#base.size;
  }

  has(id: string): boolean {
    return this.#own.has(id) || this.#base.has(id);
  }

  *keys(): IterableIterator<string> {
    yield* this.#own.keys();
    yield* this.#base.keys();
  }
}
