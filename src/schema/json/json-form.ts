/**
 * JSON shape — reads members, lists and strings out of a JSON value, and says what is wrong with them and where.
 *
 * A value is what `JSON.parse` or our own reader makes. As in JSON, an `undefined` member counts as absent; as in the official build, a struct may
 * be given as the list of its members' values.
 */

import { isPlainObject } from '../../parser/data/value.ts';
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import { JsonFloat } from '../../value/json.ts';
import { jsonError } from '../error.ts';

/** Ends the reading; never leaves this room. */
export class SchemaJsonError {
  readonly diagnostic: Diagnostic;

  constructor(message: string, path: string) {
    this.diagnostic = jsonError(message, path);
  }
}

export type Read<T> = (value: unknown, path: string) => T;

/** The members of a struct, each with its reader; those in `optional` may be absent. */
export interface Struct<Members> {
  readonly name: string;
  readonly members: { readonly [K in keyof Members]: Read<Members[K]> };
  readonly optional: readonly (keyof Members)[];
}

/** Reads a struct: members are read in the order in which they were given, none may be unknown. */
export function readStruct<Members extends object>(
  value: unknown,
  path: string,
  struct: Struct<Members>,
): Partial<Members> {
  if (Array.isArray(value)) return readStructList(value, path, struct);
  const found: Partial<Members> = Object.create(null);
  for (const [key, member] of readEntries(value, path, `struct ${struct.name}`)) {
    const name = knownMember(key, struct.members, path);
    found[name] = struct.members[name](member, below(path, key));
  }
  for (const name of namesOf(struct.members))
    if (!(name in found) && !struct.optional.includes(name))
      throw new SchemaJsonError(`missing field \`${String(name)}\``, path);
  return found;
}

function readStructList<Members extends object>(
  values: readonly unknown[],
  path: string,
  struct: Struct<Members>,
): Partial<Members> {
  const names = namesOf(struct.members);
  const found: Partial<Members> = Object.create(null);
  for (const [i, name] of names.entries()) {
    if (i < values.length) found[name] = struct.members[name](values[i], `${path}/${i}`);
    else if (!struct.optional.includes(name))
      throw new SchemaJsonError(
        `invalid length ${i}, expected struct ${struct.name} with ${names.length} elements`,
        path,
      );
  }
  if (values.length > names.length)
    throw new SchemaJsonError(`invalid length ${values.length}, expected fewer elements in array`, path);
  return found;
}

function namesOf<Members extends object>(members: Struct<Members>['members']): (keyof Members)[] {
  return Object.keys(members) as (keyof Members)[];
}

/** The member of that name, or an error that lists those there are. */
export function knownMember<Members extends object>(key: string, members: Members, path: string): keyof Members {
  if (Object.hasOwn(members, key)) return key as keyof Members;
  throw unknownField(key, Object.keys(members), path);
}

export function unknownField(key: string, known: readonly string[], path: string): SchemaJsonError {
  const quoted = known.map((name) => `\`${name}\``);
  const expected =
    quoted.length === 0
      ? 'there are no fields'
      : quoted.length < 3
        ? `expected ${quoted.join(' or ')}`
        : `expected one of ${quoted.join(', ')}`;
  return new SchemaJsonError(`unknown field \`${key}\`, ${expected}`, path);
}

/** The members of an object, in the order in which they were given. A `Map`, a `Date` … is not an object of JSON. */
export function readEntries(value: unknown, path: string, expected = 'a map'): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && isPlainObject(value)) {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    for (const [key] of entries) wellFormed(key, path);
    return entries;
  }
  throw wrongType(value, expected, path);
}

/** The path of a member, as a JSON pointer. */
export function below(path: string, key: string): string {
  return `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A map from names to what `read` makes of the members. */
export function readMap<T>(
  value: unknown,
  path: string,
  readKey: (key: string, path: string) => string,
  read: Read<T>,
): Map<string, T> {
  const found = new Map<string, T>();
  for (const [key, member] of readEntries(value, path)) {
    const name = readKey(key, path);
    found.set(name, read(member, below(path, key)));
  }
  return found;
}

export function readList<T>(value: unknown, path: string, read: Read<T>): T[] {
  if (!Array.isArray(value)) throw wrongType(value, 'a sequence', path);
  return value.map((each, i) => read(each, `${path}/${i}`));
}

export function readString(value: unknown, path: string, expected = 'a string'): string {
  if (typeof value !== 'string') throw wrongType(value, expected, path);
  return wellFormed(value, path);
}

/** Half a surrogate pair is not text. */
function wellFormed(text: string, path: string): string {
  if (!text.isWellFormed()) throw new SchemaJsonError('lone surrogate in a string', path);
  return text;
}

export function readBoolean(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw wrongType(value, 'a boolean', path);
  return value;
}

export function wrongType(value: unknown, expected: string, path: string): SchemaJsonError {
  return new SchemaJsonError(`invalid type: ${describe(value)}, expected ${expected}`, path);
}

/** How a JSON value is named in a message. */
function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `string ${JSON.stringify(value)}`;
    case 'boolean':
      return `boolean \`${value}\``;
    case 'bigint':
      return `integer \`${value}\``;
    case 'number':
      return Number.isInteger(value) ? `integer \`${value}\`` : `floating point \`${value}\``;
    default:
      if (value instanceof JsonFloat) return `floating point \`${value.text}\``;
      if (value === null || value === undefined) return 'null';
      if (Array.isArray(value)) return 'sequence';
      return isPlainObject(value) ? 'map' : `instance of \`${value.constructor.name}\``;
  }
}
