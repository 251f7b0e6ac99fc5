/**
 * Mapping — the description of an application's rows, for the schema in any form.
 */
import type { MappingDescription, MappingOptions } from '../mapping/description.ts';
import { type Mapping, mappingOf } from '../mapping/mapping.ts';
import { readOptions } from './input/options.ts';
import { type SchemaInput, schemaFromInput } from './input/schema-input.ts';

/**
 * Says where the entities of a schema are in an application's rows and tables. One description serves both directions: from a policy to a condition of
 * the database (`engine.filter`), and from a row to an entity.
 *
 *     const map = mapping(schema, {
 *       User: { id: 'id', table: 'users', attrs: { dept: 'dept' }, parents: { Team: many('teamIds') } },
 *       Doc: { id: 'id', table: 'docs', attrs: { owner: ref('ownerId', { column: 'owner_id' }), public: 'isPublic' } },
 *     });
 *
 * Throws `UsageError`, with the path, for names that the schema does not have and for what does not fit their types, and `SchemaError`.
 */
export function mapping(schema: SchemaInput, description: MappingDescription, options: MappingOptions = {}): Mapping {
  return mappingOf(schemaFromInput(schema), description, readOptions(options, OPTIONS, 'mapping'));
}

const OPTIONS = ['column', 'notNull', 'enforced', 'collation'] as const satisfies readonly (keyof MappingOptions)[];
