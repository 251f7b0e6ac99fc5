/**
 * Mapping — the description of an application's rows, for the schema in any form.
 */
import type { MappingDescription, MappingOptions } from '../mapping/description.ts';
import { type Mapping, mappingOf } from '../mapping/mapping.ts';
import type { EntitySource } from '../value/entity-source.ts';
import { filterOf } from './filter.ts';
import { type FilterMaker, withFilters } from './filter-maker.ts';
import type { SchemaInput } from './input/given-schema.ts';
import { readOptions } from './input/options.ts';
import { schemaFromInput } from './input/schema-input.ts';
import { MappedEntity } from './mapped-entity.ts';
import { PreparedFilter } from './prepared-filter.ts';
import { RowReading } from './row-reader.ts';

/**
 * Says where the entities of a schema are in an application's rows and tables. One description serves both directions: from a policy to a condition of
 * the database (`engine.filter`), and from a row to an entity.
 *
 *     const map = mapping(schema, {
 *       User: { id: 'id', table: 'users', attrs: { dept: 'dept' }, parents: { Team: many('teamIds') } },
 *       Doc: { id: 'id', table: 'docs', attrs: { owner: ref('ownerId', { column: 'owner_id' }), public: 'isPublic' } },
 *     });
 *
 * An own object stands for its entity in requests and in lists of entities; in a request its fields are read when policies ask for them:
 *
 *     engine.isAllowed({ principal: map.User(userRow), action: 'view', resource: map.Doc(docRow) }, groups);
 *
 * Throws `UsageError`, with the path, for names that the schema does not have and for what does not fit their types, and `SchemaError`.
 */
export function mapping<const D extends MappingDescription>(
  schema: SchemaInput,
  description: D,
  options: MappingOptions = {},
): Mapping & MappedTypes<D> {
  const described = mappingOf(schemaFromInput(schema), description, readOptions(options, OPTIONS, 'mapping'));
  const made = withFilters(described, FILTERS);
  const ofType = [...made.types].map(([type, each]) => {
    const reading = new RowReading(made, each);
    return [type, (row: object) => new MappedEntity(reading, row)];
  });
  return Object.assign(Object.fromEntries(ofType), made);
}

const FILTERS: FilterMaker = {
  filter: filterOf,
  prepare: (context, query, options) => new PreparedFilter(context, query, options),
};

/** A function for each type that is described: an own object as an entity. */
export type MappedTypes<D extends MappingDescription> = {
  readonly [T in Exclude<keyof D, keyof Mapping>]: (row: object) => EntitySource;
};

const OPTIONS = ['column', 'notNull', 'enforced', 'collation'] as const satisfies readonly (keyof MappingOptions)[];
