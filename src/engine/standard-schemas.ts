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
import { actionFromInput } from './input/uid-input.ts';
import type {
  ActionInputOf,
  ActionMap,
  AnyActions,
  AnyEntities,
  EntityInputOf,
  EntityMap,
  TypedSchema,
} from './typed-input.ts';

/** The type of the contexts of an action; of an unknown action anything. */
type ContextOf<Actions extends ActionMap<Actions>, A> = A extends keyof Actions ? Actions[A]['context'] : unknown;

/**
 * The contexts of an action: by its uid, or by its id alone where the schema has actions of one type only. Those of a built module's schema are typed.
 *
 *     const text = 'entity U; action view appliesTo { principal: U, resource: U, context: { n: Long } };';
 *     contextSchema(text, 'Action::"view"')['~standard'].validate({ n: 'x' }).issues.length   // 1
 *
 * Throws `SchemaError`, `UsageError` and `DataError` for a schema or an action that cannot be read.
 */
export function contextSchema<
  Actions extends ActionMap<Actions> = AnyActions,
  A extends ActionInputOf<Actions> = ActionInputOf<Actions>,
>(schema: SchemaInput | TypedSchema<Actions, unknown>, action: A): StandardSchema<CedarRecord, ContextOf<Actions, A>> {
  const parsed = schemaFromInput(schema);
  return contextSchemaOf(parsed, actionFromInput(action, parsed)) as StandardSchema<CedarRecord, ContextOf<Actions, A>>;
}

/** Lists of entities, as `EntityStore.from` takes them; the output holds the actions of the schema too. */
export function entitiesSchema<Entities extends EntityMap<Entities> = AnyEntities>(
  schema: SchemaInput | TypedSchema<unknown, Entities>,
): StandardSchema<readonly Entity[], readonly EntityInputOf<Entities>[]> {
  return entitiesSchemaOf(schemaFromInput(schema)) as StandardSchema<
    readonly Entity[],
    readonly EntityInputOf<Entities>[]
  >;
}
