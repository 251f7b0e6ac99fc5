/**
 * Description — what an application says of its rows: in which field an attribute is, and in which column of which table.
 *
 * Names are data, so that both directions use one description: from a row to an entity, and from a policy to a condition of a database.
 */

/** Where the database keeps one value, if it is not as the type says: text, a 64-bit integer, a boolean. */
export type Storage =
  /** For `datetime`: a timestamp of the database, instead of milliseconds since 1970. */
  | 'timestamp'
  /** For `decimal`: a numeric column, instead of an integer of ten-thousandths. */
  | 'numeric'
  /** For ids: an integer column. Ids that are not integers are in no row. */
  | 'integer'
  /** For ids: a column of the type `uuid`. Ids that are not uuids are in no row. */
  | 'uuid'
  /** For lists: an array of PostgreSQL, instead of a JSON array. */
  | 'array';

export interface FieldOptions {
  /** The column of the table; the name of the field, unless the mapping has a rule. */
  readonly column?: string | undefined;
  readonly storage?: Storage | undefined;
  /** The column of a required attribute is declared `NOT NULL`. Without this a NULL in it is an error, as in any entity that lacks the attribute. */
  readonly notNull?: boolean | undefined;
}

export interface RefOptions extends FieldOptions {
  /** The database has a row for every id in this column (a foreign key), and so has every store. */
  readonly enforced?: boolean | undefined;
  /** What Prisma calls the relation, if it has one. */
  readonly relation?: string | undefined;
}

/** A table of pairs: which element belongs to which row. */
export interface JoinTable {
  readonly table: string;
  /** The column with the id of the row. */
  readonly owner: string;
  /** The column with the element: the id of an entity, or a value. */
  readonly element: string;
  /** Both are foreign keys. */
  readonly enforced?: boolean | undefined;
}

/** A table of all ancestors of a row, its parents among them. */
export interface ClosureTable {
  readonly table: string;
  readonly descendant: string;
  readonly ancestor: string;
}

export interface ManyOptions extends FieldOptions {
  /** The elements are in another table, by a foreign key of theirs. */
  readonly through?: JoinTable | undefined;
}

/** A table of tags: one row for each tag of an entity. */
export interface TagTable {
  readonly table: string;
  readonly owner: string;
  readonly key: string;
  readonly value: string;
}

export interface FieldDescription extends FieldOptions {
  readonly kind: 'field';
  readonly field: string;
}

export interface RefDescription extends RefOptions {
  readonly kind: 'ref';
  readonly field: string;
}

export interface ManyDescription extends ManyOptions {
  readonly kind: 'many';
  readonly field: string;
}

export interface JsonDescription extends FieldOptions {
  readonly kind: 'json';
  readonly field: string;
}

export interface TagsDescription {
  readonly kind: 'tags';
  readonly field: string;
  readonly through: TagTable;
}

export interface AbsentDescription {
  readonly kind: 'absent';
}

/** A name is that of the field with the value. An object without `kind` is a record whose attributes are in fields of the row. */
export type AttributeDescription =
  | string
  | FieldDescription
  | RefDescription
  | ManyDescription
  | JsonDescription
  | AbsentDescription
  | { readonly [attribute: string]: AttributeDescription };

export interface EntityDescription {
  /** The field with the id. */
  readonly id: string | FieldDescription;
  /** The table of the database; needed by filters only. */
  readonly table?: string | undefined;
  readonly attrs?: { readonly [attribute: string]: AttributeDescription } | undefined;
  /** By the type of the parents. */
  readonly parents?: { readonly [type: string]: RefDescription | ManyDescription | AbsentDescription } | undefined;
  readonly tags?: string | JsonDescription | TagsDescription | AbsentDescription | undefined;
  /** By the type of the ancestors; where it is left out, parents are followed one by one. */
  readonly ancestors?: { readonly [type: string]: ClosureTable } | undefined;
}

export interface MappingDescription {
  readonly [type: string]: EntityDescription;
}

export interface MappingOptions {
  /** What the column of a field is called. */
  readonly column?: ((field: string) => string) | undefined;
  /** All columns of required attributes are declared `NOT NULL`. */
  readonly notNull?: boolean | undefined;
  /** All references are foreign keys. */
  readonly enforced?: boolean | undefined;
  /**
   * `binary` says that the database compares texts of these columns byte by byte, as Cedar does: case, accents and trailing blanks count. Without this
   * SQLite and MySQL are told so in each comparison, which may keep them from using an index.
   */
  readonly collation?: 'binary' | undefined;
}

/** A field with one value. */
export function field(name: string, options: FieldOptions = {}): FieldDescription {
  return { ...options, kind: 'field', field: name };
}

/** A field with the id of an entity, whose type the schema says. */
export function ref(name: string, options: RefOptions = {}): RefDescription {
  return { ...options, kind: 'ref', field: name };
}

/** A field with a list: ids where the elements are entities, else values. `through` says in which table of the database they are. */
export function many(name: string, options: ManyOptions = {}): ManyDescription {
  return { ...options, kind: 'many', field: name };
}

/** A field with a record, or with tags, as an object. */
export function json(name: string, options: FieldOptions = {}): JsonDescription {
  return { ...options, kind: 'json', field: name };
}

/** Tags in a table of their own; rows in memory have them as an object in a field. */
export function tags(name: string, through: TagTable): TagsDescription {
  return { kind: 'tags', field: name, through };
}

/** An optional attribute, type of parents or tags that no row has. */
export function absent(): AbsentDescription {
  return { kind: 'absent' };
}
