/**
 * Typed data — values, contexts and entities from JSON where a schema says what is expected.
 *
 *     JSON × SchemaType → Value, or throws DataError
 *
 * Where an entity or an extension value is expected, its escape may be left out, and a bare string is the argument of the constructor. Records
 * have exactly the expected attributes. Primitive types are not compared here: conformance.ts does that with the value.
 *
 * Docs: JSON entity format, Schema-based parsing
 */

import { DataError, type DataPath } from '../../parser/data/data-path.ts';
import { uidFromData } from '../../parser/data/uid.ts';
import {
  applyExtension,
  argumentPlace,
  type DataGuide,
  type DataOptions,
  isPlainObject,
  valueFromData,
} from '../../parser/data/value.ts';
import type { EntityTypeEntry, Schema } from '../../schema/schema.ts';
import type { ExtensionTypeName, RecordType, SchemaType } from '../../schema/type.ts';
import { type EntityUid, isActionType } from '../../value/entity-uid.ts';
import { extFunParameters } from '../../value/ext-fun.ts';
import { ownMember } from '../../value/own-member.ts';
import { CedarRecord } from '../../value/record.ts';
import { CedarSet } from '../../value/set.ts';
import { Unknown } from '../../value/unknown.ts';
import type { Value } from '../../value/value.ts';
import { mismatch } from './conformance.ts';
import * as problem from './conformance-error.ts';

/** What a schema knows of the attributes and tags of entities. */
export function schemaGuide(schema: Schema, options: DataOptions = {}): DataGuide {
  const typeOf = (uid: EntityUid) => (isActionType(uid.type) ? undefined : schema.entityTypes.get(uid.type));
  return {
    entity(uid, place) {
      if (!isActionType(uid.type) && !schema.entityTypes.has(uid.type))
        throw placed(problem.undeclaredEntityType(uid, schema), place);
    },
    attribute(uid, name, json, place) {
      const entry = typeOf(uid);
      if (entry === undefined) return undefined;
      const attribute = entry.kind === 'standard' ? entry.attributes.attributes.get(name) : undefined;
      if (attribute === undefined) throw placed(problem.unexpectedAttribute(uid, name, attributeNames(entry)), place);
      return typedValueFromData(json, attribute.type, place, options);
    },
    tag(uid, name, json, place) {
      const entry = typeOf(uid);
      if (entry === undefined) return undefined;
      const type = entry.kind === 'standard' ? entry.tags : undefined;
      if (type === undefined) throw placed(problem.unexpectedTag(uid, name), place);
      return typedValueFromData(json, type, place, options);
    },
  };
}

function attributeNames(entry: EntityTypeEntry): Iterable<string> {
  return entry.kind === 'standard' ? entry.attributes.attributes.keys() : [];
}

function placed(
  { message, help, detail }: Omit<problem.Nonconformance, 'code'>,
  place: DataPath,
  how: 'placed' | 'bare' = 'bare',
): DataError {
  return new DataError(place, message, help, how, detail);
}

/** A context of the type that a schema gives it. Throws `DataError`. */
export function typedContextFromData(
  json: unknown,
  type: RecordType,
  place: DataPath,
  options: DataOptions = {},
): CedarRecord {
  return recordFromTyped(json, type, place, options);
}

/** A value where one of that type is expected. Throws `DataError`. */
export function typedValueFromData(json: unknown, type: SchemaType, place: DataPath, options: DataOptions = {}): Value {
  const unknown = options.unknowns ? unknownIn(json, place) : undefined;
  if (unknown !== undefined) return unknown;
  switch (type.kind) {
    case 'entity':
      return uidFromData(json, place, options);
    case 'ext':
      return extensionFromTyped(json, type.name, place, options);
    case 'set':
      return setFromTyped(json, type, place, options);
    case 'record':
      return recordFromTyped(json, type, place, options);
    default:
      return valueFromData(json, place, options);
  }
}

function setFromTyped(
  json: unknown,
  type: SchemaType & { readonly kind: 'set' },
  place: DataPath,
  options: DataOptions,
): CedarSet {
  const elements = options.asJson ? listIn(json) : (listIn(json) ?? elementsIn(json));
  if (elements === undefined) throw wrongType(json, type, place, options);
  place.requireShallow();
  return CedarSet.from(Array.from(elements, (each, i) => typedValueFromData(each, type.element, place.at(i), options)));
}

function listIn(json: unknown): Iterable<unknown> | undefined {
  return Array.isArray(json) ? json : undefined;
}

function elementsIn(json: unknown): Iterable<unknown> | undefined {
  if (json instanceof Set) return json;
  return json instanceof CedarSet ? json.elements : undefined;
}

function recordFromTyped(json: unknown, type: RecordType, place: DataPath, options: DataOptions): CedarRecord {
  if (!options.asJson && json instanceof CedarRecord) return recordOfValues(json, type, place, options);
  if (!isMembers(json)) throw wrongType(json, type, place, options);
  place.requireShallow();
  const fields = new Map<string, Value>();
  for (const [name, attribute] of type.attributes) {
    const member = ownMember(json, name);
    if (member !== undefined) fields.set(name, typedValueFromData(member, attribute.type, place.at(name), options));
    else if (attribute.required)
      throw new DataError(place, `expected the record to have an attribute \`${name}\`, but it does not`);
  }
  for (const name of Object.keys(json))
    if (!type.attributes.has(name) && ownMember(json, name) !== undefined)
      throw placed(problem.unexpectedField(name, type.attributes.keys()), place.at(name), 'placed');
  return new CedarRecord(fields);
}

/** A record that is a value already, such as one that a store gave out. */
function recordOfValues(record: CedarRecord, type: RecordType, place: DataPath, options: DataOptions): CedarRecord {
  const members: Record<string, unknown> = Object.create(null);
  for (const [name, value] of record.fields) members[name] = value;
  return recordFromTyped(members, type, place, options);
}

/** The error for a value that is neither a set nor a record; what is not a value is another error. */
function wrongType(json: unknown, type: SchemaType, place: DataPath, options: DataOptions): DataError {
  return new DataError(place, mismatch(valueFromData(json, place, options), type)!);
}

const CONSTRUCTORS: Readonly<Record<ExtensionTypeName, string>> = {
  ipaddr: 'ip',
  decimal: 'decimal',
  datetime: 'datetime',
  duration: 'duration',
};

function extensionFromTyped(json: unknown, name: ExtensionTypeName, place: DataPath, options: DataOptions): Value {
  if (isMembers(json)) {
    place.requireShallow();
    const expr = ownMember(json, '__expr');
    if (typeof expr === 'string') return valueFromData({ __expr: expr }, place, options);
    const call = callIn(ownMember(json, '__extn'), place.at('__extn')) ?? callIn(json, place);
    if (call !== undefined) return applyTyped(call, place, options);
  } else if (!options.asJson && isInstance(json)) return extensionFromInstance(json, name, place, options);
  return applyExtension(CONSTRUCTORS[name], [constructorArgument(json, place, options)], place, options);
}

function isInstance(json: unknown): json is object {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** A `Date`, or an extension value that a store gave out. */
function extensionFromInstance(json: object, name: ExtensionTypeName, place: DataPath, options: DataOptions): Value {
  const value = valueFromData(json, place, options);
  const wrong = mismatch(value, { kind: 'ext', name });
  if (wrong !== undefined) throw new DataError(place, wrong);
  return value;
}

function constructorArgument(json: unknown, place: DataPath, options: DataOptions): Value {
  try {
    return valueFromData(json, place, options);
  } catch (error) {
    if (!(error instanceof DataError) || !error.reason.includes('RawCedarValueJson')) throw error;
    throw new DataError(place, error.reason.replace('RawCedarValueJson', 'ExtnValueJson'), undefined, 'bare');
  }
}

interface Call {
  readonly fn: string;
  readonly args: readonly unknown[];
  readonly placeOf: (i: number) => DataPath;
}

/** `{ fn, arg }` or `{ fn, args }`. */
function callIn(json: unknown, place: DataPath): Call | undefined {
  if (!isMembers(json)) return undefined;
  const [fn, arg, args] = [ownMember(json, 'fn'), ownMember(json, 'arg'), ownMember(json, 'args')];
  if (typeof fn !== 'string') return undefined;
  const placeOf = (i: number) => argumentPlace(place, arg, i);
  if (arg !== undefined) return { fn, args: [arg], placeOf };
  return Array.isArray(args) ? { fn, args: Array.from(args), placeOf } : undefined;
}

function applyTyped({ fn, args, placeOf }: Call, place: DataPath, options: DataOptions): Value {
  const params = extFunParameters(fn);
  if (params === undefined)
    throw new DataError(
      place,
      `extension function \`${fn}\` does not exist`,
      undefined,
      'bare',
      undefined,
      wholeOf(fn),
    );
  if (params.length !== args.length) {
    const counts = `expected ${params.length} arguments for function ${fn} but ${args.length} arguments are provided`;
    throw new DataError(place, counts, undefined, 'bare');
  }
  const values = args.map((arg, i) => {
    const param = params[i]!;
    return param === 'string'
      ? valueFromData(arg, placeOf(i), options)
      : extensionFromTyped(arg, param as ExtensionTypeName, placeOf(i), options);
  });
  return applyExtension(fn, values, place, options);
}

/** A name in JSON is a text of its own, and the whole of it is wrong. */
function wholeOf(name: string) {
  return { text: name, labels: [{ span: { start: 0, end: name.length } }] };
}

/** What stands for a value of any type. */
function unknownIn(json: unknown, place: DataPath): Unknown | undefined {
  if (!isMembers(json) || Object.keys(json).length !== 1) return undefined;
  const call = callIn(ownMember(json, '__extn'), place);
  const [name, ...more] = call?.args ?? [];
  return call?.fn === 'unknown' && typeof name === 'string' && more.length === 0 ? new Unknown(name) : undefined;
}

function isMembers(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && isPlainObject(json);
}
