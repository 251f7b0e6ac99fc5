/**
 * Schema input — the ways in which a schema is given: a parsed schema, Cedar schema text, or the JSON format as text or value.
 */
import { DataPath } from '../../parser/data/data-path.ts';
import { parseSchema, parseSchemaJson } from '../../schema/parse-schema.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import { CedarmillError, shownProblems, UsageError } from '../../value/cedarmill-error.ts';
import { parseJson } from '../../value/json.ts';
import { givenSchema, schemaOf } from './given-schema.ts';

/** A schema that does not parse, or whose names do not resolve. The message lists every problem with its place. */
export class SchemaError extends CedarmillError {
  static override readonly kind = 'SchemaError';
  override readonly name = 'SchemaError';

  constructor(diagnostics: readonly Diagnostic[], text: string | undefined) {
    const source = text === undefined ? undefined : { text, name: 'schema' };
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    super(
      'invalidSchema',
      shownProblems(
        errors,
        errors.map(() => source),
      ),
      { diagnostics, source },
    );
  }
}

/** The `schema` of an options object; `undefined` only if the option is not there at all. Throws `SchemaError` and `UsageError`. */
export function schemaOption(options: object, call: string): Schema | undefined {
  return givenSchema(options, call, readSchema);
}

/** Throws `SchemaError` for what does not parse and `UsageError` for what is not a schema. */
export function schemaFromInput(input: unknown): Schema {
  return schemaOf(input, readSchema);
}

/** Parses a schema that is not parsed yet. */
export function readSchema(input: string | object): Schema {
  return typeof input === 'string' ? schemaOfText(input) : schemaOfJson(input);
}

/** JSON begins with a brace, and a schema in Cedar's own format never does. */
function schemaOfText(text: string): Schema {
  const known = texts.get(text);
  if (known !== undefined) return known;
  const isJson = text.trimStart().startsWith('{');
  const parsed = isJson ? parseSchemaJson(parseJson(text)) : parseSchema(text);
  if (parsed.schema === undefined)
    throw isJson ? jsonError(parsed.diagnostics, parseJson(text)) : new SchemaError(parsed.diagnostics, text);
  remember(text, parsed.schema);
  return parsed.schema;
}

/** Engines and stores leave checks out where they have one and the same schema, so the same text must give the same schema. */
const texts = new Map<string, Schema>();
const TEXTS = 16;

function remember(text: string, schema: Schema): void {
  const [oldest] = texts.keys();
  if (texts.size >= TEXTS && oldest !== undefined) texts.delete(oldest);
  texts.set(text, schema);
}

function schemaOfJson(json: object): Schema {
  const text = jsonText(json);
  const known = texts.get(text);
  if (known !== undefined) return known;
  const { schema, diagnostics } = parseSchemaJson(json);
  if (schema === undefined) throw jsonError(diagnostics, json);
  remember(text, schema);
  return schema;
}

function jsonText(json: object): string {
  try {
    return JSON.stringify(json);
  } catch (error) {
    throw new UsageError('the schema is not JSON', (error as Error).message);
  }
}

/** Schemas in JSON have no lines: the path to a name that is wrong takes their place. */
function jsonError(diagnostics: readonly Diagnostic[], json: unknown): SchemaError {
  const placed = diagnostics.map((each) => {
    const name = /: `?([^`\s]+)`?$/.exec(each.message)?.[1];
    const path = name === undefined ? undefined : pathTo(name, json);
    return path === undefined ? each : { ...each, message: `${each.message} (at \`${path}\`)` };
  });
  return new SchemaError(placed, undefined);
}

/** The first place where a JSON value has that text as a value. */
function pathTo(text: string, json: unknown): string | undefined {
  const open: [value: unknown, place: DataPath][] = [[json, DataPath.root('schema', '')]];
  for (const [value, place] of open) {
    if (value === text) return place.toString();
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, member] of Object.entries(value))
      open.push([member, place.at(Array.isArray(value) ? Number(key) : key)]);
  }
  return undefined;
}
