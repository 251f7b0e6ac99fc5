/**
 * Call list — the few entities that come with one call, as the caller has them: their uids side by side, and which one has a uid.
 *
 * Technique: arrays that are used again for each call, and a linear search; below some dozens that is faster than any index.
 *
 * INVARIANT: each member of the caller's objects is read once, since it may be a getter. What is read is what the exact reader
 * (src/engine/input/call-entities.ts) reads; whatever is in another form is left to it.
 */
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { hasOwnMember } from '../../../src/value/own-member.ts';
import { getPrototypeOf, isArray, isEscapeName, mapProbe, objectPrototype } from '../evaluate/plain-value.ts';
import { CALL_LIST_AT_MOST, CALL_TYPES_AT_MOST } from '../limits.ts';
import { plainUid } from '../store/store.ts';

export type PlainMembers = Readonly<Record<string, unknown>>;

/** An entity of the list, each member as it was read. */
export interface ListedMembers {
  readonly uid: { readonly type: string; readonly id: string };
  readonly attrs: PlainMembers;
  readonly parents: readonly unknown[];
  readonly tags: unknown;
}

/** Where no entity is. */
export const NOWHERE = -1;

export class CallList {
  /** The type and the id of the uid that was read last. */
  type = '';
  id = '';
  /** The list that was read last. */
  source: readonly unknown[] = [];
  #length = 0;
  readonly #types: string[] = [];
  readonly #ids: string[] = [];
  readonly #attrs: PlainMembers[] = [];
  readonly #parents: (readonly unknown[])[] = [];
  readonly #tags: unknown[] = [];
  readonly #given: object[] = [];
  /** Types that were found good. */
  readonly #knownTypes: string[] = [];
  readonly #isType: (type: string) => boolean;

  /** `isType` tells whether entities may be of a type. */
  constructor(isType: (type: string) => boolean) {
    this.#isType = isType;
  }

  get length(): number {
    return this.#length;
  }

  /** Whether all entities of the list are in plain form, and different. */
  read(list: readonly unknown[]): boolean {
    const { length } = list;
    this.source = list;
    this.#length = 0;
    if (length > CALL_LIST_AT_MOST) return false;
    for (let i = 0; i < length; i++) {
      if (!this.#readEntity(list[i], i)) return false;
      this.#length++;
    }
    return this.#areDistinct(length);
  }

  /** Loading a member that is not there tells V8 the layout of the object, from which it knows the prototype. */
  #readEntity(given: unknown, i: number): boolean {
    if (typeof given !== 'object' || given === null) return false;
    const { uid, attrs, parents, tags } = given as Partial<ListedMembers>;
    if (getPrototypeOf(given) !== objectPrototype || !isArray(parents)) return false;
    if (typeof attrs !== 'object' || attrs === null || (attrs as Probed)[mapProbe] !== undefined) return false;
    const prototype: unknown = getPrototypeOf(attrs);
    if (prototype !== objectPrototype && prototype !== null) return false;
    if (!this.#readEntityUid(uid)) return false;
    this.#types[i] = this.type;
    this.#ids[i] = this.id;
    this.#attrs[i] = attrs;
    this.#parents[i] = parents;
    this.#tags[i] = tags;
    this.#given[i] = given;
    return this.#isKnownType(this.type);
  }

  #areDistinct(length: number): boolean {
    const [types, ids] = [this.#types, this.#ids];
    for (let i = 1; i < length; i++) {
      const [type, id] = [types[i], ids[i]];
      for (let j = 0; j < i; j++) if (types[j] === type && ids[j] === id) return false;
    }
    return true;
  }

  #isKnownType(type: string): boolean {
    const known = this.#knownTypes;
    for (let i = 0; i < known.length; i++) if (known[i] === type) return true;
    if (!this.#isType(type)) return false;
    if (known.length < CALL_TYPES_AT_MOST) known.push(type);
    return true;
  }

  /** The place of the entity with that uid, or `NOWHERE`. */
  find(type: string, id: string): number {
    const [types, ids] = [this.#types, this.#ids];
    for (let i = 0; i < this.#length; i++) if (types[i] === type && ids[i] === id) return i;
    return NOWHERE;
  }

  typeAt(place: number): string {
    return this.#types[place]!;
  }

  idAt(place: number): string {
    return this.#ids[place]!;
  }

  attrsAt(place: number): PlainMembers {
    return this.#attrs[place]!;
  }

  parentsAt(place: number): readonly unknown[] {
    return this.#parents[place]!;
  }

  tagsAt(place: number): unknown {
    return this.#tags[place];
  }

  /** For whoever looks at it later: the list is read over in the next call. */
  at(place: number): ListedMembers {
    const uid = { type: this.#types[place]!, id: this.#ids[place]! };
    const tags = hasOwnMember(this.#given[place]!, 'tags') ? this.#tags[place] : undefined;
    return { uid, attrs: this.#attrs[place]!, parents: this.#parents[place]!, tags };
  }

  /** Reads a uid in any form but those that need a parser into `type` and `id`. */
  readUid(given: unknown): boolean {
    if (typeof given === 'string') return this.#readText(given);
    if (typeof given !== 'object' || given === null || isArray(given)) return false;
    if (given instanceof EntityUid) return this.#take(given.type, given.id);
    return this.#readMembers(given);
  }

  /** The uid of an entity in the list. Its members are read as they are in lists of any length (src/engine/input/listed-entity.ts). */
  #readEntityUid(given: unknown): boolean {
    if (typeof given === 'string') return this.#readText(given);
    if (typeof given !== 'object' || given === null) return false;
    const { type, id, __entity, __expr } = given as PlainMembers;
    if (getPrototypeOf(given) !== objectPrototype || __entity !== undefined || __expr !== undefined) return false;
    return this.#take(type, id);
  }

  #readText(text: string): boolean {
    const uid = plainUid(text);
    return uid !== undefined && this.#take(uid.type, uid.id);
  }

  /** Own members are listed before inherited ones; what else there may be makes it no other uid, but for escapes. */
  #readMembers(given: object): boolean {
    if ((given as Probed)[mapProbe] !== undefined) return false;
    const prototype = getPrototypeOf(given) as object | null;
    // `Object.prototype` has nothing that loops list (call-reader.ts).
    if (prototype !== objectPrototype && (prototype === null || 'type' in prototype || 'id' in prototype)) return false;
    let type: unknown;
    let id: unknown;
    for (const name in given) {
      if (name === 'type') type = (given as PlainMembers)[name];
      else if (name === 'id') id = (given as PlainMembers)[name];
      else if (isEscapeName(name)) return false;
    }
    return this.#take(type, id);
  }

  #take(type: unknown, id: unknown): boolean {
    if (typeof type !== 'string' || typeof id !== 'string' || !id.isWellFormed()) return false;
    this.type = type;
    this.id = id;
    return true;
  }

  /** The escape that stands for an entity in attributes and parents: `{ __entity: { type, id } }`, and nothing besides. */
  readEscape(given: object): boolean {
    let inner: unknown;
    for (const name in given) {
      if (name !== '__entity' || inner !== undefined) return false;
      inner = (given as PlainMembers)[name];
    }
    return isPlainObject(inner) && this.#readMembers(inner) && this.#isKnownType(this.type);
  }

  /** A parent, in either form. */
  readParent(given: unknown): boolean {
    return this.readUid(given) ? this.#isKnownType(this.type) : isPlainObject(given) && this.readEscape(given);
  }

  /** The request's principal or resource. */
  readScope(given: unknown): boolean {
    return this.readUid(given) && this.#isKnownType(this.type);
  }
}

/** Without the load of `mapProbe` V8 would leave its own code to ask for the prototype. */
export function isPlainObject(given: unknown): given is object {
  if (typeof given !== 'object' || given === null || (given as Probed)[mapProbe] !== undefined) return false;
  return getPrototypeOf(given) === objectPrototype;
}

type Probed = Readonly<Record<typeof mapProbe, unknown>>;
