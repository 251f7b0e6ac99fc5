/**
 * Entity store — the entities that requests are decided against, kept between requests.
 *
 * Many engines may share one store; each follows its changes. INVARIANT: the actions of a store's schema are in it, as the schema declares them,
 * from its making on.
 *
 * Docs:  Cedar policy language, JSON entity format
 */
import { HandleStore } from '../../codegen/index.ts';
import { DataPath } from '../parser/data/data-path.ts';
import { eachEntityFromData, entitiesFromData, entityFromData } from '../parser/data/entities.ts';
import type { Schema } from '../schema/schema.ts';
import {
  actionEntities,
  checkActionEntity,
  checkEntity,
  conformingEntities,
} from '../validator/conformance/conformance.ts';
import { ConformanceError, declaredAction } from '../validator/conformance/conformance-error.ts';
import { schemaGuide } from '../validator/conformance/typed-data.ts';
import { duplicateError, Entities, EntitiesError, type Entity, sameEntity } from '../value/entities.ts';
import { EntityEntry } from '../value/entity-entry.ts';
import { type EntityUid, isActionType } from '../value/entity-uid.ts';
import { parseJson } from '../value/json.ts';
import type { EntityJson } from '../value/to-json.ts';
import { givenSchema, refuseUnparsed, type SchemaInput, type SchemaReader } from './input/given-schema.ts';
import { readOptions } from './input/options.ts';
import { uidFromInput } from './input/uid-input.ts';
import { LayeredEntities, onceEach } from './layered-entities.ts';
import type {
  AnyEntities,
  EntityInputOf,
  EntityMap,
  HandleOf,
  NameOf,
  TypedSchema,
  UidOf,
  UpsertOf,
} from './typed-input.ts';
import type { EntityEntryOf } from './typed-value.ts';

/** One entity as JSON or as the JavaScript value of it, `{ uid, attrs, parents, tags? }`, or what a store gave out. */
export type EntityInput = object;

export interface EntityStoreOptions<Entities extends EntityMap<Entities> = AnyEntities> {
  /** Read and check entities by this schema, and add its actions. Attributes may then be written without escapes. */
  readonly schema?: SchemaInput | TypedSchema<unknown, Entities> | undefined;
}

/** The type parameter is that of typed engines, and there for the compiler only. */
export class EntityStore<Entities extends EntityMap<Entities> = AnyEntities> {
  static #readSchema: SchemaReader = refuseUnparsed;

  /** For the main entry of the package: from here on stores take schemas in every form. Gives the class itself. */
  static readingSchemas(read: SchemaReader): typeof EntityStore {
    EntityStore.#readSchema = read;
    return EntityStore;
  }

  /** Made when it is first asked for. */
  #made: HandleStore | undefined;
  #layers: LayeredEntities | undefined;
  /** The schema that all entities of the store fit; `undefined` when they were not checked. */
  readonly schema: Schema | undefined;

  /**
   * A store that has no entities yet but the actions of its schema.
   *
   * Throws `SchemaError` for a schema that does not parse, and `UsageError` for one that is `undefined`.
   */
  constructor(options: EntityStoreOptions<Entities> = {}) {
    this.schema = givenSchema(readOptions(options, ['schema'], 'EntityStore'), 'EntityStore', EntityStore.#readSchema);
  }

  /** The entities of a request on top of a store, until the store is looked at or changed as such: then it has its own copy of all. For engines. */
  get layers(): LayeredEntities | undefined {
    return this.#layers;
  }

  get #handles(): HandleStore {
    this.#made ??= this.#make();
    return this.#made;
  }

  #make(): HandleStore {
    const handles = new HandleStore();
    const layers = this.#layers;
    if (layers !== undefined) for (const entity of layers.all()) handles.upsert(entity);
    else if (this.schema !== undefined) for (const action of actionEntities(this.schema)) handles.upsert(action);
    this.#layers = undefined;
    return handles;
  }

  /**
   * A store of these entities: a list of JSON entities, or JSON text of one.
   *
   *     const store = EntityStore.from([
   *       { uid: { type: 'User', id: 'alice' }, attrs: { age: 30 }, parents: [{ type: 'Team', id: 'admins' }] },
   *     ]);
   *     store.size   // 1
   *
   * Uids may be text, such as `User::"alice"`; a `Date` is a datetime and a `Set` a set.
   *
   * Throws `DataError` with the path to what is not an entity, `JsonSyntaxError` for text that is not JSON, `EntitiesError` for cycles and for two
   * different entities of one uid, and `ConformanceError` for entities that do not fit the schema.
   */
  static from<Entities extends EntityMap<Entities> = AnyEntities>(
    entities: readonly NoInfer<EntityInputOf<Entities>>[] | string,
    options: EntityStoreOptions<Entities> = {},
  ): EntityStore<Entities> {
    const store = new EntityStore<Entities>(options);
    const data = typeof entities === 'string' ? parseJson(entities) : entities;
    if (store.schema === undefined) store.#fill(data);
    else for (const entity of store.#conforming(data)) store.#handles.upsert(entity);
    return store;
  }

  /** Entities are stored as they are read; but what is not an entity is told before what is wrong with the entities together. */
  #fill(data: unknown): void {
    try {
      for (const entity of eachEntityFromData(data)) this.#insert(entity);
    } catch (error) {
      if (error instanceof EntitiesError) entitiesFromData(data);
      throw error;
    }
  }

  /** An equal entry of one uid counts once. */
  #insert(entity: Entity): void {
    const handle = this.#handles.intern(entity.uid);
    const known = handle.entity?.written(handle);
    if (known !== undefined && !sameEntity(known, entity)) throw duplicateError(entity.uid);
    this.#handles.upsert(entity, handle);
  }

  /** Entities that fit the schema, its actions aside: those are in the store. */
  #conforming(data: unknown): Entity[] {
    const schema = this.schema!;
    const entities = conformingEntities(entitiesFromData(data, { guide: schemaGuide(schema) }), schema);
    return [...entities].filter(({ uid }) => !isActionType(uid.type));
  }

  /** A store of entities that are values already, as another store gives them out. Throws as `from` does. */
  static of(entities: Iterable<Entity>, options: EntityStoreOptions = {}): EntityStore {
    return EntityStore.from([...entities], options);
  }

  /** The number of entities. */
  get size(): number {
    return this.#handles.size;
  }

  /**
   * Adds an entity, or puts it in the place of the one with its uid.
   *
   *     store.upsert({ uid: 'User::"alice"', attrs: { age: 31 }, parents: ['Team::"admins"'] });
   *
   * Throws `DataError`, `EntitiesError` if the entity would be its own ancestor, and `ConformanceError` if it does not fit the store's schema; the
   * store is then as it was. The actions of a schema cannot be changed.
   */
  upsert<T extends NameOf<Entities>>(entity: UpsertOf<Entities, T>): void {
    const { schema } = this;
    const read = entityFromData(entity, ENTITY, { guide: schema && schemaGuide(schema) });
    const isAction = schema !== undefined && isActionType(read.uid.type);
    const wrong = schema && (isAction ? checkActionEntity(read, schema) : checkEntity(read, schema));
    if (wrong !== undefined) throw new ConformanceError(wrong);
    // An action that fits is in the store already, as the schema has it.
    if (!isAction) this.#handles.upsert(read);
  }

  /**
   * Removes an entity; its uid stays as a parent of those that list it. Tells whether there was one.
   *
   * Throws `ConformanceError` for an action of the store's schema.
   */
  remove<T extends NameOf<Entities>>(uid: UidOf<Entities, T>): boolean {
    const read = uidFromInput(uid, 'uid');
    if (this.schema?.actions.has(read.key)) throw new ConformanceError(declaredAction(read));
    return this.#handles.remove(read);
  }

  /**
   * Makes these the entities of the store, in the forms that `from` takes: others go, equal ones stay as they are. It is done as a whole, or it throws
   * as `from` does and nothing has changed.
   */
  replaceAll(entities: readonly EntityInputOf<Entities>[] | string): void {
    const { schema } = this;
    const data = typeof entities === 'string' ? parseJson(entities) : entities;
    const read = schema === undefined ? [...Entities.from(entitiesFromData(data))] : this.#conforming(data);
    const put = new Map(read.map((entity) => [entity.uid.key, entity]));
    const gone: EntityUid[] = [];
    for (const entity of this) {
      const { uid } = entity;
      const next = put.get(uid.key);
      if (next !== undefined && sameEntity(next, entity)) put.delete(uid.key);
      else if (schema?.actions.has(uid.key) !== true) gone.push(uid);
    }
    this.#handles.exchange(gone, [...put.values()]);
  }

  /**
   * A store of these entities and, for all other uids, those of this one: for a request that brings entities of its own. This store stays as it is, and
   * nothing is copied: engines look into both. Ask at once: what changes in this store meanwhile shows, until the new store is itself changed or listed,
   * which takes a copy.
   *
   *     store.with([{ uid: 'Photo::"draft"', attrs: { public: true }, parents: [] }]).size === store.size + 1
   *
   * Throws as `from` does.
   */
  with(entities: readonly EntityInputOf<Entities>[]): EntityStore<Entities> {
    const { schema } = this;
    const own = onceEach(schema === undefined ? entitiesFromData(entities) : this.#conforming(entities));
    const store = new EntityStore<Entities>(schema === undefined ? {} : { schema });
    store.#layers = new LayeredEntities(this.#handles, own);
    // To copy them throws for a cycle.
    if (store.#layers.mayHaveCycle) store.#made = store.#make();
    return store;
  }

  has<T extends NameOf<Entities>>(uid: UidOf<Entities, T>): boolean {
    return this.get(uid) !== undefined;
  }

  /**
   * The entity of a uid as it is stored. What is done to it changes nothing in the store; `upsert` takes it.
   *
   *     store.get('User::"alice"')?.attrs.get('age')   // 31
   */
  get<T extends NameOf<Entities>>(uid: UidOf<Entities, T>): EntityEntryOf<Entities, T> | undefined {
    const { type, id } = uidFromInput(uid, 'uid');
    const handle = this.#handles.find(type, id);
    return handle?.entity && (new EntityEntry(handle.entity.written(handle)) as EntityEntryOf<Entities, T>);
  }

  /**
   * A handle: the fastest way to name an entity in requests. It stays good while entities come and go.
   *
   *     const alice = store.handle('User::"alice"');
   *     engine.isAllowed({ principal: alice, action: 'Action::"view"', resource: 'Photo::"beach"' }, store);
   */
  handle<T extends NameOf<Entities>>(uid: UidOf<Entities, T>): HandleOf<Entities, T> {
    return this.#handles.intern(uidFromInput(uid, 'uid')) as HandleOf<Entities, T>;
  }

  /** All entities, in the order of their adding. */
  *[Symbol.iterator](): IterableIterator<EntityEntry> {
    for (const handle of this.#handles.entries()) yield new EntityEntry(handle.entity!.written(handle));
  }

  /**
   * All entities in the JSON format, which `from` takes and `JSON.stringify` calls for.
   *
   *     EntityStore.from(store.toJSON()).size === store.size
   *
   * A Long beyond 2^53 stays a bigint, for no number of JSON as JavaScript writes it is exact there. Throws `UnwritableRecord` for a record with a key
   * that JSON keeps for escapes.
   */
  toJSON(): EntityJson[] {
    return Array.from(this, (entity) => entity.toJSON());
  }

  /** For engines. */
  get handles(): HandleStore {
    return this.#handles;
  }
}

/** As deep as in a list of entities, so that what can be added can be written and read again. */
const ENTITY = DataPath.root('entity', '', 1);
