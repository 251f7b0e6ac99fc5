/**
 * Link — the functions for incomplete schemas that SDK 4.14 adds: `linkSchemas` and `schemaCompleteness`.
 */
import { externalDeclarations, isComplete } from '../schema/completeness.ts';
import { fragmentToJson, type JsonObject } from '../schema/json/to-json.ts';
import { linkSchemas as link } from '../schema/link.ts';
import type { Schema } from '../schema/schema.ts';
import { schemaToFragment } from '../schema/to-fragment.ts';
import { listOf, members, requireShallow } from './call.ts';
import { type DetailedError, detailedError } from './detailed-error.ts';
import type { Failure } from './policies.ts';
import { parseSchemaArgument } from './schema.ts';

export type LinkSchemasAnswer =
  | {
      readonly type: 'success';
      readonly json: JsonObject;
      readonly complete: boolean;
      readonly externalEntityTypes: readonly string[];
      readonly externalActions: readonly string[];
      readonly warnings: readonly DetailedError[];
    }
  | Failure;

/** Links schemas into one; `call` is `{ schemas }`. Every schema that does not parse is reported. */
export function linkSchemas(call: unknown): LinkSchemasAnswer {
  requireShallow(call);
  const given = members(call, { name: 'LinkSchemasCall', fields: ['schemas'] });
  const parsed = listOf(given.schemas).map(parseSchemaArgument);
  const errors = parsed.flatMap(({ error }) => error ?? []);
  if (errors.length > 0) return { type: 'failure', errors };
  const whole = parsed.flatMap((each) => (each.error === undefined ? each : []));
  const { schema, diagnostics } = link(whole.map((each) => each.schema));
  if (schema === undefined)
    return { type: 'failure', errors: diagnostics.map((diagnostic) => detailedError(diagnostic, undefined)) };
  const warnings = whole.flatMap((each) => each.warnings);
  return { type: 'success', json: fragmentToJson(schemaToFragment(schema)), ...completenessOf(schema), warnings };
}

export type SchemaCompletenessAnswer =
  | {
      readonly type: 'success';
      readonly complete: boolean;
      readonly externalEntityTypes: readonly string[];
      readonly externalActions: readonly string[];
    }
  | Failure;

/** Does the schema define all that it declares? */
export function schemaCompleteness(schema: unknown): SchemaCompletenessAnswer {
  requireShallow(schema);
  const parsed = parseSchemaArgument(schema);
  if (parsed.error !== undefined) return { type: 'failure', errors: [parsed.error] };
  return { type: 'success', ...completenessOf(parsed.schema) };
}

function completenessOf(schema: Schema) {
  const { entityTypes, actions } = externalDeclarations(schema);
  return { complete: isComplete(schema), externalEntityTypes: entityTypes, externalActions: actions };
}
