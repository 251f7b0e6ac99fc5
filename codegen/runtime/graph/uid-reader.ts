/**
 * Uid reader — the uid in a caller's value, in any form but those that need a parser.
 *
 *     'User::"alice"' | { type, id } | EntityUid | { __entity: { type, id } }  → `type` and `id`, or false
 *
 * It gives `false` for all else, which the exact reader (src/parser/data/uid.ts) must look at. Whether the type is a name, and the id made of whole characters,
 * is left to who uses them: mostly they are looked up among those that are.
 *
 * INVARIANT: each member of the caller's objects is read once, since it may be a getter.
 */
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { getPrototypeOf, isArray, isEscapeName, mapProbe, objectPrototype } from '../evaluate/plain-value.ts';
import { plainUid } from '../store/store.ts';

export type PlainMembers = Readonly<Record<string, unknown>>;

export class UidReader {
  /** Those of the uid that was read last. */
  type = '';
  id = '';

  read(given: unknown): boolean {
    if (typeof given === 'string') return this.#readText(given);
    if (typeof given !== 'object' || given === null || isArray(given)) return false;
    return isOfObject(given) ? this.#readMembers(given) : this.#readInstance(given);
  }

  /** The uid of an entity in a list. Its members are read as they are in lists of any length (src/engine/input/listed-entity.ts). */
  readListed(given: unknown): boolean {
    if (typeof given === 'string') return this.#readText(given);
    if (typeof given !== 'object' || given === null) return false;
    const { type, id, __entity, __expr } = given as PlainMembers;
    if (getPrototypeOf(given) !== objectPrototype || __entity !== undefined || __expr !== undefined) return false;
    return this.#take(type, id);
  }

  /** One that attributes and parents refer to: the same, or its escape. */
  readReference(given: unknown): boolean {
    return this.read(given) || (isPlainObject(given) && this.readEscape(given));
  }

  /** The escape alone: `{ __entity: { type, id } }`, and nothing besides. */
  readEscape(given: object): boolean {
    let inner: unknown;
    for (const name in given) {
      if (name !== '__entity' || inner !== undefined) return false;
      inner = (given as PlainMembers)[name];
    }
    return isPlainObject(inner) && this.#readMembers(inner);
  }

  #readText(text: string): boolean {
    const uid = plainUid(text);
    return uid !== undefined && this.#take(uid.type, uid.id);
  }

  /** What has a class, or no prototype. */
  #readInstance(given: object): boolean {
    if (given instanceof EntityUid) return this.#take(given.type, given.id);
    if ((given as Probed)[mapProbe] !== undefined) return false;
    // `Object.prototype` has nothing that loops list (call-reader.ts).
    const prototype = getPrototypeOf(given) as object | null;
    if (prototype === null || 'type' in prototype || 'id' in prototype) return false;
    return this.#readMembers(given);
  }

  /** Own members are listed before inherited ones; what else there may be makes it no other uid, but for escapes. */
  #readMembers(given: object): boolean {
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
    if (typeof type !== 'string' || typeof id !== 'string') return false;
    this.type = type;
    this.id = id;
    return true;
  }
}

/** An object literal, or one of JSON. */
export function isPlainObject(given: unknown): given is object {
  return typeof given === 'object' && given !== null && isOfObject(given);
}

/** Without the load of `mapProbe` V8 would leave its own code to ask for the prototype. */
function isOfObject(given: object): boolean {
  return (given as Probed)[mapProbe] === undefined && getPrototypeOf(given) === objectPrototype;
}

type Probed = Readonly<Record<typeof mapProbe, unknown>>;
