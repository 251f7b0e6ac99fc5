/**
 * Call entities — the entities that come with one request, found by type and id and read only where policies can reach.
 *
 * Every `uid` is read, and that `attrs` and `parents` are there; a value, a parent or a tag is read when it is asked for.
 *
 * Docs:  Cedar policy language, JSON entity format
 */
import type { CallEntities } from '../../../codegen/index.ts';
import { DataPath } from '../../parser/data/data-path.ts';
import { entitiesFromData, entityFromData, requireActionParent } from '../../parser/data/entities.ts';
import { uidFromData } from '../../parser/data/uid.ts';
import { valueFromData } from '../../parser/data/value.ts';
import type { EntityView, ValuesByName } from '../../value/entities.ts';
import { EntityUid, isActionType } from '../../value/entity-uid.ts';
import { hasOwnMember, isPrototypePolluted, ownMember } from '../../value/own-member.ts';
import type { Value } from '../../value/value.ts';
import { EntityStore } from '../entity-store.ts';

/** An entity of the form that is read without asking for more: plain members, no escape. */
interface PlainEntity {
  readonly uid: { readonly type: string; readonly id: string };
  readonly attrs: PlainRecord;
  readonly parents: readonly unknown[];
  readonly tags?: PlainRecord | undefined;
}

type PlainRecord = Readonly<Record<string, unknown>>;
type ById = Map<string, PlainEntity>;

/** What the index of an entity was made of. */
interface Seen {
  readonly entity: PlainEntity;
  readonly uid: PlainEntity['uid'];
  readonly type: string;
  readonly id: string;
  readonly attrs: PlainRecord;
  readonly parents: readonly unknown[];
}

/** JSON entities. Throws `DataError` and `EntitiesError` as `entitiesFromData` and `EntityStore.from` do, but for what is not read. */
export class DataCallEntities implements CallEntities {
  readonly #data: readonly unknown[];
  readonly #byType = new Map<string, ById>();
  #mayRepeat = false;
  #allPlain = true;
  /** What the same list is compared with when it comes again; none if all of it must be read again then. */
  readonly #seen: readonly Seen[] | undefined;

  /** `comesAgain`: whether it is worth while to remember what was seen. */
  constructor(data: unknown, comesAgain = false) {
    // What is not a list is told as it is elsewhere.
    this.#data = Array.isArray(data) ? data : entitiesFromData(data);
    const polluted = isPrototypePolluted();
    let type: string | undefined;
    let byId: ById | undefined;
    for (let i = 0; i < this.#data.length; i++) {
      const data = this.#data[i];
      const entity = !polluted && isPlain(data) ? data : this.#plain(i);
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

  ofType(type: string): ById | undefined {
    return this.#byType.get(type);
  }

  find(type: string, id: string): EntityView | undefined {
    const entity = this.#byType.get(type)?.get(id);
    return entity && new PlainView(entity, this.#withExactError);
  }

  readonly #withExactError = () => EntityStore.from(this.#data as object[]);

  #ofType(type: string, i: number): ById {
    let byId = this.#byType.get(type);
    if (byId === undefined) {
      // Throws if the type is not a name.
      uidFromData((this.#data[i] as PlainEntity).uid, placeOf(i).at('uid').led('in uid field of <unknown entity>, '));
      byId = new Map();
      this.#byType.set(type, byId);
    }
    return byId;
  }

  /** An entity in another form, or what is none. */
  #plain(i: number): PlainEntity {
    this.#allPlain = false;
    const { uid } = entityFromData(this.#data[i], placeOf(i));
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
    if (!this.#mayRepeat) EntityStore.from(this.#data as object[]);
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
  return (
    uid === before.uid &&
    attrs === before.attrs &&
    parents === before.parents &&
    isPlainUid(uid) &&
    uid.type === before.type &&
    uid.id === before.id
  );
}

/** Entities of calls that follow one another: who passes one list again and again need not wait for its index each time. */
export class CallEntitiesCache {
  /** The list of the last call, as long as it is in use elsewhere. */
  #list: WeakRef<object> | undefined;
  #callEntities: DataCallEntities | undefined;

  read(data: readonly object[]): DataCallEntities {
    // Looking at the list may run code of the application, which may ask about another.
    const known = this.#callEntities;
    if (known?.isStillOf(data)) return known;
    const comesAgain = this.#list?.deref() === data;
    const callEntities = new DataCallEntities(data, comesAgain);
    this.#callEntities = comesAgain ? callEntities : undefined;
    if (!comesAgain) this.#list = new WeakRef(data);
    return callEntities;
  }
}

function placeOf(i: number): DataPath {
  return DataPath.root('entities', '').at(i);
}

function isPlain(data: unknown): data is PlainEntity {
  if (typeof data !== 'object' || data === null || Object.getPrototypeOf(data) !== Object.prototype) return false;
  const { uid, attrs, parents } = data as { readonly [member in keyof PlainEntity]?: unknown };
  return isPlainUid(uid) && isPlainRecord(attrs) && Array.isArray(parents);
}

function isPlainUid(uid: unknown): uid is PlainEntity['uid'] {
  if (!isPlainRecord(uid)) return false;
  const { type, id, __entity, __expr } = uid;
  return (
    typeof type === 'string' &&
    typeof id === 'string' &&
    id.isWellFormed() &&
    __entity === undefined &&
    __expr === undefined
  );
}

function isPlainRecord(data: unknown): data is PlainRecord {
  if (typeof data !== 'object' || data === null) return false;
  const prototype = Object.getPrototypeOf(data);
  return prototype === Object.prototype || prototype === null;
}

/** Where an error is is found out by reading all data once more. */
const SOMEWHERE = DataPath.root('entities', '');

class PlainView implements EntityView {
  readonly #entity: PlainEntity;
  readonly #withExactError: () => unknown;

  /** `withExactError` reads all data as a store does, and so throws what tells the place of what is wrong. */
  constructor(entity: PlainEntity, withExactError: () => unknown) {
    this.#entity = entity;
    this.#withExactError = withExactError;
  }

  get attrs(): ValuesByName {
    return new PlainValues(this.#entity.attrs, this.#withExactError);
  }

  get tags(): ValuesByName {
    const tags = ownMember(this.#entity, 'tags') as PlainRecord | undefined;
    if (tags !== undefined && !isPlainRecord(tags)) this.#withExactError();
    return new PlainValues(tags ?? {}, this.#withExactError);
  }

  get parents(): readonly EntityUid[] {
    const { uid, parents } = this.#entity;
    if (parents.length === 0) return [];
    return told(this.#withExactError, () => {
      const uids = parents.map((parent) => uidFromData(parent, SOMEWHERE));
      if (isActionType(uid.type))
        for (const parent of uids) requireActionParent(new EntityUid(uid.type, uid.id), parent);
      return uids;
    });
  }
}

class PlainValues implements ValuesByName {
  readonly #data: PlainRecord;
  readonly #withExactError: () => unknown;

  constructor(data: PlainRecord, withExactError: () => unknown) {
    this.#data = data;
    this.#withExactError = withExactError;
  }

  get(name: string): Value | undefined {
    if (!this.has(name)) return undefined;
    return told(this.#withExactError, () => valueFromData(this.#data[name], SOMEWHERE));
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#data, name) && hasOwnMember(this.#data, name);
  }

  keys(): Iterable<string> {
    return Object.keys(this.#data);
  }
}

function told<T>(withExactError: () => unknown, read: () => T): T {
  try {
    return read();
  } catch (error) {
    withExactError();
    throw error;
  }
}

/** The entities of a store, for a schema wants all of them read. */
export class StoreCallEntities implements CallEntities {
  readonly #store: EntityStore;

  constructor(store: EntityStore) {
    this.#store = store;
  }

  ofType(type: string): ReadonlyMap<string, unknown> | undefined {
    return this.#store.handles.ofType(type);
  }

  find(type: string, id: string): EntityView | undefined {
    return this.#store.handles.find(type, id)?.entity;
  }
}
