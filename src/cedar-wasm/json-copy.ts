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

/** What a value held, in the order of its members. */
class ObjectCopy {
  readonly names: readonly string[];
  readonly values: readonly unknown[];
  readonly plain: object;

  constructor(names: readonly string[], values: readonly unknown[], plain: object) {
    this.names = names;
    this.values = values;
    this.plain = plain;
  }
}

class ArrayCopy {
  readonly elements: readonly unknown[];
  readonly plain: readonly unknown[];

  constructor(elements: readonly unknown[]) {
    this.elements = elements;
    this.plain = elements.map(plainOf);
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
  return copy instanceof ObjectCopy || copy instanceof ArrayCopy ? copy.plain : copy;
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
    return new ArrayCopy(Array.from(value, (element) => this.copy(element, depth + 1)));
  }

  #copyObject(value: object, depth: number): ObjectCopy {
    if (!isPlainObject(value)) throw new NotPlain();
    const names = Object.keys(value);
    // To assign it would set the prototype.
    if (names.includes('__proto__')) throw new NotPlain();
    const plain: Record<string, unknown> = {};
    const values = names.map((name) => {
      const copied = this.copy((value as Readonly<Record<string, unknown>>)[name], depth + 1);
      plain[name] = plainOf(copied);
      return copied;
    });
    return new ObjectCopy(names, values, plain);
  }
}

/**
 * Whether a value holds what a copy does, in the same order of members. Sound where loops see no members of `Object.prototype`
 * (`isPrototypePolluted`).
 */
export function isSameJson(value: unknown, copy: JsonCopy): boolean {
  if (value === copy) return true;
  if (typeof value !== 'object' || value === null) return false;
  if (copy instanceof ObjectCopy) return isSameObject(value, copy);
  return copy instanceof ArrayCopy && isSameArray(value, copy);
}

function isSameArray(value: object, { elements }: ArrayCopy): boolean {
  if (!Array.isArray(value) || value.length !== elements.length || !isPlainArray(value)) return false;
  for (let i = 0; i < elements.length; i++) if (!isSameJson(value[i], elements[i])) return false;
  return true;
}

/** Technique: V8 lists members, and loads each, by the enum cache of the object's layout. */
function isSameObject(value: object, { names, values }: ObjectCopy): boolean {
  if (!isPlainObject(value)) return false;
  let i = 0;
  for (const name in value) {
    if (name !== names[i]) return false;
    const given = (value as Readonly<Record<string, unknown>>)[name];
    if (given !== values[i] && !isSameJson(given, values[i])) return false;
    i++;
  }
  return i === names.length;
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
