/**
 * Answer external — recorded questions about schemas with external declarations: what one is, or what several link to.
 */
import { externalDeclarations, isComplete } from '../../src/schema/completeness.ts';
import { linkSchemas } from '../../src/schema/link.ts';
import { parseSchema, parseSchemaJson } from '../../src/schema/parse-schema.ts';
import type { Schema } from '../../src/schema/schema.ts';

export interface ExternalQuestion {
  readonly op: string;
  readonly schema?: unknown;
  readonly schemas?: readonly unknown[] | undefined;
}

export function answerExternal({ op, schema, schemas = [] }: ExternalQuestion): unknown {
  const parsed = (op === 'link' ? schemas : [schema]).map(parse);
  const failed = parsed.find((each) => each.schema === undefined);
  if (failed !== undefined) return { failure: 'schema', message: failed.diagnostics[0]?.message };
  const whole = parsed.flatMap((each) => each.schema ?? []);
  return op === 'link' ? link(whole) : { complete: isComplete(whole[0]!) };
}

function parse(schema: unknown) {
  return typeof schema === 'string' ? parseSchema(schema) : parseSchemaJson(schema);
}

function link(schemas: readonly Schema[]): unknown {
  const { schema, diagnostics } = linkSchemas(schemas);
  if (schema === undefined) return { failure: 'link', message: diagnostics[0]?.message };
  const { entityTypes, actions } = externalDeclarations(schema);
  const defined = (names: Iterable<string>, external: readonly string[]) =>
    [...names].filter((name) => !external.includes(name)).sort();
  return {
    complete: isComplete(schema),
    entityTypes: defined(schema.entityTypes.keys(), entityTypes),
    externalEntityTypes: entityTypes,
    actions: defined(
      [...schema.actions.values()].map(({ uid }) => uid.toString()),
      actions,
    ),
    externalActions: actions,
  };
}
