/**
 * Call entities — the entities that come with one request, found by type and id and read only where policies can reach.
 *
 * Every `uid` is read, and that `attrs` and `parents` are there; a value, a parent or a tag is read when it is asked for. A schema changes nothing about
 * that (typed-listed-entity.ts), but that every type is declared, and that actions are those of the schema.
 *
 * Docs:  Cedar policy language, JSON entity format
 */
import type { CallEntities } from '../../../codegen/index.ts';
import { DataPath } from '../../parser/data/data-path.ts';
import { entitiesFromData, entityFromData } from '../../parser/data/entities.ts';
import { uidFromData } from '../../parser/data/uid.ts';
import type { DataOptions } from '../../parser/data/value.ts';
import type { Schema } from '../../schema/schema.ts';
import { schemaGuide } from '../../validator/conformance/typed-data.ts';
import type { EntityView } from '../../value/entities.ts';
import { EntitySource } from '../../value/entity-source.ts';
import { isActionType } from '../../value/entity-uid.ts';
import { isPrototypePolluted, ownMember } from '../../value/own-member.ts';
import { type WeakReference, weakReference } from '../../value/weak-reference.ts';
import { EntityStore } from '../entity-store.ts';
import { StoreCallEntities } from '../layered-entities.ts';
import {
  isPlainEntity,
  isPlainRecord,
  ListedEntity,
  type PlainEntity,
  type PlainRecord,
  told,
} from './listed-entity.ts';
import { TypedListedEntity } from './typed-listed-entity.ts';

type ById = Map<string, PlainEntity>;

/** A schema that entities must fit, and its actions. */
interface Typing {
  readonly schema: Schema;
  readonly actions: CallEntities;
}

/** What the index of an entity was made of. */
interface Seen {
  readonly entity: PlainEntity;
  readonly uid: PlainEntity['uid'];
  readonly type: string;
  readonly id: string;
  readonly attrs: PlainRecord;
  readonly parents: readonly unknown[];
}

/** JSON entities. Throws what `EntityStore.from` does, but for what is not read. */
export class DataCallEntities implements CallEntities {
  #data: readonly unknown[];
  readonly #typing: Typing | undefined;
  readonly #options: DataOptions;
  readonly #byType = new Map<string, ById>();
  #mayRepeat = false;
  #allPlain = true;
  #hasActions = false;
  /** What the same list is compared with when it comes again; none if all of it must be read again then. */
  readonly #seen: readonly Seen[] | undefined;

  /** `comesAgain`: whether it is worth while to remember what was seen. */
  constructor(data: unknown, typing?: Typing, comesAgain = false) {
    // What is not a list is told as it is elsewhere.
    this.#data = Array.isArray(data) ? data : entitiesFromData(data);
    this.#typing = typing;
    this.#options = typing === undefined ? {} : { guide: schemaGuide(typing.schema) };
    const polluted = isPrototypePolluted();
    let type: string | undefined;
    let byId: ById | undefined;
    for (let i = 0; i < this.#data.length; i++) {
      const data = this.#data[i];
      const entity = !polluted && isPlainEntity(data) ? data : this.#plain(i);
      // Entities of one type mostly stand together.
      if (byId === undefined || entity.uid.type !== type) {
        type = entity.uid.type;
        byId = this.#ofType(type, i);
      }
      const { size } = byId;
      byId.set(entity.uid.id, entity);
      if (byId.size === size) this.#requireSame();
    }
    if (comesAgain && this.#allPlain && !this.#mayRepeat) this.#seen = (this.#data as PlainEntity[]).map(seen);
  }

  /** Whether this list, the same object as before, still holds what is indexed here. What is not indexed is read again anyway. */
  isStillOf(data: readonly unknown[]): boolean {
    const before = this.#seen;
    if (before === undefined || data !== this.#data || data.length !== before.length) return false;
    for (let i = 0; i < data.length; i++) if (!isSame(data[i] as PlainEntity, before[i]!)) return false;
    return true;
  }

  /** Whether some of the list are actions. */
  get hasActions(): boolean {
    return this.#hasActions;
  }

  ofType(type: string): ReturnType<CallEntities['ofType']> {
    return this.#byType.get(type) ?? this.#typing?.actions.ofType(type);
  }

  find(type: string, id: string): EntityView | undefined {
    const entity = this.#byType.get(type)?.get(id);
    if (entity === undefined) return this.#typing?.actions.find(type, id);
    return this.#typing === undefined
      ? new ListedEntity(entity, this.#withExactError)
      : this.#typed(entity, this.#typing.schema);
  }

  #typed(entity: PlainEntity, schema: Schema): EntityView {
    const { guide } = this.#options;
    const reading = { schema, guide: guide!, withExactError: this.#withExactError };
    return new TypedListedEntity(entity, schema.entityTypes.get(entity.uid.type)!, reading);
  }

  readonly #withExactError = () =>
    EntityStore.from(this.#data as object[], this.#typing === undefined ? {} : { schema: this.#typing.schema });

  #ofType(type: string, i: number): ById {
    let byId = this.#byType.get(type);
    if (byId === undefined) {
      this.#requireType(type, i);
      byId = new Map();
      this.#byType.set(type, byId);
    }
    return byId;
  }

  /** Throws if the type is not a name, or is not declared. */
  #requireType(type: string, i: number): void {
    if (isActionType(type)) this.#hasActions = true;
    told(this.#withTypedError, () => {
      const place = placeOf(i);
      const uid = (this.#data[i] as PlainEntity).uid;
      const read = uidFromData(uid, place.at('uid').led('in uid field of <unknown entity>, '));
      this.#options.guide?.entity(read, place);
    });
  }

  /** Checks are reported for all entities in one order; without a schema each error tells its place itself. */
  readonly #withTypedError = () => {
    if (this.#typing !== undefined) this.#withExactError();
  };

  /** An entity in another form, or what is none. */
  #plain(i: number): PlainEntity {
    this.#allPlain = false;
    const own = this.#data[i];
    // The list is the caller's.
    if (own instanceof EntitySource) this.#data = this.#data.with(i, own.read());
    const { uid } = told(this.#withTypedError, () => entityFromData(this.#data[i], placeOf(i), this.#options));
    const data = this.#data[i] as object;
    const [attrs, parents, tags] = [ownMember(data, 'attrs'), ownMember(data, 'parents'), ownMember(data, 'tags')];
    return {
      uid,
      attrs: recordOf(attrs),
      parents: parents as readonly unknown[],
      tags: tags === undefined ? undefined : recordOf(tags),
    };
  }

  /** Entries of one uid must be equal. Once for all of them, for all are read. */
  #requireSame(): void {
    if (!this.#mayRepeat) this.#withExactError();
    this.#mayRepeat = true;
  }
}

/** Attributes and tags of what a store gave out are maps. */
function recordOf(data: unknown): PlainRecord {
  if (!(data instanceof Map)) return data as PlainRecord;
  const record: Record<string, unknown> = Object.create(null);
  for (const [name, value] of data) record[name] = value;
  return record;
}

function seen(entity: PlainEntity): Seen {
  const { uid, attrs, parents } = entity;
  return { entity, uid, type: uid.type, id: uid.id, attrs, parents };
}

function isSame(entity: PlainEntity, before: Seen): boolean {
  if (entity !== before.entity) return false;
  const { uid, attrs, parents } = entity;
  return uid === before.uid && attrs === before.attrs && parents === before.parents && isSameUid(uid, before);
}

/** What `isPlainUid` asks of texts holds for those before. The members are loaded first: these tell V8 the object's layout, and so its prototype. */
function isSameUid(uid: unknown, before: Seen): boolean {
  if (typeof uid !== 'object' || uid === null) return false;
  const { type, id, __entity, __expr } = uid as PlainRecord;
  if (type !== before.type || id !== before.id || __entity !== undefined || __expr !== undefined) return false;
  return Object.getPrototypeOf(uid) === Object.prototype || isPlainRecord(uid);
}

/** Entities of calls that follow one another: who passes one list again and again need not wait for its index each time. */
export class CallEntitiesCache {
  readonly #typing: Typing | undefined;
  /** The list of the last call, as long as it is in use elsewhere. */
  #list: WeakReference<object> | undefined;
  #callEntities: DataCallEntities | undefined;

  constructor(schema: Schema | undefined) {
    this.#typing = schema && { schema, actions: new StoreCallEntities(new EntityStore({ schema }).handles) };
  }

  read(data: readonly object[]): CallEntities {
    // Looking at the list may run code of the application, which may ask about another.
    const known = this.#callEntities;
    if (known?.isStillOf(data)) return known;
    const comesAgain = this.#list?.deref() === data;
    const callEntities = new DataCallEntities(data, this.#typing, comesAgain);
    if (this.#typing !== undefined && callEntities.hasActions)
      return new StoreCallEntities(EntityStore.from(data, { schema: this.#typing.schema }).handles);
    this.#callEntities = comesAgain ? callEntities : undefined;
    if (!comesAgain) this.#list = weakReference(data, 'forget');
    return callEntities;
  }
}

function placeOf(i: number): DataPath {
  return DataPath.root('entities', '').at(i);
}
