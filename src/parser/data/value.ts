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
import { ownMember } from '../../value/own-member.ts';
import { CedarRecord } from '../../value/record.ts';
import { CedarSet } from '../../value/set.ts';
import { Unknown } from '../../value/unknown.ts';
import type { Value } from '../../value/value.ts';
import type { JsonObject } from '../json/json-form.ts';
import { DataError, type DataPath } from './data-path.ts';
import { valueFromInstance } from './instance.ts';
import { EXPR_HELP, uidFromMembers } from './uid.ts';

/** How strictly JavaScript values are read. */
export interface DataOptions {
  /**
   * Read the value as what `JSON.stringify` would write: members that are `undefined` are absent, and integral numbers beyond 2^53
   * count as the integers they print as. The drop-in needs it; everyone else is told.
   */
  readonly asJson?: boolean | undefined;
  /** With `asJson`: refuse integral numbers beyond 2^53 all the same, for they may have been rounded on their way here. */
  readonly refuseRounded?: boolean | undefined;
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
  place.requireShallow();
  if (Array.isArray(data)) {
    return CedarSet.from(Array.from(data, (element, i) => valueFromData(element, place.at(i), options)));
  }
  if (!isPlainObject(data)) return instanceFromData(data, place, options);
  const members = membersOf(data, place, options);
  return escapeFromMembers(members, place, options) ?? recordFromMembers(members, place, options);
}

/** JSON has no instances of classes. */
function instanceFromData(data: object, place: DataPath, options: DataOptions): Value {
  const read = (part: unknown, at: DataPath) => valueFromData(part, at, options);
  const value = options.asJson ? undefined : valueFromInstance(data, place, read);
  return value ?? refuse(notAValue(data, place));
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

function longFromData(data: number | bigint, place: DataPath, { asJson, refuseRounded }: DataOptions): Long {
  if (typeof data === 'number' && Number.isSafeInteger(data)) return data + 0;
  if (typeof data === 'number' && !(asJson && INTEGER.test(`${data}`))) throw notAValue(data, place);
  const long = longFromBigInt(BigInt(`${data}`)) ?? refuse(notAValue(data, place));
  if (typeof data === 'number' && refuseRounded)
    throw new DataError(
      place,
      `the number ${data} may have been rounded, since it is beyond 2^53; give it as a bigint`,
    );
  return long;
}

/** Beyond 2^53 JSON writes fewer digits than a number has: those that are written count. */
const INTEGER = /^-?[0-9]+$/;

function refuse(error: DataError): never {
  throw error;
}

function notAValue(data: unknown, place: DataPath): DataError {
  const error = 'data did not match any variant of untagged enum RawCedarValueJson';
  return new DataError(
    place,
    error,
    undefined,
    'bare',
    `${describeGiven(data)} is not a Cedar value: ${valueAdvice(data)}`,
  );
}

/** What a JavaScript value is called that has no place where it was given. */
export function describeGiven(data: unknown): string {
  if (data instanceof JsonFloat) return `\`${data.text}\``;
  if (typeof data === 'number' || typeof data === 'bigint') return `\`${data}\``;
  if (typeof data === 'string') return `the string ${JSON.stringify(data)}`;
  if (typeof data !== 'object' || data === null) return `\`${String(data === null ? null : typeof data)}\``;
  if (Array.isArray(data)) return 'a list';
  if (isPlainObject(data)) return 'an object';
  return `an instance of \`${nameOfClass(data)}\``;
}

function nameOfClass(data: object): string {
  const made: unknown = data.constructor;
  return typeof made === 'function' && made.name !== '' ? made.name : 'object';
}

/** What would be right. */
function valueAdvice(data: unknown): string {
  switch (typeof data) {
    case 'number':
    case 'bigint':
      return numberAdvice(data);
    case 'undefined':
      return 'leave the member out, or give it a value';
    case 'object':
      return objectAdvice(data);
    default:
      return 'values are booleans, integers, strings, lists, sets, dates and plain objects';
  }
}

function numberAdvice(data: number | bigint): string {
  if (typeof data === 'bigint') return 'a Long has 64 bits';
  if (Number.isInteger(data)) return 'integers beyond 2^53 are exact as a bigint only, such as `9007199254740993n`';
  return 'a Long is an integer; a fraction is `{ __extn: { fn: "decimal", arg: "1.5" } }`';
}

function objectAdvice(data: unknown): string {
  if (data instanceof JsonFloat) return numberAdvice(Number.NaN);
  if (data instanceof Map) return 'give a plain object, `Object.fromEntries(map)`';
  return 'give a plain object, such as `{ ...instance }`';
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

function recordFromMembers({ names, values }: Members, place: DataPath, options: DataOptions): CedarRecord {
  const fields = new Map<string, Value>();
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    fields.set(name, valueFromData(values[i], place.at(name), options));
  }
  return new CedarRecord(fields);
}

function escapeFromMembers({ names, values }: Members, place: DataPath, options: DataOptions): Value | undefined {
  const [key] = names;
  if (names.length !== 1 || key === undefined) return undefined;
  const [inner] = values;
  if (key === '__expr' && typeof inner === 'string') {
    throw new DataError(place, 'the `__expr` escape is no longer supported', EXPR_HELP);
  }
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return undefined;
  if (key === '__entity') return uidFromMembers(inner, place);
  return key === '__extn' ? extensionFromMembers(inner, place.at(key), options) : undefined;
}

/** A call of an extension function; `undefined` when the members do not have that shape. */
export function extensionFromMembers(data: object, place: DataPath, options: DataOptions): Value | undefined {
  const [fn, arg, args] = [ownMember(data, 'fn'), ownMember(data, 'arg'), ownMember(data, 'args')];
  if (typeof fn !== 'string' || (arg === undefined && !Array.isArray(args))) return undefined;
  const operands = arg !== undefined ? [arg] : (args as readonly unknown[]);
  const values = Array.from(operands, (operand, i) => valueFromData(operand, argumentPlace(place, arg, i), options));
  return (options.unknowns ? unknownFromCall(fn, values) : undefined) ?? applyExtension(fn, values, place, options);
}

/** Where an argument stands: one alone is a member, others are in a list. */
export function argumentPlace(call: DataPath, alone: unknown, i: number): DataPath {
  return alone === undefined ? call.at('args').at(i) : call.at('arg');
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
