/**
 * JSON shape — what a JSON value must look like, with the messages of the official build where it does not.
 */

import type { Diagnostic } from '../../syntax/diagnostic.ts';
import { compareCodePoints } from '../../value/code-point.ts';
import { JsonFloat } from '../../value/json.ts';

/** JSON that does not denote what it should. `text` is what the labels of the diagnostic point into. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly diagnostic: Diagnostic;
  readonly text: string | undefined;

  constructor(diagnostic: Diagnostic, text?: string) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
    this.text = text;
  }
}

/** A JSON error that points at no text. */
export function jsonError(message: string, help?: string): JsonError {
  return new JsonError({ severity: 'error', code: 'invalidJson', message, help, labels: [] });
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonFloat);
}

/** The members of an object that are not `undefined`, in the order in which the official build looks at them. */
export function jsonEntries(value: JsonObject): [string, unknown][] {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => compareCodePoints(a, b));
}

/** An object whose members are all among `fields`. */
export function jsonFields(value: unknown, expected: string, fields: readonly string[]): JsonObject {
  if (!isJsonObject(value)) throw wrongJsonType(value, expected);
  for (const [key] of jsonEntries(value)) {
    if (!fields.includes(key)) throw jsonError(`unknown field \`${key}\`, expected ${oneOf(fields)}`);
  }
  return value;
}

/** A member that must be there. */
export function jsonMember(object: JsonObject, key: string): unknown {
  const member = Object.hasOwn(object, key) ? object[key] : undefined;
  if (member === undefined) throw jsonError(`missing field \`${key}\``);
  return member;
}

export function jsonString(value: unknown): string {
  if (typeof value !== 'string') throw wrongJsonType(value, 'a string');
  return value;
}

export function jsonArray(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw wrongJsonType(value, 'a sequence');
  return value;
}

/** One of a few words. */
export function jsonWord<W extends string>(value: unknown, words: readonly W[]): W {
  if (isJsonObject(value)) throw jsonError('invalid value: map, expected map with a single key');
  if (typeof value !== 'string') throw wrongJsonType(value, 'string or map');
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw jsonError(`unknown variant \`${value}\`, expected ${oneOf(words)}`);
  return word;
}

export function wrongJsonType(value: unknown, expected: string): JsonError {
  return jsonError(`invalid type: ${describeJson(value)}, expected ${expected}`);
}

/** ``one of `a`, `b`, `c` ``, as messages list alternatives. */
export function oneOf(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  if (quoted.length === 0) return 'there are no fields';
  return quoted.length <= 2 ? quoted.join(' or ') : `one of ${quoted.join(', ')}`;
}

/** How messages name a JSON value, such as ``integer `3` ``. */
export function describeJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `string ${JSON.stringify(value)}`;
    case 'boolean':
      return `boolean \`${value}\``;
    case 'bigint':
      return `integer \`${value}\``;
    case 'number':
      return Number.isInteger(value) ? `integer \`${value}\`` : `floating point \`${value}\``;
    case 'object':
      if (value instanceof JsonFloat) return `floating point \`${value.text}\``;
      return value === null ? 'null' : Array.isArray(value) ? 'sequence' : 'map';
    default:
      return 'null';
  }
}

/** Does a string or key somewhere in the value hold half a character? Call it only on what is not too deep. */
export function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return !value.isWellFormed();
  if (Array.isArray(value)) return value.some(hasLoneSurrogate);
  return isJsonObject(value) && Object.entries(value).flat().some(hasLoneSurrogate);
}
