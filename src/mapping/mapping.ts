/**
 * Mapping — where the entities of a schema are in an application's rows and tables.
 *
 *     Schema × description → Mapping, or an error that names the path
 *
 * What the description leaves out is listed as unmapped: whoever needs it must refuse, for a forgotten attribute is not an absent one.
 */
import type { Schema, StandardEntityType } from '../schema/schema.ts';
import type { RecordType, SchemaType } from '../schema/type.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import type { EntityType } from '../value/entity-uid.ts';
import type {
  AbsentDescription,
  AttributeDescription,
  ClosureTable,
  EntityDescription,
  JoinTable,
  MappingDescription,
  MappingOptions,
  Storage,
  TagTable,
} from './description.ts';
import { DescriptionReader } from './description-reader.ts';

/** One value in a field of the row, and in a column of the table. */
export interface FieldMapping {
  readonly kind: 'field';
  readonly field: string;
  readonly column: string;
  readonly storage: Storage | undefined;
  readonly notNull: boolean;
}

/** The id of an entity. */
export interface RefMapping extends Omit<FieldMapping, 'kind'> {
  readonly kind: 'ref';
  /** The type of the entity. */
  readonly type: EntityType;
  readonly enforced: boolean;
  readonly relation: string | undefined;
}

/** A list: a set of values or of ids, or parents. */
export interface ManyMapping extends Omit<FieldMapping, 'kind'> {
  readonly kind: 'many';
  readonly element: SchemaType;
  readonly through: JoinTable | undefined;
}

/** A record or tags as an object in one field. */
export interface JsonMapping extends Omit<FieldMapping, 'kind'> {
  readonly kind: 'json';
}

/** A record whose attributes are fields of the row. */
export interface RecordMapping {
  readonly kind: 'record';
  readonly attrs: ReadonlyMap<string, AttributeMapping>;
}

export interface TagsMapping {
  readonly kind: 'tags';
  readonly field: string;
  readonly through: TagTable;
}

export type AttributeMapping =
  | FieldMapping
  | RefMapping
  | ManyMapping
  | JsonMapping
  | RecordMapping
  | AbsentDescription;

export type ParentMapping = RefMapping | ManyMapping | AbsentDescription;

export interface EntityMapping {
  readonly type: EntityType;
  /** The table of the database; `undefined` if it was not given. */
  readonly table: string | undefined;
  readonly id: FieldMapping;
  readonly attrs: ReadonlyMap<string, AttributeMapping>;
  /** By the type of the parents. */
  readonly parents: ReadonlyMap<EntityType, ParentMapping>;
  readonly tags: TagsMapping | JsonMapping | AbsentDescription | undefined;
  /** By the type of the ancestors. */
  readonly ancestors: ReadonlyMap<EntityType, ClosureTable>;
  /** Paths of what the schema declares and the description leaves out, such as `attrs.label`. */
  readonly unmapped: readonly string[];
}

export interface Mapping {
  readonly schema: Schema;
  readonly types: ReadonlyMap<EntityType, EntityMapping>;
  /** Texts of the database compare byte by byte. */
  readonly isBinary: boolean;
}

/**
 * Says where the entities of a schema are in rows and tables.
 *
 *     const map = mapping(schema, {
 *       User: { id: 'id', table: 'users', attrs: { dept: 'dept' } },
 *       Doc: { id: 'id', table: 'docs', attrs: { owner: ref('ownerId', { column: 'owner_id' }) } },
 *     });
 *
 * Throws `UsageError` for names that the schema does not have, and for what does not fit their types.
 */
export function mappingOf(schema: Schema, description: MappingDescription, options: MappingOptions): Mapping {
  const types = new Map<EntityType, EntityMapping>();
  for (const [type, each] of Object.entries(description)) {
    const entry = schema.entityTypes.get(type);
    if (entry === undefined) throw wrong(type, `the schema has no entity type \`${type}\``);
    if (entry.kind === 'external')
      throw wrong(type, `the schema declares \`${type}\` and leaves it to another to define`);
    types.set(type, new EntityReader(type, entry.kind === 'standard' ? entry : undefined, options).read(each));
  }
  return { schema, types, isBinary: options.collation === 'binary' };
}

function wrong(path: string, message: string): UsageError {
  return new UsageError(`in the mapping, \`${path}\``, message);
}

/** The mapping of one entity type; `entry` is `undefined` for an enumerated one, which has nothing but ids. */
class EntityReader {
  readonly #type: EntityType;
  readonly #entry: StandardEntityType | undefined;
  readonly #read: DescriptionReader;
  readonly #unmapped: string[] = [];

  constructor(type: EntityType, entry: StandardEntityType | undefined, options: MappingOptions) {
    this.#type = type;
    this.#entry = entry;
    this.#read = new DescriptionReader(options);
  }

  read(given: EntityDescription): EntityMapping {
    const path = this.#type;
    const { id, table, attrs, parents, tags, ancestors } = this.#read.members(given, path);
    return {
      type: this.#type,
      table: table === undefined ? undefined : this.#read.name(table, `${path}.table`),
      id: { ...this.#id(id, `${path}.id`), notNull: true },
      attrs: this.#attributes(attrs ?? {}, this.#entry?.attributes, `${path}.attrs`),
      parents: this.#parents(parents ?? {}, `${path}.parents`),
      tags: this.#tags(tags, `${path}.tags`),
      ancestors: this.#ancestors(ancestors ?? {}, `${path}.ancestors`),
      unmapped: this.#unmapped,
    };
  }

  #id(given: EntityDescription['id'], path: string): FieldMapping {
    const read = this.#read.field(given, path);
    requireStorage(read.storage, { kind: 'entity', name: this.#type }, path);
    return read;
  }

  #attributes(given: object, type: RecordType | undefined, path: string): ReadonlyMap<string, AttributeMapping> {
    const declared = type?.attributes ?? new Map<string, never>();
    const read = new Map<string, AttributeMapping>();
    for (const [name, description] of Object.entries(given)) {
      const attribute = declared.get(name);
      if (attribute === undefined)
        throw wrong(`${path}.${name}`, `the schema has no such attribute${listed(declared)}`);
      const mapped = this.#attribute(description, attribute.type, `${path}.${name}`);
      if (mapped.kind === 'absent' && attribute.required) throw wrong(`${path}.${name}`, 'the attribute is required');
      read.set(name, mapped);
    }
    this.#note(declared.keys(), read, path);
    return read;
  }

  /** What the schema declares and nobody mapped. */
  #note(declared: Iterable<string>, read: ReadonlyMap<string, unknown>, path: string): void {
    for (const name of declared)
      if (!read.has(name)) this.#unmapped.push(`${path}.${name}`.slice(this.#type.length + 1));
  }

  #attribute(given: AttributeDescription, type: SchemaType, path: string): AttributeMapping {
    const described = this.#read.attribute(given, path);
    if (described.kind === 'absent') return described;
    if (described.kind !== 'record') requireStorage(described.storage, type, path);
    if (type.kind === 'record') return this.#record(described, type, path);
    if (described.kind === 'record') throw wrong(path, `a record was given for a \`${type.kind}\``);
    switch (described.kind) {
      case 'ref':
        if (type.kind !== 'entity')
          throw wrong(path, `\`ref\` is for entities, and the attribute is a \`${type.kind}\``);
        return { ...this.#read.ref(described, path), type: type.name };
      case 'many':
        if (type.kind !== 'set') throw wrong(path, `\`many\` is for sets, and the attribute is a \`${type.kind}\``);
        return { ...this.#read.many(described, path), element: type.element };
      case 'field':
        // One name for an entity or a set is clear enough.
        if (type.kind === 'entity') return { ...this.#read.ref({ ...described, kind: 'ref' }, path), type: type.name };
        if (type.kind === 'set')
          return { ...this.#read.many({ ...described, kind: 'many' }, path), element: type.element };
        return this.#read.field(described, path);
      default:
        throw wrong(path, `\`json\` is for records, and the attribute is a \`${type.kind}\``);
    }
  }

  #record(described: ReturnType<DescriptionReader['attribute']>, type: RecordType, path: string): AttributeMapping {
    if (described.kind === 'json') return this.#read.json(described, path);
    if (described.kind === 'field') return this.#read.json({ ...described, kind: 'json' }, path);
    if (described.kind !== 'record') throw wrong(path, 'the attribute is a record: `json(…)`, or an object');
    return { kind: 'record', attrs: this.#attributes(described.attrs, type, path) };
  }

  #parents(given: object, path: string): ReadonlyMap<EntityType, ParentMapping> {
    const declared = this.#entry?.parents ?? new Set<string>();
    const read = new Map<EntityType, ParentMapping>();
    for (const [type, description] of Object.entries(given)) {
      if (!declared.has(type))
        throw wrong(`${path}.${type}`, `a \`${this.#type}\` has no such parents by the schema${listed(declared)}`);
      read.set(type, this.#parent(description, type, `${path}.${type}`));
    }
    this.#note(declared, read, path);
    return read;
  }

  #parent(given: AttributeDescription, type: EntityType, path: string): ParentMapping {
    const described = this.#read.attribute(given, path);
    if (described.kind === 'absent') return described;
    const element: SchemaType = { kind: 'entity', name: type };
    if (described.kind !== 'record')
      requireStorage(described.storage, described.kind === 'many' ? { kind: 'set', element } : element, path);
    if (described.kind === 'ref') return { ...this.#read.ref(described, path), type };
    if (described.kind === 'field') return { ...this.#read.ref({ ...described, kind: 'ref' }, path), type };
    if (described.kind !== 'many') throw wrong(path, 'parents are `ref(…)`, `many(…)` or `absent()`');
    return { ...this.#read.many(described, path), element };
  }

  #tags(given: unknown, path: string): EntityMapping['tags'] {
    if (given === undefined) {
      if (this.#entry?.tags !== undefined) this.#unmapped.push('tags');
      return undefined;
    }
    if (this.#entry?.tags === undefined) throw wrong(path, `a \`${this.#type}\` has no tags by the schema`);
    return this.#read.tags(given, path);
  }

  #ancestors(given: object, path: string): ReadonlyMap<EntityType, ClosureTable> {
    const declared = this.#entry?.ancestors ?? new Set<string>();
    const read = new Map<EntityType, ClosureTable>();
    for (const [type, table] of Object.entries(given)) {
      if (!declared.has(type))
        throw wrong(`${path}.${type}`, `a \`${this.#type}\` has no such ancestors by the schema${listed(declared)}`);
      read.set(type, this.#read.closure(table, `${path}.${type}`));
    }
    return read;
  }
}

/** How a type can be kept, other than as it is. */
function storagesOf(type: SchemaType): readonly Storage[] {
  if (type.kind === 'ext') return type.name === 'datetime' ? ['timestamp'] : type.name === 'decimal' ? ['numeric'] : [];
  if (type.kind === 'entity') return ['integer', 'uuid'];
  return type.kind === 'set' ? ['array', ...storagesOf(type.element)] : [];
}

function requireStorage(storage: Storage | undefined, type: SchemaType, path: string): void {
  const able = storagesOf(type);
  if (storage === undefined || able.includes(storage)) return;
  const known = able.length === 0 ? 'it has none' : `it has ${able.map((each) => `\`${each}\``).join(', ')}`;
  throw wrong(`${path}.storage`, `a \`${type.kind}\` has no storage \`${storage}\`; ${known}`);
}

function listed(declared: { keys(): Iterable<string> }): string {
  const names = [...declared.keys()].map((name) => `\`${name}\``);
  return names.length === 0 ? '' : `; it has ${names.join(', ')}`;
}
