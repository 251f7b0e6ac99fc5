/**
 * Given schema — a schema that an application gives: a parsed one as it is, any other form by a reader.
 *
 * Who has built modules has parsed schemas, so `cedarmill/runtime` comes without a reader (entity-store.ts), and bundles of it without a parser.
 */
import type { Schema } from '../../schema/schema.ts';
import { UsageError } from '../../value/cedarmill-error.ts';
import { ownMember } from '../../value/own-member.ts';
import { givenOption } from './options.ts';

/** A `Schema`, the text of one in Cedar's own format, or the JSON format as text or as a value. */
export type SchemaInput = Schema | string | object;

/** Reads text, and the JSON format as a value. */
export type SchemaReader = (input: string | object) => Schema;

const UNPARSED =
  'a schema that does not parse is `undefined` in the result of `parseSchema`: look at its `diagnostics`, or give the text of the schema';
const MISSING = `${UNPARSED}; leave the option out for no schema`;

/** The `schema` of an options object; `undefined` only if the option is not there at all. Throws `UsageError`, and what the reader throws. */
export function givenSchema(options: object, call: string, read: SchemaReader): Schema | undefined {
  const given = givenOption(options, 'schema', call, MISSING);
  return given === undefined ? undefined : schemaOf(given, read);
}

/** Throws `UsageError` for what is not a schema, and what the reader throws. */
export function schemaOf(input: unknown, read: SchemaReader): Schema {
  if (typeof input === 'string') return read(input);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw notASchema(input);
  if (isSchema(input)) return input;
  if (Array.isArray(ownMember(input, 'diagnostics'))) throw resultOfParsing(input);
  return read(input);
}

/** The reader of `cedarmill/runtime`. Throws `UsageError`. */
export function refuseUnparsed(): never {
  throw new UsageError(
    '`cedarmill/runtime` has no parser of schemas',
    "give the `schema` that the built module exports, or a parsed one; or import `EntityStore` from 'cedarmill', which parses them",
  );
}

/** Whoever made it: a schema is known by its parts. */
function isSchema(input: object): input is Schema {
  const { entityTypes, actions, actionTypes } = input as Partial<Schema>;
  return entityTypes instanceof Map && actions instanceof Map && actionTypes instanceof Set;
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
