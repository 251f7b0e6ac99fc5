/**
 * Entity store — the entities that requests are decided against, kept between requests.
 *
 * Many engines may share one store; each follows its changes.
 *
 * Docs:  Cedar policy language, JSON entity format
 */
import { type EntityHandle, HandleStore } from '../../codegen/runtime/store/store.ts';
import { DataPath } from '../parser/data/data-path.ts';
import { eachEntityFromData, entitiesFromData, entityFromData } from '../parser/data/entities.ts';
import type { Schema } from '../schema/schema.ts';
import { checkEntity, conformingEntities } from '../validator/conformance/conformance.ts';
import { actionMismatch, ConformanceError } from '../validator/conformance/conformance-error.ts';
import { schemaGuide } from '../validator/conformance/typed-data.ts';
import { duplicateError, EntitiesError, type Entity, sameEntity } from '../value/entities.ts';
import { isActionType } from '../value/entity-uid.ts';
import { parseJson } from '../value/json.ts';
import { type UidInput, uidFromInput } from './input/uid-input.ts';

/** One entity as JSON or as the JavaScript value of it: `{ uid, attrs, parents, tags? }`. */
export type EntityInput = object;

export interface EntityStoreOptions {
  /** Read and check entities by this schema, and add its actions. Attributes may then be written without escapes. */
  readonly schema?: Schema | undefined;
}

export class EntityStore {
  readonly #handles = new HandleStore();
  /** The schema that all entities of the store fit; `undefined` when they were not checked. */
  readonly schema: Schema | undefined;

  constructor({ schema }: EntityStoreOptions = {}) {
    this.schema = schema;
  }

  /**
   * A store of these entities: a list of JSON entities, or JSON text of one.
   *
   *     const store = EntityStore.from([
   *       { uid: { type: 'User', id: 'alice' }, attrs: { age: 30 }, parents: [{ type: 'Team', id: 'admins' }] },
   *     ]);
   *     store.size   // 1
   *
   * Throws `DataError` with the path to what is no entity, `JsonSyntaxError` for text that is no JSON, `EntitiesError` for cycles and for two
   * different entities of one uid, and `ConformanceError` for entities that do not fit the schema.
   */
  static from(entities: readonly EntityInput[] | string, options: EntityStoreOptions = {}): EntityStore {
    const data = typeof entities === 'string' ? parseJson(entities) : entities;
    const { schema } = options;
    if (schema === undefined) return EntityStore.#ofData(data);
    return EntityStore.of(entitiesFromData(data, { guide: schemaGuide(schema) }), options);
  }

  /** Entities are stored as they are read; but what is no entity is told before what is wrong with the entities together. */
  static #ofData(data: unknown): EntityStore {
    try {
      return EntityStore.of(eachEntityFromData(data));
    } catch (error) {
      if (error instanceof EntitiesError) entitiesFromData(data);
      throw error;
    }
  }

  /** A store of entities that are values already. Throws as `from` does. */
  static of(entities: Iterable<Entity>, options: EntityStoreOptions = {}): EntityStore {
    const store = new EntityStore(options);
    if (options.schema !== undefined) {
      for (const entity of conformingEntities(entities, options.schema)) store.#handles.upsert(entity);
      return store;
    }
    for (const entity of entities) {
      const handle = store.#handles.intern(entity.uid);
      const known = handle.entity?.written(handle);
      if (known !== undefined && !sameEntity(known, entity)) throw duplicateError(entity.uid);
      store.#handles.upsert(entity, handle);
    }
    return store;
  }

  /** The number of entities. */
  get size(): number {
    return this.#handles.size;
  }

  /**
   * Adds an entity, or puts it in the place of the one with its uid.
   *
   *     store.upsert({ uid: { type: 'User', id: 'alice' }, attrs: { age: 31 }, parents: [] });
   *
   * Throws `DataError`, `EntitiesError` if the entity would be its own ancestor, and `ConformanceError` if it does not fit the store's schema; the
   * store is then as it was. The actions of a schema cannot be changed.
   */
  upsert(entity: EntityInput): void {
    const guide = this.schema && schemaGuide(this.schema);
    const read = entityFromData(entity, DataPath.root('entity', ''), { guide });
    const wrong =
      this.schema && (isActionType(read.uid.type) ? actionMismatch(read.uid) : checkEntity(read, this.schema));
    if (wrong !== undefined) throw new ConformanceError(wrong);
    this.#handles.upsert(read);
  }

  /** Removes an entity; its uid stays as a parent of those that list it. Tells whether there was one. */
  remove(uid: UidInput): boolean {
    return this.#handles.remove(uidFromInput(uid, 'uid'));
  }

  has(uid: UidInput): boolean {
    return this.get(uid) !== undefined;
  }

  /** The entity of a uid as it is stored. */
  get(uid: UidInput): Entity | undefined {
    const { type, id } = uidFromInput(uid, 'uid');
    const handle = this.#handles.find(type, id);
    return handle?.entity?.written(handle);
  }

  /**
   * A handle: the fastest way to name an entity in requests. It stays good while entities come and go.
   *
   *     const alice = store.handle('User::"alice"');
   *     engine.isAllowed({ principal: alice, action: 'Action::"view"', resource: 'Photo::"beach"' }, store);
   */
  handle(uid: UidInput): EntityHandle {
    return this.#handles.intern(uidFromInput(uid, 'uid'));
  }

  /** All entities, in the order of their adding. */
  *[Symbol.iterator](): IterableIterator<Entity> {
    for (const handle of this.#handles.entries()) yield handle.entity!.written(handle);
  }

  /** For engines. */
  get handles(): HandleStore {
    return this.#handles;
  }
}
