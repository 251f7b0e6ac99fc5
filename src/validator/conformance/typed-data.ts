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
import {
  applyExtension,
  type DataGuide,
  type DataOptions,
  isPlainObject,
  uidFromData,
  valueFromData,
} from '../../parser/data/value.ts';
import type { Schema } from '../../schema/schema.ts';
import type { ExtensionTypeName, RecordType, SchemaType } from '../../schema/type.ts';
import { type EntityUid, isActionType } from '../../value/entity-uid.ts';
import { extFunParameters } from '../../value/ext-fun.ts';
import { CedarRecord } from '../../value/record.ts';
import { CedarSet } from '../../value/set.ts';
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
      const attribute = entry.kind === 'enum' ? undefined : entry.attributes.attributes.get(name);
      if (attribute === undefined) throw placed(problem.unexpectedAttribute(uid, name), place);
      return typedValueFromData(json, attribute.type, place, options);
    },
    tag(uid, name, json, place) {
      const entry = typeOf(uid);
      if (entry === undefined) return undefined;
      const type = entry.kind === 'enum' ? undefined : entry.tags;
      if (type === undefined) throw placed(problem.unexpectedTag(uid, name), place);
      return typedValueFromData(json, type, place, options);
    },
  };
}

function placed({ message, help }: problem.Nonconformance, place: DataPath): DataError {
  return new DataError(place, message, help, 'bare');
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
  switch (type.kind) {
    case 'entity':
      return uidFromData(json, place);
    case 'ext':
      return extensionFromTyped(json, type.name, place, options);
    case 'set':
      if (!Array.isArray(json)) throw wrongType(json, type, place, options);
      return CedarSet.from(json.map((each, i) => typedValueFromData(each, type.element, place.at(i), options)));
    case 'record':
      return recordFromTyped(json, type, place, options);
    default:
      return valueFromData(json, place, options);
  }
}

function recordFromTyped(json: unknown, type: RecordType, place: DataPath, options: DataOptions): CedarRecord {
  if (!isMembers(json)) throw wrongType(json, type, place, options);
  const fields = new Map<string, Value>();
  for (const [name, attribute] of type.attributes) {
    const member = Object.hasOwn(json, name) ? json[name] : undefined;
    if (member !== undefined) fields.set(name, typedValueFromData(member, attribute.type, place.at(name), options));
    else if (attribute.required)
      throw new DataError(place, `expected the record to have an attribute \`${name}\`, but it does not`);
  }
  for (const name of Object.keys(json))
    if (json[name] !== undefined && !type.attributes.has(name))
      throw new DataError(place.at(name), `record attribute \`${name}\` should not exist according to the schema`);
  return new CedarRecord(fields);
}

/** The error for a value that is no set or no record at all; what is no value is another error. */
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
    if (typeof json.__expr === 'string') return valueFromData({ __expr: json.__expr }, place, options);
    const call = callIn(json.__extn) ?? callIn(json);
    if (call !== undefined) return applyTyped(call, place, options);
  }
  return applyExtension(CONSTRUCTORS[name], [constructorArgument(json, place, options)], place, options);
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
}

/** `{ fn, arg }` or `{ fn, args }`. */
function callIn(json: unknown): Call | undefined {
  if (!isMembers(json) || typeof json.fn !== 'string') return undefined;
  if (json.arg !== undefined) return { fn: json.fn, args: [json.arg] };
  return Array.isArray(json.args) ? { fn: json.fn, args: json.args } : undefined;
}

function applyTyped({ fn, args }: Call, place: DataPath, options: DataOptions): Value {
  const params = extFunParameters(fn);
  if (params === undefined)
    throw new DataError(place, `extension function \`${fn}\` does not exist`, undefined, 'bare');
  if (params.length !== args.length) {
    const counts = `expected ${params.length} arguments for function ${fn} but ${args.length} arguments are provided`;
    throw new DataError(place, counts, undefined, 'bare');
  }
  const values = args.map((arg, i) => {
    const param = params[i]!;
    return param === 'string'
      ? valueFromData(arg, place, options)
      : extensionFromTyped(arg, param as ExtensionTypeName, place, options);
  });
  return applyExtension(fn, values, place, options);
}

function isMembers(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && isPlainObject(json);
}
