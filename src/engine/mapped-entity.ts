/**
 * Mapped entity — an application's own object as an entity, by the mapping of its type.
 *
 *     { id: 7, ownerId: 'alice', isPublic: true }  →  Doc::"7" with the attributes `owner` and `public`
 *
 * Fields are read when a policy asks for them. What is not there is absent where the schema says that it may be, and an error where it may not; what the
 * mapping leaves out is an error, for a forgotten attribute is not an absent one. References are uids: they need not be loaded.
 */
import { mapProbe } from '../../codegen/index.ts';
import type { AttributeMapping, EntityMapping, FieldMapping, ManyMapping, Mapping } from '../mapping/mapping.ts';
import { DataError, DataPath } from '../parser/data/data-path.ts';
import type { StandardEntityType } from '../schema/schema.ts';
import type { AttributeType, RecordType, SchemaType } from '../schema/type.ts';
import { mismatch } from '../validator/conformance/conformance.ts';
import { typedValueFromData } from '../validator/conformance/typed-data.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import type { Entity, EntityView, ValuesByName } from '../value/entities.ts';
import { EntitySource } from '../value/entity-source.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { CedarRecord } from '../value/record.ts';
import type { Value } from '../value/value.ts';

type Row = Readonly<Record<string, unknown>>;

export class MappedEntity extends EntitySource {
  readonly #mapping: Mapping;
  readonly #entity: EntityMapping;
  readonly #row: Row;

  /** Throws `DataError` for an object without an id. */
  constructor(mapping: Mapping, entity: EntityMapping, row: object) {
    super(entity.type, idIn(row as Row, entity.id, entity.type));
    this.#mapping = mapping;
    this.#entity = entity;
    this.#row = row as Row;
  }

  override get schema(): object {
    return this.#mapping.schema;
  }

  override get view(): EntityView {
    const { type } = this.#entity;
    const entry = this.#mapping.schema.entityTypes.get(type);
    const standard = entry?.kind === 'standard' ? entry : undefined;
    return new MappedView(new RowReader(this.#row, this.#entity, this), standard);
  }

  override entity(): Entity {
    const { attrs, parents, tags } = this.view;
    return { uid: new EntityUid(this.type, this.id), attrs: wholeMap(attrs), parents, tags: wholeMap(tags) };
  }

  /** Emitted code that takes uids as they are leaves this one to the request reader. */
  get [mapProbe](): true {
    return true;
  }
}

/** The values of all names. */
function wholeMap(values: ValuesByName): ReadonlyMap<string, Value> {
  const whole = new Map<string, Value>();
  for (const name of values.keys()) {
    const value = values.get(name);
    if (value !== undefined) whole.set(name, value);
  }
  return whole;
}

class MappedView implements EntityView {
  readonly #reader: RowReader;
  readonly #entry: StandardEntityType | undefined;

  constructor(reader: RowReader, entry: StandardEntityType | undefined) {
    this.#reader = reader;
    this.#entry = entry;
  }

  get attrs(): ValuesByName {
    return new MappedAttributes(this.#reader, this.#entry?.attributes);
  }

  get parents(): readonly EntityUid[] {
    return this.#reader.parents(this.#entry?.parents ?? []);
  }

  get tags(): ValuesByName {
    return this.#reader.tags(this.#entry?.tags);
  }
}

class MappedAttributes implements ValuesByName {
  readonly #reader: RowReader;
  readonly #type: RecordType | undefined;

  constructor(reader: RowReader, type: RecordType | undefined) {
    this.#reader = reader;
    this.#type = type;
  }

  get(name: string): Value | undefined {
    const attribute = this.#type?.attributes.get(name);
    return attribute && this.#reader.attribute(name, attribute);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  keys(): Iterable<string> {
    return [...(this.#type?.attributes.keys() ?? [])].filter((name) => this.has(name));
  }
}

const NO_VALUES: ReadonlyMap<string, Value> = new Map();

/** Reads the fields of one row. */
class RowReader {
  readonly #row: Row;
  readonly #entity: EntityMapping;
  readonly #uid: EntityUid;

  constructor(row: Row, entity: EntityMapping, uid: EntityUid) {
    this.#row = row;
    this.#entity = entity;
    this.#uid = uid;
  }

  attribute(name: string, type: AttributeType): Value | undefined {
    return this.#attribute(this.#entity.attrs.get(name), type, `attrs.${name}`);
  }

  parents(types: Iterable<string>): readonly EntityUid[] {
    return [...types].flatMap((type) => this.#parentsOf(type));
  }

  tags(type: SchemaType | undefined): ValuesByName {
    if (type === undefined) return NO_VALUES;
    const mapped = this.#entity.tags;
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
      default: {
        const given = this.#row[mapped.field];
        if (given === undefined || given === null) {
          if (!required) return undefined;
          throw this.#wrong(mapped.field, `the attribute of \`${path}\` is required, and the field is \`${given}\``);
        }
        return this.#value(this.#written(given, mapped, type), type, mapped.field);
      }
    }
  }

  #record(attrs: ReadonlyMap<string, AttributeMapping>, type: RecordType, path: string): CedarRecord {
    const fields = new Map<string, Value>();
    for (const [name, attribute] of type.attributes) {
      const value = this.#attribute(attrs.get(name), attribute, `${path}.${name}`);
      if (value !== undefined) fields.set(name, value);
    }
    return new CedarRecord(fields);
  }

  #parentsOf(type: string): readonly EntityUid[] {
    const mapped = this.#entity.parents.get(type);
    if (mapped === undefined) throw this.#unmapped(`parents.${type}`);
    if (mapped.kind === 'absent') return [];
    const given = this.#row[mapped.field];
    if (given === undefined || given === null) {
      if (mapped.kind === 'ref') return [];
      throw this.#wrong(mapped.field, `expected a list of ids, got \`${given}\``);
    }
    const ids = mapped.kind === 'ref' ? [given] : this.#list(given, mapped);
    return ids.map((id) => new EntityUid(type, this.#id(id, mapped.field)));
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
    return idOf(given) ?? this.#fail(field, 'expected an id: text or an integer');
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
      `the mapping of \`${this.#entity.type}\` leaves out \`${path}\``,
      'say where it is, or `absent()` if no object has it',
    );
  }
}

function idIn(row: Row, { field }: FieldMapping, type: string): string {
  if (typeof row !== 'object' || row === null) throw new DataError(DataPath.root(type, ''), 'expected an object');
  const id = idOf(row[field]);
  if (id !== undefined) return id;
  throw new DataError(DataPath.root(type, '').at(field), 'expected an id: text or an integer');
}

function idOf(given: unknown): string | undefined {
  if (typeof given === 'string') return given.isWellFormed() ? given : undefined;
  return typeof given === 'bigint' || (typeof given === 'number' && Number.isSafeInteger(given))
    ? `${given}`
    : undefined;
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
