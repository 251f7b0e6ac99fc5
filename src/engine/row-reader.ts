/**
 * Row reader — the fields of one row as the values of an entity.
 *
 * Technique: what is the same for all rows of a type is worked out once, when the mapping is made: which field an attribute has, and how its common values are
 * taken as they are. All others, and what is wrong, are read as a schema reads JSON.
 */
import { takeField, takeId } from '../../codegen/index.ts';
import type {
  AttributeMapping,
  EntityMapping,
  FieldMapping,
  ManyMapping,
  Mapping,
  ParentMapping,
} from '../mapping/mapping.ts';
import { DataError, DataPath } from '../parser/data/data-path.ts';
import type { AttributeType, RecordType, SchemaType } from '../schema/type.ts';
import { mismatch } from '../validator/conformance/conformance.ts';
import { typedValueFromData } from '../validator/conformance/typed-data.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import type { ValuesByName } from '../value/entities.ts';
import type { SourceField, SourceParents, SourceType } from '../value/entity-source.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { CedarRecord } from '../value/record.ts';
import type { Value } from '../value/value.ts';

export type Row = Readonly<Record<string, unknown>>;

/** An attribute as it is read of every row of a type. */
interface AttributeReading {
  readonly mapped: AttributeMapping | undefined;
  readonly type: AttributeType;
  readonly path: string;
  /** Where most values need no more than a look. */
  readonly plain: SourceField | undefined;
}

/** How the rows of one type are read. */
export class RowReading implements SourceType {
  readonly type: string;
  readonly schema: object;
  readonly entity: EntityMapping;
  readonly attributes = new Map<string, AttributeReading>();
  readonly fields = new Map<string, SourceField | undefined>();
  readonly parents: readonly (readonly [type: string, mapped: ParentMapping | undefined])[];
  readonly parentFields: readonly SourceParents[] | undefined;
  readonly isEnumerated: boolean;
  readonly tags: SchemaType | undefined;

  constructor({ schema }: Mapping, entity: EntityMapping) {
    this.type = entity.type;
    this.schema = schema;
    this.entity = entity;
    const found = schema.entityTypes.get(entity.type);
    const entry = found?.kind === 'standard' ? found : undefined;
    const isOpen = (type: string) => schema.entityTypes.get(type)?.kind === 'standard';
    for (const [name, type] of entry?.attributes.attributes ?? []) {
      const mapped = entity.attrs.get(name);
      const plain = plainField(name, mapped, type, isOpen);
      this.attributes.set(name, { mapped, type, path: `attrs.${name}`, plain });
      if (mapped?.kind !== 'absent') this.fields.set(name, plain);
    }
    this.parents = Array.from(entry?.parents ?? [], (type) => [type, entity.parents.get(type)] as const);
    this.parentFields = parentFields(this.parents);
    this.isEnumerated = entry === undefined;
    this.tags = entry?.tags;
  }

  get hasTags(): boolean {
    return this.tags !== undefined && this.entity.tags?.kind !== 'absent';
  }

  idIn(row: Row): string {
    return idIn(row, this.entity.id, this.type);
  }
}

/** `undefined` if values need more than a look, as ids of an enumerated type do. */
function plainField(
  attribute: string,
  mapped: AttributeMapping | undefined,
  { type, required }: AttributeType,
  isOpen: (type: string) => boolean,
): SourceField | undefined {
  if (mapped?.kind === 'field' && (type.kind === 'string' || type.kind === 'bool' || type.kind === 'long'))
    return { attribute, field: mapped.field, kind: type.kind, target: '', required };
  if (mapped?.kind === 'ref' && type.kind === 'entity' && type.name === mapped.type && isOpen(type.name))
    return { attribute, field: mapped.field, kind: 'entity', target: mapped.type, required };
  return undefined;
}

function parentFields(parents: RowReading['parents']): readonly SourceParents[] | undefined {
  const fields: SourceParents[] = [];
  for (const [type, mapped] of parents) {
    if (mapped === undefined) return undefined;
    if (mapped.kind !== 'absent') fields.push({ type, field: mapped.field, isList: mapped.kind === 'many' });
  }
  return fields;
}

const NO_VALUES: ReadonlyMap<string, Value> = new Map();

/** An attribute that is in one field. */
type InField = Extract<AttributeMapping, { readonly field: string }>;

/** Reads the fields of one row. */
export class RowReader {
  readonly #row: Row;
  readonly #reading: RowReading;
  readonly #uid: EntityUid;

  constructor(row: Row, reading: RowReading, uid: EntityUid) {
    this.#row = row;
    this.#reading = reading;
    this.#uid = uid;
  }

  /** Those of the schema. */
  names(): Iterable<string> {
    return this.#reading.attributes.keys();
  }

  attribute(name: string): Value | undefined {
    const attribute = this.#reading.attributes.get(name);
    if (attribute === undefined) return undefined;
    const { mapped, type, path, plain } = attribute;
    if (plain === undefined) return this.#attribute(mapped, type, path);
    const given = this.#row[plain.field];
    const taken = takeField(plain.kind, given);
    if (taken === undefined) return this.#field(given, mapped as FieldMapping, type, path);
    return plain.kind === 'entity' ? new EntityUid(plain.target, taken as string) : taken;
  }

  parents(): readonly EntityUid[] {
    const uids: EntityUid[] = [];
    for (const [type, mapped] of this.#reading.parents) this.#addParents(type, mapped, uids);
    return uids;
  }

  tags(): ValuesByName {
    const type = this.#reading.tags;
    if (type === undefined) return NO_VALUES;
    const mapped = this.#reading.entity.tags;
    if (mapped === undefined) throw this.#unmapped('tags');
    if (mapped.kind === 'absent') return NO_VALUES;
    const given = this.#row[mapped.field];
    if (given === undefined || given === null) return NO_VALUES;
    if (typeof given !== 'object' || Array.isArray(given))
      throw this.#wrong(mapped.field, 'expected an object of tags');
    const tags = Object.entries(given).map(([name, tag]) => [name, this.#value(tag, type, mapped.field)] as const);
    return new Map(tags);
  }

  #attribute(mapped: AttributeMapping | undefined, { type, required }: AttributeType, path: string): Value | undefined {
    if (mapped === undefined) throw this.#unmapped(path);
    switch (mapped.kind) {
      case 'absent':
        return undefined;
      case 'record':
        return this.#record(mapped.attrs, type as SchemaType & RecordType, path);
      default:
        return this.#field(this.#row[mapped.field], mapped, { type, required }, path);
    }
  }

  #field(given: unknown, mapped: InField, { type, required }: AttributeType, path: string): Value | undefined {
    if (given !== undefined && given !== null)
      return this.#value(this.#written(given, mapped, type), type, mapped.field);
    if (!required) return undefined;
    throw this.#wrong(mapped.field, `the attribute of \`${path}\` is required, and the field is \`${given}\``);
  }

  #record(attrs: ReadonlyMap<string, AttributeMapping>, type: RecordType, path: string): CedarRecord {
    const fields = new Map<string, Value>();
    for (const [name, attribute] of type.attributes) {
      const value = this.#attribute(attrs.get(name), attribute, `${path}.${name}`);
      if (value !== undefined) fields.set(name, value);
    }
    return new CedarRecord(fields);
  }

  #addParents(type: string, mapped: ParentMapping | undefined, uids: EntityUid[]): void {
    if (mapped === undefined) throw this.#unmapped(`parents.${type}`);
    if (mapped.kind === 'absent') return;
    const given = this.#row[mapped.field];
    if (given === undefined || given === null) {
      if (mapped.kind === 'ref') return;
      throw this.#wrong(mapped.field, `expected a list of ids, got \`${given}\``);
    }
    if (mapped.kind === 'ref') uids.push(new EntityUid(type, this.#id(given, mapped.field)));
    else for (const id of this.#list(given, mapped)) uids.push(new EntityUid(type, this.#id(id, mapped.field)));
  }

  /** As a schema reads it from JSON. */
  #written(given: unknown, mapped: AttributeMapping, type: SchemaType): unknown {
    if (mapped.kind === 'ref') return this.#reference(given, mapped.type, mapped.field);
    if (mapped.kind !== 'many') return scalar(given, type);
    const { element, field } = mapped;
    return this.#list(given, mapped).map((each) =>
      element.kind === 'entity' ? this.#reference(each, element.name, field) : scalar(each, element),
    );
  }

  #list(given: unknown, { field }: ManyMapping): readonly unknown[] {
    if (given instanceof Set) return [...given];
    if (Array.isArray(given)) return given;
    throw this.#wrong(field, 'expected a list');
  }

  #reference(given: unknown, type: string, field: string): object {
    return { type, id: this.#id(given, field) };
  }

  #id(given: unknown, field: string): string {
    return takeId(given) ?? this.#fail(field, 'expected an id: text or an integer');
  }

  #fail(field: string, message: string): never {
    throw this.#wrong(field, message);
  }

  #value(json: unknown, type: SchemaType, field: string): Value {
    const place = DataPath.root(`${this.#uid}`, '').at(field);
    const value = typedValueFromData(json, type, place);
    const wrong = mismatch(value, type);
    if (wrong !== undefined) throw new DataError(place, wrong);
    return value;
  }

  #wrong(field: string, message: string): DataError {
    return new DataError(DataPath.root(`${this.#uid}`, '').at(field), message);
  }

  #unmapped(path: string): UsageError {
    return new UsageError(
      `the mapping of \`${this.#reading.type}\` leaves out \`${path}\``,
      'say where it is, or `absent()` if no object has it',
    );
  }
}

function idIn(row: Row, { field }: FieldMapping, type: string): string {
  if (typeof row !== 'object' || row === null) throw new DataError(DataPath.root(type, ''), 'expected an object');
  const id = takeId(row[field]);
  if (id !== undefined) return id;
  throw new DataError(DataPath.root(type, '').at(field), 'expected an id: text or an integer');
}

/** Databases without booleans have 0 and 1; milliseconds and ten-thousandths are as filters have them in columns. */
function scalar(given: unknown, type: SchemaType): unknown {
  if (type.kind === 'bool' && (given === 0 || given === 1)) return given === 1;
  if (type.kind !== 'ext' || (typeof given !== 'number' && typeof given !== 'bigint')) return given;
  if (typeof given === 'number' && !Number.isSafeInteger(given)) return given;
  if (type.name === 'duration') return `${given}ms`;
  if (type.name === 'decimal') return decimalText(BigInt(given));
  return type.name === 'datetime' ? new Date(Number(given)) : given;
}

function decimalText(scaled: bigint): string {
  const digits = `${scaled < 0n ? -scaled : scaled}`.padStart(5, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
