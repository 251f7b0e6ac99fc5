/**
 * Entities cache — entities that come with call after call, mostly the same: only those that differ from the last time are read.
 *
 *     before  each call reads all of its entities, and computes all ancestors
 *     after   each call compares its list with the last ones; it reads the entities that have changed, and tells what was made of the others
 *
 * Sound: a list is known by the content of each entity, so that it makes no difference whether the caller has changed something in place, or made all of
 * it again. Where anything is wrong with what has changed, the list is read as a whole, as if nothing were known.
 */
import { DataError, DataPath } from '../parser/data/data-path.ts';
import { entityFromData } from '../parser/data/entities.ts';
import type { DataOptions } from '../parser/data/value.ts';
import type { Schema } from '../schema/schema.ts';
import { checkEntity, conformingEntities } from '../validator/conformance/conformance.ts';
import { ConformanceError } from '../validator/conformance/conformance-error.ts';
import { schemaGuide } from '../validator/conformance/typed-data.ts';
import { append } from '../value/append.ts';
import { Entities, EntitiesError, type Entity } from '../value/entities.ts';
import { type EntityUid, isActionType } from '../value/entity-uid.ts';
import { isPrototypePolluted } from '../value/own-member.ts';
import { findUnknown } from '../value/unknown.ts';
import { elementsOf, isPlainArray, isSameJson, type JsonCopy, jsonCopy, plainOf } from './json-copy.ts';

/** Lists that are remembered, and the entities that one may have. */
const LISTS_AT_MOST = 8;
const ENTITIES_AT_MOST = 20_000;

/** As many as emitted code reads with a call: reading them costs less than following a change does. */
const FEW = 24;

/** After coming so often without a change, few entities are worth a store too. */
const REPEATS_FOR_STORE = 8;

/** What follows the entities of a list, such as a store of them. */
export interface FollowingStore {
  /** Throws `EntitiesError` for cycles, and then it is as it was. */
  exchange(gone: readonly EntityUid[], put: readonly Entity[]): void;
}

/** The entities of a call, for whoever decides. */
export interface ListedEntities {
  readonly entities: Entities;
  /** The same as JSON, which nobody else holds; `undefined` if they are many. */
  readonly few: readonly object[] | undefined;
  /** Whether a follower pays: there is one, or the list came again without a change. */
  readonly isStable: boolean;
  /** What `make` made of them; it is made once, and follows. */
  follower<F extends FollowingStore>(make: (entities: Entities) => F): F;
}

export class EntitiesCache {
  readonly #schema: Schema | undefined;
  readonly #options: DataOptions;
  readonly #lists: KnownList[] = [];
  #isInUse = false;

  constructor(schema: Schema | undefined, options: DataOptions) {
    this.#schema = schema;
    this.#options = schema === undefined ? options : { ...options, guide: schemaGuide(schema, options) };
  }

  /**
   * What `decide` makes of the entities of a list; it is given `undefined` if something is wrong with them, or they are not plain data: then they must be read
   * as a whole. While it decides nothing is known to other calls, for a getter may make one, and what is known follows the last list.
   */
  use<T>(data: unknown, decide: (known: ListedEntities | undefined) => T): T {
    if (this.#isInUse) return decide(undefined);
    this.#isInUse = true;
    try {
      return decide(this.#known(data));
    } finally {
      this.#isInUse = false;
    }
  }

  #known(data: unknown): ListedEntities | undefined {
    if (!Array.isArray(data) || !isPlainArray(data) || isPrototypePolluted()) return undefined;
    const found = this.#lists.findIndex((list) => list.isSame(data));
    if (found >= 0) return this.#repeated(found);
    const near = this.#lists.findIndex((list) => list.length === data.length);
    return (near < 0 ? undefined : this.#changed(near, data)) ?? this.#whole(data);
  }

  #whole(data: readonly unknown[]): ListedEntities | undefined {
    const copies = data.length > ENTITIES_AT_MOST ? undefined : elementsOf(jsonCopy(data));
    if (copies === undefined) return undefined;
    return undefinedIfWrong(() => {
      const entities = copies.map((copy, i) => this.#read(copy, i));
      if (entities.some(hasUnknown)) return undefined;
      const list = new KnownList(copies, entities, this.#schema);
      this.#lists.unshift(list);
      if (this.#lists.length > LISTS_AT_MOST) this.#lists.pop();
      return list;
    });
  }

  #repeated(i: number): KnownList {
    const list = this.#lists[i]!;
    list.repeat();
    if (i > 0) {
      this.#lists.splice(i, 1);
      this.#lists.unshift(list);
    }
    return list;
  }

  /** Half of the entities may be others: of more, it is another list. */
  #changed(i: number, data: readonly unknown[]): ListedEntities | undefined {
    const list = this.#lists[i]!;
    const changed = list.differing(data, Math.max(4, data.length >> 1));
    if (changed === undefined) return undefined;
    // It is remembered again only when all has followed.
    this.#lists.splice(i, 1);
    const isCurrent = undefinedIfWrong(() => this.#follow(list, data, changed)) === true;
    if (!isCurrent) return undefined;
    this.#lists.unshift(list);
    return list;
  }

  /** Whether the list could follow. */
  #follow(list: KnownList, data: readonly unknown[], changed: readonly number[]): boolean {
    const puts: Put[] = [];
    for (const i of changed) {
      const copy = jsonCopy(data[i]);
      if (copy === undefined) return false;
      const entity = this.#read(copy, i);
      if (hasUnknown(entity)) return false;
      if (this.#schema !== undefined && isActionType(entity.uid.type)) return false;
      const wrong = this.#schema && checkEntity(entity, this.#schema);
      if (wrong !== undefined) return false;
      puts.push({ i, copy, entity });
    }
    return list.follow(puts);
  }

  #read(copy: JsonCopy, i: number): Entity {
    return entityFromData(plainOf(copy), PLACE.at(i), this.#options);
  }
}

const PLACE = DataPath.root('entities', '');

/** What stands at one place of a list now. */
interface Put {
  readonly i: number;
  readonly copy: unknown;
  readonly entity: Entity;
}

class KnownList implements ListedEntities {
  readonly #copies: unknown[];
  readonly #entities: Entity[];
  /** How many entries each uid has: of one uid there may be several that are equal. */
  readonly #entries = new Map<string, number>();
  /** With the actions of the schema. */
  readonly #byKey = new Map<string, Entity>();
  readonly few: object[] | undefined;
  #made: Entities | undefined;
  #follower: FollowingStore | undefined;
  #repeats = 0;

  /** Throws `ConformanceError` and `EntitiesError`. */
  constructor(copies: readonly unknown[], entities: readonly Entity[], schema: Schema | undefined) {
    this.#copies = [...copies];
    this.#entities = [...entities];
    this.few = copies.length <= FEW ? copies.map((copy) => plainOf(copy) as object) : undefined;
    for (const { uid } of entities) this.#count(uid, 1);
    this.#made = schema === undefined ? Entities.from(entities) : conformingEntities(entities, schema);
    for (const entity of this.#made) this.#byKey.set(entity.uid.key, entity);
  }

  get isStable(): boolean {
    return this.#follower !== undefined || this.#repeats >= (this.few === undefined ? 1 : REPEATS_FOR_STORE);
  }

  /** It came again as it is. */
  repeat(): void {
    this.#repeats++;
  }

  get entities(): Entities {
    this.#made ??= Entities.ofAcyclic(this.#byKey);
    return this.#made;
  }

  follower<F extends FollowingStore>(make: (entities: Entities) => F): F {
    this.#follower ??= make(this.entities);
    return this.#follower as F;
  }

  get length(): number {
    return this.#copies.length;
  }

  isSame(data: readonly unknown[]): boolean {
    const copies = this.#copies;
    if (data.length !== copies.length) return false;
    for (let i = 0; i < copies.length; i++) if (!isSameJson(data[i], copies[i])) return false;
    return true;
  }

  /** Where it differs; `undefined` if it does so at more places than that. */
  differing(data: readonly unknown[], atMost: number): readonly number[] | undefined {
    const places: number[] = [];
    for (let i = 0; i < data.length; i++) {
      if (isSameJson(data[i], this.#copies[i])) continue;
      if (places.length === atMost) return undefined;
      places.push(i);
    }
    return places;
  }

  /** False if a uid has several entries, for they must be compared, and for cycles. */
  follow(puts: readonly Put[]): boolean {
    const before = puts.map(({ i }) => this.#entities[i]!);
    puts.forEach(({ entity: { uid } }, n) => {
      if (uid.key === before[n]!.uid.key) return;
      this.#count(before[n]!.uid, -1);
      this.#count(uid, 1);
    });
    for (const { entity } of puts) if (this.#entries.get(entity.uid.key) !== 1) return false;
    const gone = before.map(({ uid }) => uid).filter(({ key }) => !this.#entries.has(key));
    for (const { key } of gone) this.#byKey.delete(key);
    for (const { i, copy, entity } of puts) {
      this.#copies[i] = copy;
      this.#entities[i] = entity;
      this.#byKey.set(entity.uid.key, entity);
      if (this.few !== undefined) this.few[i] = plainOf(copy) as object;
    }
    this.#made = undefined;
    this.#repeats = 0;
    const put = puts.map(({ entity }) => entity);
    if (put.some((entity) => this.#isItsOwnAncestor(entity))) return false;
    if (this.few !== undefined) this.#follower = undefined;
    this.#follower?.exchange(gone, put);
    return true;
  }

  /** A new cycle has an entity that has changed. */
  #isItsOwnAncestor({ uid, parents }: Entity): boolean {
    const open = [...parents];
    const met = new Set<string>();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { key } = next;
      if (key === uid.key) return true;
      if (met.has(key)) continue;
      met.add(key);
      append(open, this.#byKey.get(key)?.parents ?? []);
    }
    return false;
  }

  #count({ key }: EntityUid, by: number): void {
    const entries = (this.#entries.get(key) ?? 0) + by;
    if (entries === 0) this.#entries.delete(key);
    else this.#entries.set(key, entries);
  }
}

function hasUnknown({ attrs, tags }: Entity): boolean {
  for (const value of attrs.values()) if (findUnknown(value) !== undefined) return true;
  for (const value of tags.values()) if (findUnknown(value) !== undefined) return true;
  return false;
}

/** What is wrong is told by reading all of it again. */
function undefinedIfWrong<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DataError || error instanceof ConformanceError || error instanceof EntitiesError)
      return undefined;
    throw error;
  }
}
