/**
 * Data — values, contexts and entities from JSON, or from the JavaScript values that stand for it.
 *
 * What cannot be represented exactly is refused, and every error names the path to it. An object is an escape only if it has exactly the one
 * member `__entity` or `__extn` and that fits; else it is a record.
 *
 * Docs:  Cedar policy language, JSON entity format
 */
import { EntityUid } from '../../value/entity-uid.ts';
import { applyExtFun, extFunArity, isExtFunFailure } from '../../value/ext-fun.ts';
import { JsonFloat } from '../../value/json.ts';
import { type Long, longFromBigInt } from '../../value/long.ts';
import { CedarRecord } from '../../value/record.ts';
import { CedarSet } from '../../value/set.ts';
import { Unknown } from '../../value/unknown.ts';
import type { Value } from '../../value/value.ts';
import type { JsonObject } from '../json/json-form.ts';
import { parseName } from '../text/text.ts';
import { DataError, type DataPath } from './data-path.ts';

/** How strictly JavaScript values are read. */
export interface DataOptions {
  /**
   * Read the value as what `JSON.stringify` would write: members that are `undefined` are absent, and integral numbers that are no safe
   * integers count as the integers they print as. The drop-in needs it; everyone else is told.
   */
  readonly asJson?: boolean | undefined;
  /** Take `unknown("…")` for a value that is not known yet, instead of refusing it. */
  readonly unknowns?: boolean | undefined;
  /** Is told of every extension value, and of the call that it was made by. */
  readonly onExtension?: ((value: Value, fn: string, args: readonly Value[]) => void) | undefined;
  /** Takes over where a schema knows the type of an attribute or tag. */
  readonly guide?: DataGuide | undefined;
}

/** What a schema knows; `undefined` answers leave the value to plain reading. */
export interface DataGuide {
  /** Throws where no entity of this uid may be. */
  entity(uid: EntityUid, place: DataPath): void;
  attribute(uid: EntityUid, name: string, json: unknown, place: DataPath): Value | undefined;
  tag(uid: EntityUid, name: string, json: unknown, place: DataPath): Value | undefined;
}

const UID_HELP = 'literal entity references can be made with `{ "type": "SomeType", "id": "SomeId" }`';
const ENTITY_HELP = 'an __entity escape should have a value like `{ "type": "SomeType", "id": "SomeId" }`';
const EXPR_HELP =
  'to create an entity reference, use `__entity`; to create an extension value, use `__extn`; and for all other values, use JSON directly';

/** A value in the syntax of entity attributes. Throws `DataError`. */
export function valueFromData(data: unknown, place: DataPath, options: DataOptions = {}): Value {
  switch (typeof data) {
    case 'boolean':
      return data;
    case 'string':
      return stringFromData(data, place);
    case 'number':
    case 'bigint':
      return longFromData(data, place, options);
    case 'object':
      break;
    default:
      throw notAValue(data, place);
  }
  if (data === null) throw new DataError(place, 'found a `null`; JSON `null`s are not allowed in Cedar');
  if (Array.isArray(data)) {
    return CedarSet.from(Array.from(data, (element, i) => valueFromData(element, place.at(i), options)));
  }
  if (!isPlainObject(data)) throw notAValue(data, place);
  return escapeFromData(data, place, options) ?? recordFromData(data, place, options);
}

/** A context: data that denote a record. Throws `DataError`. */
export function contextFromData(data: unknown, place: DataPath, options: DataOptions = {}): CedarRecord {
  const value = valueFromData(data, place, options);
  if (value instanceof CedarRecord) return value;
  throw new DataError(place, `expression is not a record: ${describeValue(value)}`, undefined, 'bare');
}

function describeValue(value: Value): string {
  if (value instanceof CedarSet) return '[]';
  return typeof value === 'string' ? JSON.stringify(value) : value instanceof EntityUid ? `${value}` : String(value);
}

function stringFromData(text: string, place: DataPath): string {
  if (!text.isWellFormed()) throw new DataError(place, 'lone surrogate in a string');
  return text;
}

function longFromData(data: number | bigint, place: DataPath, { asJson }: DataOptions): Long {
  if (typeof data === 'number' && Number.isSafeInteger(data)) return data + 0;
  if (typeof data === 'number' && !(asJson && Number.isInteger(data))) throw notAValue(data, place);
  return longFromBigInt(BigInt(data)) ?? refuse(notAValue(data, place));
}

function refuse(error: DataError): never {
  throw error;
}

function notAValue(data: unknown, place: DataPath): DataError {
  const error = 'data did not match any variant of untagged enum RawCedarValueJson';
  return new DataError(place, error, undefined, 'bare', `\`${describeForeign(data)}\` is no Cedar value`);
}

/** What a JavaScript value that means nothing in Cedar is called. */
function describeForeign(data: unknown): string {
  if (data instanceof JsonFloat) return data.text;
  if (typeof data === 'number' || typeof data === 'bigint') return `${data}`;
  if (typeof data !== 'object' || data === null) return typeof data;
  return (data.constructor as { name?: string } | undefined)?.name || 'object';
}

/** Made by a literal or a JSON reader: no class instance, `Map`, `Date` … */
export function isPlainObject(data: object): data is JsonObject {
  const prototype: unknown = Object.getPrototypeOf(data);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** The members of an object in order: names, and beside them what they name. */
export interface Members {
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

/** What JSON would not write is left out or refused. */
export function membersOf(data: JsonObject, place: DataPath, { asJson }: DataOptions): Members {
  const names: string[] = [];
  const values: unknown[] = [];
  for (const name of Object.keys(data)) {
    if (!name.isWellFormed()) throw new DataError(place, 'lone surrogate in a key');
    const value = data[name];
    if (value === undefined) {
      if (asJson) continue;
      throw notAValue(value, place.at(name));
    }
    names.push(name);
    values.push(value);
  }
  return { names, values };
}

function recordFromData(data: JsonObject, place: DataPath, options: DataOptions): CedarRecord {
  const fields = new Map<string, Value>();
  const { names, values } = membersOf(data, place, options);
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    fields.set(name, valueFromData(values[i], place.at(name), options));
  }
  return new CedarRecord(fields);
}

function escapeFromData(data: JsonObject, place: DataPath, options: DataOptions): Value | undefined {
  const names = Object.keys(data);
  const [key] = names;
  if (names.length !== 1 || key === undefined) return undefined;
  const inner = data[key];
  if (key === '__expr' && typeof inner === 'string') {
    throw new DataError(place, 'the `__expr` escape is no longer supported', EXPR_HELP);
  }
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return undefined;
  if (key === '__entity') return uidFromMembers(inner as JsonObject, place);
  return key === '__extn' ? extensionFromMembers(inner as JsonObject, place, options) : undefined;
}

/** Types that were found well written: data name few of them, often. */
const KNOWN_NAMES = new Set<string>();
const KNOWN_AT_MOST = 4096;
/** No reserved word begins with a capital; so types that are named as is the custom need no parser. */
const CAPITALIZED = /^[A-Z]\w*(?:::[A-Z]\w*)*$/;

function uidFromMembers({ type, id }: JsonObject, place: DataPath): EntityUid | undefined {
  if (typeof type !== 'string' || typeof id !== 'string') return undefined;
  if (!KNOWN_NAMES.has(type) && !CAPITALIZED.test(type)) requireName(type, id, place);
  return new EntityUid(type, stringFromData(id, place.at('id')));
}

function requireName(type: string, id: string, place: DataPath): void {
  const parsed = parseName(type, 'Name');
  if (!parsed.ok) {
    const shown = `{\n  "type": ${JSON.stringify(type)},\n  "id": ${JSON.stringify(id)}\n}`;
    const [problem] = parsed.diagnostics;
    const message = `failed to parse escape \`__entity\`: ${shown}, errors: ${problem?.message}`;
    const located = { text: type, labels: problem?.labels ?? [] };
    throw new DataError(place, message, ENTITY_HELP, 'bare', undefined, located);
  }
  if (KNOWN_NAMES.size < KNOWN_AT_MOST) KNOWN_NAMES.add(type);
}

/** A call of an extension function; `undefined` when the members do not have that shape. */
export function extensionFromMembers(
  { fn, arg, args }: JsonObject,
  place: DataPath,
  options: DataOptions,
): Value | undefined {
  if (typeof fn !== 'string' || (arg === undefined && !Array.isArray(args))) return undefined;
  const operands = arg !== undefined ? [arg] : (args as readonly unknown[]);
  const values = operands.map((operand) => valueFromData(operand, place, options));
  return (options.unknowns ? unknownFromCall(fn, values) : undefined) ?? applyExtension(fn, values, place, options);
}

/** An unknown, or what cannot be computed because of one. */
function unknownFromCall(fn: string, args: readonly Value[]): Unknown | undefined {
  if (extFunArity(fn) !== args.length) return undefined;
  const [name] = args;
  if (fn === 'unknown' && typeof name === 'string') return new Unknown(name);
  return args.find((arg) => arg instanceof Unknown);
}

/** Extension values of data are computed when the data are read. */
export function applyExtension(fn: string, args: readonly Value[], place: DataPath, options: DataOptions): Value {
  const result = applyExtFun(fn, args);
  if (!isExtFunFailure(result)) {
    options.onExtension?.(result, fn, args);
    return result;
  }
  const { message, help } = result.failure;
  const located = { text: fn, labels: [{ span: { start: 0, end: fn.length } }] };
  throw new DataError(
    place,
    message,
    help,
    'evaluated',
    undefined,
    extFunArity(fn) === undefined ? located : undefined,
  );
}

/** `{ type, id }`, or the same in an `__entity` escape. Throws `DataError`. */
export function uidFromData(data: unknown, place: DataPath): EntityUid {
  const members = typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as JsonObject) : {};
  if (typeof members.__expr === 'string') {
    throw new DataError(place, 'the `__expr` escape is no longer supported', EXPR_HELP);
  }
  const inner = members.__entity;
  const uid =
    (typeof inner === 'object' && inner !== null ? uidFromMembers(inner as JsonObject, place) : undefined) ??
    uidFromMembers(members, place);
  if (uid !== undefined) return uid;
  const shown = JSON.stringify(data, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  throw new DataError(place, `expected a literal entity reference, but got \`${shown}\``, UID_HELP);
}
