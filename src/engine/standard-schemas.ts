/**
 * Standard schemas — contexts and entities of a schema as objects that form and API libraries understand, for schemas and actions in any form.
 */

import {
  contextSchema as contextSchemaOf,
  entitiesSchema as entitiesSchemaOf,
  type StandardSchema,
} from '../validator/conformance/standard-schema.ts';
import type { Entity } from '../value/entities.ts';
import type { CedarRecord } from '../value/record.ts';
import type { SchemaInput } from './input/given-schema.ts';
import { schemaFromInput } from './input/schema-input.ts';
import { type UidInput, uidFromInput } from './input/uid-input.ts';

/**
 * The contexts of an action.
 *
 *     const text = 'entity U; action view appliesTo { principal: U, resource: U, context: { n: Long } };';
 *     contextSchema(text, 'Action::"view"')['~standard'].validate({ n: 'x' }).issues.length   // 1
 *
 * Throws `SchemaError`, `UsageError` and `DataError` for a schema or an action that cannot be read.
 */
export function contextSchema(schema: SchemaInput, action: UidInput): StandardSchema<CedarRecord> {
  return contextSchemaOf(schemaFromInput(schema), uidFromInput(action, 'action'));
}

/** Lists of entities, as `EntityStore.from` takes them; the output holds the actions of the schema too. */
export function entitiesSchema(schema: SchemaInput): StandardSchema<readonly Entity[]> {
  return entitiesSchemaOf(schemaFromInput(schema));
}
