/**
 * Description reader — one part of a description after another, each name and option looked at: a misspelt one is an error, never a default.
 */
import { UsageError } from '../value/cedarmill-error.ts';
import type {
  AbsentDescription,
  AttributeDescription,
  ClosureTable,
  EntityDescription,
  FieldDescription,
  JoinTable,
  JsonDescription,
  ManyDescription,
  MappingOptions,
  RefDescription,
  Storage,
  TagTable,
} from './description.ts';
import type { FieldMapping, JsonMapping, ManyMapping, RefMapping, TagsMapping } from './mapping.ts';

/** An attribute's description by its kind; a name is a field. */
export type ReadDescription =
  | FieldDescription
  | RefDescription
  | ManyDescription
  | JsonDescription
  | AbsentDescription
  | { readonly kind: 'record'; readonly attrs: object };

const FIELD_OPTIONS = ['kind', 'field', 'column', 'storage', 'notNull'];
const STORAGES: ReadonlySet<unknown> = new Set<Storage>(['timestamp', 'numeric', 'integer', 'uuid', 'array']);

export class DescriptionReader {
  readonly #options: MappingOptions;

  constructor(options: MappingOptions) {
    this.#options = options;
  }

  members(given: unknown, path: string): EntityDescription {
    requireMembers(given, ['id', 'table', 'attrs', 'parents', 'tags', 'ancestors'], path);
    const { id, attrs, parents, ancestors } = given as Partial<EntityDescription>;
    if (id === undefined) throw wrong(`${path}.id`, 'name the field with the id');
    for (const [name, member] of Object.entries({ attrs, parents, ancestors }))
      if (member !== undefined) requireObject(member, `${path}.${name}`);
    return given as EntityDescription;
  }

  name(given: unknown, path: string): string {
    if (typeof given === 'string' && given !== '') return given;
    throw wrong(path, 'expected a name');
  }

  attribute(given: AttributeDescription, path: string): ReadDescription {
    if (typeof given === 'string') return { kind: 'field', field: this.name(given, path) };
    requireObject(given, path);
    const { kind } = given as { readonly kind?: unknown };
    if (typeof kind === 'string' && KINDS.has(kind)) return given as ReadDescription;
    return { kind: 'record', attrs: given };
  }

  field(given: string | FieldDescription, path: string): FieldMapping {
    const described = this.attribute(given, path);
    if (described.kind !== 'field') throw wrong(path, 'expected the name of a field');
    return { ...this.#field(described, path, []), kind: 'field' };
  }

  ref(given: RefDescription, path: string): Omit<RefMapping, 'type'> {
    const enforced = flag(given.enforced, `${path}.enforced`) ?? this.#options.enforced ?? false;
    const relation = given.relation === undefined ? undefined : this.name(given.relation, `${path}.relation`);
    return { ...this.#field(given, path, ['enforced', 'relation']), kind: 'ref', enforced, relation };
  }

  many(given: ManyDescription, path: string): Omit<ManyMapping, 'element'> {
    const through = given.through && this.#joinTable(given.through, `${path}.through`);
    return { ...this.#field(given, path, ['through']), kind: 'many', through };
  }

  json(given: JsonDescription, path: string): JsonMapping {
    return { ...this.#field(given, path, []), kind: 'json' };
  }

  tags(given: unknown, path: string): TagsMapping | JsonMapping | AbsentDescription {
    if (typeof given === 'string') return this.json({ kind: 'json', field: given }, path);
    requireObject(given, path);
    const { kind, field, through } = given as { kind?: unknown; field?: unknown; through?: TagTable };
    if (kind === 'absent') return given as AbsentDescription;
    if (kind === 'json') return this.json(given as JsonDescription, path);
    if (kind !== 'tags') throw wrong(path, 'tags are `json(…)`, `tags(…)` or `absent()`');
    const table = this.#names(through, ['table', 'owner', 'key', 'value'], [], `${path}.through`);
    return { kind: 'tags', field: this.name(field, `${path}.field`), through: table as unknown as TagTable };
  }

  closure(given: unknown, path: string): ClosureTable {
    return this.#names(given, ['table', 'descendant', 'ancestor'], [], path) as unknown as ClosureTable;
  }

  #joinTable(given: unknown, path: string): JoinTable {
    const read = this.#names(given, ['table', 'owner', 'element'], ['enforced'], path) as unknown as JoinTable;
    return { ...read, enforced: flag(read.enforced, `${path}.enforced`) ?? this.#options.enforced ?? false };
  }

  #names(given: unknown, names: readonly string[], others: readonly string[], path: string): object {
    requireMembers(given, [...names, ...others], path);
    for (const name of names) this.name((given as Readonly<Record<string, unknown>>)[name], `${path}.${name}`);
    return given as object;
  }

  #field(given: Omit<FieldDescription, 'kind'>, path: string, others: readonly string[]): Omit<FieldMapping, 'kind'> {
    requireMembers(given, [...FIELD_OPTIONS, ...others], path);
    const { field, column, storage, notNull } = given;
    if (storage !== undefined && !STORAGES.has(storage))
      throw wrong(`${path}.storage`, `expected one of ${[...STORAGES].map((each) => `\`${each}\``).join(', ')}`);
    const name = this.name(field, path);
    return {
      field: name,
      column: this.name(column ?? this.#options.column?.(name) ?? name, `${path}.column`),
      storage,
      notNull: flag(notNull, `${path}.notNull`) ?? this.#options.notNull ?? false,
    };
  }
}

const KINDS: ReadonlySet<string> = new Set(['field', 'ref', 'many', 'json', 'absent']);

function requireObject(given: unknown, path: string): asserts given is object {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return;
  throw wrong(path, `expected an object, got \`${String(given)}\``);
}

function requireMembers(given: unknown, known: readonly string[], path: string): void {
  requireObject(given, path);
  for (const name of Object.keys(given))
    if (!known.includes(name))
      throw wrong(`${path}.${name}`, `no such member; it has ${known.map((each) => `\`${each}\``).join(', ')}`);
}

function flag(given: unknown, path: string): boolean | undefined {
  if (given === undefined || typeof given === 'boolean') return given as boolean | undefined;
  throw wrong(path, 'expected a boolean');
}

function wrong(path: string, message: string): UsageError {
  return new UsageError(`in the mapping, \`${path}\``, message);
}
