/**
 * JSON copy — plain data taken out of a caller's hands, to tell whether the same comes again.
 *
 * Arguments are known again by their content, never by their identity: whatever a caller changes in place is another argument. Comparing costs a
 * fraction of reading, for nothing is made.
 *
 * INVARIANT: what is remembered with a copy was read from the copy, so that a getter cannot give one thing to the reader and another to the copy.
 */

/** Thrown away with the search: a value that is not plain data, or too much of it, has no copy. */
class NotPlain extends Error {}

/** Levels and values of one copy; what is deeper or larger is read each time. */
const DEPTH_AT_MOST = 64;
const VALUES_AT_MOST = 200_000;

/** What a list or an object held. */
interface Copy {
  /** The same, to be read. */
  readonly plain: object;
  /** Whether it holds the same in the same order. */
  isSame(value: object): boolean;
}

/** The members of an object, in their order. */
class ObjectCopy implements Copy {
  readonly #names: readonly string[];
  readonly #values: readonly unknown[];
  readonly plain: object;

  constructor(names: readonly string[], values: readonly unknown[], plain: object) {
    this.#names = names;
    this.#values = values;
    this.plain = plain;
  }

  /** Technique: V8 lists members, and loads each, by the enum cache of the object's layout. */
  isSame(value: object): boolean {
    if (!isPlainObject(value)) return false;
    const names = this.#names;
    const values = this.#values;
    let i = 0;
    for (const name in value) {
      if (name !== names[i]) return false;
      const given = (value as Readonly<Record<string, unknown>>)[name];
      if (typeof given === 'object' ? !isSameJson(given, values[i]) : given !== values[i]) return false;
      i++;
    }
    return i === names.length;
  }
}

/**
 * `{ type, id }`, of which most data consist. It is compared by code of its own, which meets objects of one layout only: V8 then knows what they inherit,
 * and loads their members without a search.
 */
class UidCopy implements Copy {
  readonly #type: string;
  readonly #id: string;
  readonly plain: object;

  constructor(type: string, id: string) {
    this.#type = type;
    this.#id = id;
    this.plain = { type, id };
  }

  isSame(value: object): boolean {
    if ((value as Partial<Uid> & { toJSON?: unknown }).toJSON !== undefined) return false;
    const prototype: unknown = Object.getPrototypeOf(value);
    if ((prototype !== Object.prototype && prototype !== null) || Array.isArray(value)) return false;
    let members = 0;
    for (const name in value) {
      if (
        members === 0
          ? name !== 'type' || (value as Uid).type !== this.#type
          : name !== 'id' || (value as Uid).id !== this.#id
      )
        return false;
      members++;
    }
    return members === 2;
  }
}

interface Uid {
  readonly type: string;
  readonly id: string;
}

/** `{ __entity: { type, id } }`, for the same reason. */
class ReferenceCopy implements Copy {
  readonly #uid: UidCopy;
  readonly plain: object;

  constructor(uid: UidCopy) {
    this.#uid = uid;
    this.plain = { __entity: uid.plain };
  }

  isSame(value: object): boolean {
    if ((value as { toJSON?: unknown }).toJSON !== undefined) return false;
    const prototype: unknown = Object.getPrototypeOf(value);
    if ((prototype !== Object.prototype && prototype !== null) || Array.isArray(value)) return false;
    let members = 0;
    for (const name in value) {
      if (members > 0 || name !== '__entity') return false;
      const given = (value as { readonly __entity: unknown }).__entity;
      if (typeof given !== 'object' || given === null || !this.#uid.isSame(given)) return false;
      members++;
    }
    return members === 1;
  }
}

class ArrayCopy implements Copy {
  readonly elements: readonly unknown[];
  readonly plain: readonly unknown[];

  constructor(elements: readonly unknown[]) {
    this.elements = elements;
    this.plain = elements.map(plainOf);
  }

  isSame(value: object): boolean {
    const { elements } = this;
    if (!Array.isArray(value) || value.length !== elements.length || !isPlainArray(value)) return false;
    for (let i = 0; i < elements.length; i++) if (!isSameJson(value[i], elements[i])) return false;
    return true;
  }
}

/** Text, number, boolean or `null`, or a copy of a list or of an object. */
export type JsonCopy = unknown;

/** The same data, which nobody else holds; `undefined` for what is not plain: class instances, `toJSON`, members that JSON leaves out. */
export function jsonCopy(value: unknown): JsonCopy | undefined {
  try {
    return new Copying().copy(value, 0);
  } catch (error) {
    if (error instanceof NotPlain || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The copies of the elements of a list. */
export function elementsOf(copy: JsonCopy): readonly JsonCopy[] | undefined {
  return copy instanceof ArrayCopy ? copy.elements : undefined;
}

/** What was copied, to be read. */
export function plainOf(copy: JsonCopy): unknown {
  return typeof copy === 'object' && copy !== null ? (copy as Copy).plain : copy;
}

class Copying {
  #left = VALUES_AT_MOST;

  copy(value: unknown, depth: number): JsonCopy {
    this.#left--;
    if (this.#left < 0 || depth > DEPTH_AT_MOST) throw new NotPlain();
    switch (typeof value) {
      case 'string':
      case 'boolean':
      case 'bigint':
        return value;
      case 'number':
        if (Number.isFinite(value)) return value;
        throw new NotPlain();
      case 'object':
        if (value === null) return null;
        return Array.isArray(value) ? this.#copyArray(value, depth) : this.#copyObject(value, depth);
      default:
        throw new NotPlain();
    }
  }

  #copyArray(value: readonly unknown[], depth: number): ArrayCopy {
    if (!isPlainArray(value)) throw new NotPlain();
    const elements: unknown[] = [];
    for (let i = 0; i < value.length; i++) elements.push(this.copy(value[i], depth + 1));
    return new ArrayCopy(elements);
  }

  #copyObject(value: object, depth: number): Copy {
    if (!isPlainObject(value)) throw new NotPlain();
    const names = Object.keys(value);
    const values: unknown[] = [];
    const plain: Record<string, unknown> = {};
    for (const name of names) {
      // To assign it would set the prototype.
      if (name === '__proto__') throw new NotPlain();
      const copied = this.copy((value as Readonly<Record<string, unknown>>)[name], depth + 1);
      plain[name] = plainOf(copied);
      values.push(copied);
    }
    return copyOf(names, values, plain);
  }
}

function copyOf(names: readonly string[], values: readonly unknown[], plain: object): Copy {
  const [first, second] = values;
  if (names.length === 1 && names[0] === '__entity' && first instanceof UidCopy) return new ReferenceCopy(first);
  const isUid = names.length === 2 && names[0] === 'type' && names[1] === 'id';
  if (isUid && typeof first === 'string' && typeof second === 'string') return new UidCopy(first, second);
  return new ObjectCopy(names, values, plain);
}

/**
 * Whether a value holds what a copy does, in the same order of members. Sound where loops see no members of `Object.prototype`
 * (`isPrototypePolluted`).
 */
export function isSameJson(value: unknown, copy: JsonCopy): boolean {
  if (typeof value !== 'object' || value === null) return value === copy;
  return typeof copy === 'object' && copy !== null && (copy as Copy).isSame(value);
}

/** A list that `JSON.stringify` writes as it is. */
export function isPlainArray(value: readonly unknown[]): boolean {
  return Object.getPrototypeOf(value) === Array.prototype && (value as { toJSON?: unknown }).toJSON === undefined;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return !Array.isArray(value) && (value as { toJSON?: unknown }).toJSON === undefined;
}
