/**
 * Row value — what an application's row holds in a field, as a value of the language.
 *
 *     row × mapping × type → Value, `undefined` where the row lacks it, or DataError
 *
 * A value that is not of the type is an error, never an absent one: otherwise a forbid that asks about it would not hold.
 *
 * Size:  a case for each type and each way in which a mapping keeps a value.
 */
import type {
  AttributeMapping,
  EntityMapping,
  FieldMapping,
  ManyMapping,
  ParentMapping,
  RefMapping,
} from '../mapping/mapping.ts';
import { DataError, DataPath } from '../parser/data/data-path.ts';
import type { ExtensionTypeName } from '../schema/type.ts';
import type { Type } from '../validator/type.ts';
import { Datetime } from '../value/datetime.ts';
import { Decimal } from '../value/decimal.ts';
import { Duration } from '../value/duration.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { applyExtFun, isExtFunFailure } from '../value/ext-fun.ts';
import { isLong, type Long, longFromBigInt } from '../value/long.ts';
import { ownMember } from '../value/own-member.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import { unreachable } from '../value/unreachable.ts';
import type { Value } from '../value/value.ts';
import { Inexpressible } from './condition.ts';

/** A row of the application, such as its database driver gives. */
export type RowObject = object;

type Read = (row: RowObject) => Value | undefined;

const ROW = DataPath.root('row', '');

/** Whether a reference of a row is to that id, without making a uid of it. Throws `DataError`. */
export function referenceTest(
  { field }: RefMapping,
  required: boolean,
  id: string,
): (row: RowObject) => boolean | undefined {
  const at = ROW.at(field);
  return (row) => {
    const given = memberOf(row, field);
    if (typeof given === 'string') return given === id;
    if (given !== undefined) return idOf(given, at) === id;
    if (required) throw new DataError(at, 'the row has no such field, and the attribute is required');
    return undefined;
  };
}

/** Whether a list of texts has this one; `undefined` for what is not such a list. */
export function listTest({ field }: ManyMapping, text: string): (row: RowObject) => boolean | undefined {
  return (row) => {
    const list = memberOf(row, field);
    if (!Array.isArray(list)) return undefined;
    let found = false;
    for (const each of list) {
      if (typeof each !== 'string') return undefined;
      if (each === text) found = true;
    }
    return found;
  };
}

/** The uid of a row. Throws `DataError`. */
export function uidReader({ type, id }: EntityMapping): (row: RowObject) => EntityUid {
  const path = ROW.at(id.field);
  return (row) => {
    const given = memberOf(row, id.field);
    if (given === undefined) throw new DataError(path, 'the row has no id');
    return new EntityUid(type, idOf(given, path));
  };
}

/**
 * An attribute of a row; `undefined` where the row lacks one that it may lack. `declared` is whether the record that it is an attribute of always has it;
 * it may be absent all the same, as that record may.
 */
export function attributeReader(mapped: AttributeMapping, type: Type, required: boolean, declared = required): Read {
  switch (mapped.kind) {
    case 'absent':
      return () => undefined;
    case 'record':
      return recordReader(mapped.attrs, type, required, declared);
    default: {
      const at = ROW.at(mapped.field);
      return (row) => {
        const given = memberOf(row, mapped.field);
        if (given !== undefined) return fieldValue(given, type, mapped, at);
        if (required) throw new DataError(at, 'the row has no such field, and the attribute is required');
        return undefined;
      };
    }
  }
}

/** A record over fields of the row; one that is optional is there where its required attributes are. */
function recordReader(
  attrs: ReadonlyMap<string, AttributeMapping>,
  type: Type,
  required: boolean,
  declared: boolean,
): Read {
  const attributes = type.kind === 'record' ? type.attributes : new Map<string, never>();
  if (!declared && !tells(type)) throw new Inexpressible('an optional record in fields needs a required attribute');
  const readers = [...attributes].map(([name, attribute]) => {
    const mapped = attrs.get(name);
    if (mapped === undefined) throw new Inexpressible(`the mapping leaves out the attribute \`${name}\``);
    return {
      name,
      required: attribute.required,
      read: attributeReader(mapped, attribute.type, required && attribute.required, attribute.required),
    };
  });
  return (row) => {
    const fields = new Map<string, Value>();
    for (const { name, required: isNeeded, read } of readers) {
      const value = read(row);
      if (value !== undefined) fields.set(name, value);
      else if (isNeeded && !required) return undefined;
    }
    return new CedarRecord(fields);
  };
}

/** Does a required attribute tell whether the record is there? */
function tells(type: Type): boolean {
  if (type.kind !== 'record') return true;
  return [...type.attributes.values()].some((attribute) => attribute.required && tells(attribute.type));
}

/** The parents of a row. Throws `DataError`. */
export function parentsReader(parents: ReadonlyMap<string, ParentMapping>): (row: RowObject) => readonly EntityUid[] {
  const readers = [...parents].flatMap(([type, mapped]) =>
    mapped.kind === 'absent' ? [] : [parentReader(type, mapped)],
  );
  return (row) => readers.flatMap((read) => read(row));
}

function parentReader(type: string, mapped: Exclude<ParentMapping, { readonly kind: 'absent' }>) {
  const at = ROW.at(mapped.field);
  return (row: RowObject): readonly EntityUid[] => {
    const given = memberOf(row, mapped.field);
    if (given === undefined && mapped.kind === 'many') throw new DataError(at, 'expected a list of parents');
    if (given === undefined) return [];
    const ids = mapped.kind === 'many' ? listOf(given, at) : [given];
    return ids.map((id) => new EntityUid(type, idOf(id, at)));
  };
}

/** The tags of a row. Throws `DataError`. */
export function tagsReader(mapped: EntityMapping['tags'], type: Type): (row: RowObject) => ReadonlyMap<string, Value> {
  if (mapped === undefined) throw new Inexpressible('the mapping leaves out the tags');
  if (mapped.kind === 'absent') return () => new Map();
  const at = ROW.at(mapped.field);
  return (row) => {
    const given = objectOf(memberOf(row, mapped.field), at);
    return new Map(Object.entries(given).map(([name, each]) => [name, jsonValue(each, type, at.at(name))]));
  };
}

/** `undefined` for null too. Plain objects inherit no data, so a name that `Object.prototype` has is looked up with care. */
function memberOf(row: RowObject, name: string): unknown {
  const isInherited = (Object.prototype as Readonly<Record<string, unknown>>)[name] !== undefined;
  const given = isInherited ? careful(row, name) : (row as Readonly<Record<string, unknown>>)[name];
  return given === null ? undefined : given;
}

function careful(row: RowObject, name: string): unknown {
  return ownMember(row, name) ?? accessor(row, name);
}

/** Class instances have accessors on their prototypes; plain objects inherit no data. */
function accessor(row: RowObject, name: string): unknown {
  const prototype: unknown = Object.getPrototypeOf(row);
  if (prototype === null || prototype === Object.prototype) return undefined;
  return (row as Readonly<Record<string, unknown>>)[name];
}

function fieldValue(
  given: unknown,
  type: Type,
  mapped: Omit<FieldMapping | ManyMapping, 'kind'> & { kind: string },
  at: DataPath,
): Value {
  if (mapped.kind === 'many' && type.kind === 'set')
    return CedarSet.from(listOf(given, at).map((each, i) => jsonValue(each, type.element!, at.at(i))));
  if (mapped.kind === 'json') return jsonValue(typeof given === 'string' ? parsed(given, at) : given, type, at);
  if (mapped.storage === 'numeric' && typeof given === 'string' && type.kind === 'ext')
    return extension(type.name, given, at);
  return jsonValue(given, type, at);
}

function parsed(text: string, at: DataPath): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DataError(at, 'expected JSON');
  }
}

/** A value by its type: ids as text or integers, instants as milliseconds or `Date`, decimals as ten-thousandths or text. */
function jsonValue(given: unknown, type: Type, at: DataPath): Value {
  switch (type.kind) {
    case 'bool':
    case 'true':
    case 'false':
      return booleanOf(given, at);
    case 'long':
      return longOf(given, at);
    case 'string':
      if (typeof given !== 'string') throw unfit(at, 'a text', given);
      return given;
    case 'entity':
      return new EntityUid(type.name, idOf(given, at));
    case 'set':
      return CedarSet.from(listOf(given, at).map((each, i) => jsonValue(each, type.element!, at.at(i))));
    case 'record':
      return recordOf(given, type, at);
    case 'ext':
      return extension(type.name, given, at);
    default:
      throw unfit(at, `a \`${type.kind}\``, given);
  }
}

/** Some drivers have no booleans. */
function booleanOf(given: unknown, at: DataPath): boolean {
  if (typeof given === 'boolean') return given;
  if (given === 0 || given === 1) return given === 1;
  throw unfit(at, 'a boolean', given);
}

function longOf(given: unknown, at: DataPath): Long {
  const long = Number.isSafeInteger(given)
    ? (given as number)
    : typeof given === 'bigint'
      ? longFromBigInt(given)
      : undefined;
  if (long === undefined) throw unfit(at, 'an integer', given);
  return Object.is(long, -0) ? 0 : long;
}

function idOf(given: unknown, at: DataPath): string {
  if (typeof given === 'string') return given;
  if (typeof given === 'bigint' || Number.isSafeInteger(given)) return `${given}`;
  throw unfit(at, 'an id', given);
}

function listOf(given: unknown, at: DataPath): readonly unknown[] {
  const list = typeof given === 'string' ? parsed(given, at) : given;
  if (!Array.isArray(list)) throw unfit(at, 'a list', given);
  return list;
}

function objectOf(given: unknown, at: DataPath): object {
  const object = typeof given === 'string' ? parsed(given, at) : given;
  if (typeof object !== 'object' || object === null || Array.isArray(object)) throw unfit(at, 'an object', given);
  return object;
}

function recordOf(given: unknown, type: Type & { readonly kind: 'record' }, at: DataPath): CedarRecord {
  const object = objectOf(given, at);
  const fields = new Map<string, Value>();
  for (const [name, attribute] of type.attributes) {
    const member = memberOf(object, name);
    if (member !== undefined) fields.set(name, jsonValue(member, attribute.type, at.at(name)));
    else if (attribute.required) throw new DataError(at.at(name), 'the attribute is required');
  }
  return new CedarRecord(fields);
}

function extension(name: ExtensionTypeName, given: unknown, at: DataPath): Value {
  if (typeof given === 'string') {
    const made = applyExtFun(name === 'ipaddr' ? 'ip' : name, [given]);
    if (isExtFunFailure(made)) throw unfit(at, `a \`${name}\``, given);
    return made;
  }
  switch (name) {
    case 'datetime':
      return new Datetime(longOf(given instanceof Date ? given.getTime() : given, at));
    case 'duration':
      return new Duration(longOf(given, at));
    case 'decimal':
      return new Decimal(longOf(given, at));
    case 'ipaddr':
      throw unfit(at, 'an address', given);
    default:
      return unreachable(name);
  }
}

function unfit(at: DataPath, expected: string, given: unknown): DataError {
  const kind = isLong(given) || typeof given === 'string' ? `${given}` : given === null ? 'null' : typeof given;
  return new DataError(at, `expected ${expected}, got \`${kind}\``);
}
