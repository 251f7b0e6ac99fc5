/**
 * Standard Schema — contexts and entities of a schema as objects that form and API libraries understand.
 *
 * Docs:  standardschema.dev, version 1
 */

import { DataError, DataPath } from '../../parser/data/data-path.ts';
import { entitiesFromData } from '../../parser/data/entities.ts';
import type { Schema } from '../../schema/schema.ts';
import { EntitiesError, type Entity } from '../../value/entities.ts';
import type { EntityUid } from '../../value/entity-uid.ts';
import type { CedarRecord } from '../../value/record.ts';
import { checkContext, conformingEntities } from './conformance.ts';
import { ConformanceError, type Nonconformance, undeclaredRequestAction } from './conformance-error.ts';
import { schemaGuide, typedContextFromData } from './typed-data.ts';

/** The part of the Standard Schema interface that validators implement. */
export interface StandardSchema<Output, Input = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'cedarmill';
    readonly validate: (value: unknown) => StandardResult<Output>;
    /** There for the compiler only, by which libraries infer the types. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  /** Members and indices from the value that was given. */
  readonly path?: readonly PropertyKey[] | undefined;
}

/**
 * The contexts of an action.
 *
 *     const { schema } = parseSchema('entity U; action view appliesTo { principal: U, resource: U, context: { n: Long } };');
 *     contextSchema(schema, new EntityUid('Action', 'view'))['~standard'].validate({ n: 'x' }).issues.length   // 1
 */
export function contextSchema(schema: Schema, action: EntityUid): StandardSchema<CedarRecord> {
  return standard((value) => {
    const type = schema.actions.get(action.key)?.context;
    if (type === undefined) throw new ConformanceError(undeclaredRequestAction(action, schema));
    const context = typedContextFromData(value, type, DataPath.root('context', ''));
    refuse(checkContext(context, action, schema));
    return context;
  });
}

/** Lists of entities, as `EntityStore.from` takes them; the output holds the actions of the schema too. */
export function entitiesSchema(schema: Schema): StandardSchema<readonly Entity[]> {
  return standard((value) => [...conformingEntities(entitiesFromData(value, { guide: schemaGuide(schema) }), schema)]);
}

function refuse(problem: Nonconformance | undefined): void {
  if (problem !== undefined) throw new ConformanceError(problem);
}

function standard<Output>(read: (value: unknown) => Output): StandardSchema<Output> {
  const validate = (value: unknown): StandardResult<Output> => {
    try {
      return { value: read(value) };
    } catch (error) {
      return { issues: [issueOf(error)] };
    }
  };
  return { '~standard': { version: 1, vendor: 'cedarmill', validate } };
}

function issueOf(error: unknown): StandardIssue {
  if (error instanceof DataError) return { message: error.reason, path: error.keys };
  if (error instanceof ConformanceError || error instanceof EntitiesError) return { message: error.message };
  throw error;
}
