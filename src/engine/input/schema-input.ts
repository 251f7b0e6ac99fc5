/**
 * Schema input — the ways in which a schema is given: a parsed schema, Cedar schema text, or the JSON format as text or value.
 */
import { DataPath } from '../../parser/data/data-path.ts';
import { parseSchema, parseSchemaJson } from '../../schema/parse-schema.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import { CedarmillError, shownProblems, UsageError } from '../../value/cedarmill-error.ts';
import { parseJson } from '../../value/json.ts';
import { ownMember } from '../../value/own-member.ts';
import { givenOption } from './options.ts';

/** A `Schema`, the text of one in Cedar's own format, or the JSON format as text or as a value. */
export type SchemaInput = Schema | string | object;

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

const UNPARSED =
  'a schema that does not parse is `undefined` in the result of `parseSchema`: look at its `diagnostics`, or give the text of the schema';
const MISSING = `${UNPARSED}; leave the option out for no schema`;

/** The `schema` of an options object; `undefined` only if the option is not there at all. Throws `SchemaError` and `UsageError`. */
export function schemaOption(options: object, call: string): Schema | undefined {
  const given = givenOption(options, 'schema', call, MISSING);
  return given === undefined ? undefined : schemaFromInput(given);
}

/** Throws `SchemaError` for what does not parse and `UsageError` for what is not a schema. */
export function schemaFromInput(input: unknown): Schema {
  if (typeof input === 'string') return schemaOfText(input);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw notASchema(input);
  if (isSchema(input)) return input;
  if (Array.isArray(ownMember(input, 'diagnostics'))) throw resultOfParsing(input);
  return schemaOfJson(input);
}

/** Whoever made it: a schema is known by its parts. */
function isSchema(input: object): input is Schema {
  const { entityTypes, actions, actionTypes } = input as Partial<Schema>;
  return entityTypes instanceof Map && actions instanceof Map && actionTypes instanceof Set;
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

function resultOfParsing(result: object): UsageError {
  const schema = ownMember(result, 'schema');
  const what = 'the whole result of `parseSchema` was given as a schema';
  return new UsageError(
    what,
    schema === undefined ? 'it has no schema: look at its `diagnostics`' : 'give its `schema`',
  );
}

function notASchema(input: unknown): UsageError {
  if (input === undefined || input === null) return new UsageError(`the schema is \`${input}\``, UNPARSED);
  return new UsageError(
    `a schema was expected, got ${Array.isArray(input) ? 'a list' : `\`${input}\``}`,
    'give the text of a schema, its JSON, or the `schema` of `parseSchema(text)`',
  );
}
