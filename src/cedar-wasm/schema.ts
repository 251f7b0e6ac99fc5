/**
 * Schema — the drop-in's functions for schemas, and the `schema` argument of all others.
 *
 * A string is schema text, anything else the JSON format. The official build reports one error, with what it found besides it in `related` or
 * in the message; we find more, and tell as it does.
 */

import type { Fragment } from '../schema/declaration.ts';
import { fragmentToJson, type JsonObject } from '../schema/json/to-json.ts';
import { type ParsedFragment, parseFragment, parseFragmentJson } from '../schema/parse-schema.ts';
import { resolveFragments } from '../schema/resolve.ts';
import { resolveTypes } from '../schema/resolved-types.ts';
import type { Schema } from '../schema/schema.ts';
import { joinWith } from '../schema/text/expected.ts';
import { printFragment } from '../schema/text/print.ts';
import type { Diagnostic } from '../syntax/diagnostic.ts';
import { TextPositions } from '../value/text-positions.ts';
import { requireShallow, stringOf } from './call.ts';
import { type DetailedError, detailedError, leadingError } from './detailed-error.ts';
import type { Argument } from './policy-argument.ts';

export type Failure = { readonly type: 'failure'; readonly errors: readonly DetailedError[] };

export type CheckParseAnswer = { readonly type: 'success' } | Failure;

export type SchemaToJsonAnswer =
  | { readonly type: 'success'; readonly json: JsonObject; readonly warnings: readonly DetailedError[] }
  | Failure;

export type SchemaToTextAnswer =
  | { readonly type: 'success'; readonly text: string; readonly warnings: readonly DetailedError[] }
  | Failure;

/** A `schema` argument, parsed and resolved. */
export type ParsedSchema =
  | { readonly schema: Schema; readonly warnings: readonly DetailedError[]; readonly error?: undefined }
  | { readonly schema?: undefined; readonly error: DetailedError };

type ReadFragment =
  | { readonly fragment: Fragment; readonly warnings: readonly DetailedError[]; readonly error?: undefined }
  | { readonly fragment?: undefined; readonly error: DetailedError };

/** Parses the `schema` argument of any function. */
export function parseSchemaArgument(argument: unknown): ParsedSchema {
  const read = readFragment(argument);
  if (read.error !== undefined) return read;
  const { schema, diagnostics } = resolveFragments([read.fragment]);
  if (schema === undefined) return { error: resolutionError(diagnostics, textOf(argument)) };
  return { schema, warnings: read.warnings };
}

/** The schema that a call may come with. */
export interface OptionalSchema {
  readonly schema: Schema | undefined;
  readonly warnings: readonly DetailedError[];
}

export const NO_SCHEMA: OptionalSchema = { schema: undefined, warnings: [] };

/** Parses a `schema` member that may be absent or null. */
export function schemaArgument(argument: unknown): Argument<OptionalSchema> {
  if (argument === undefined || argument === null) return { ok: true, value: NO_SCHEMA };
  const parsed = parseSchemaArgument(argument);
  return parsed.error === undefined ? { ok: true, value: parsed } : { ok: false, errors: [parsed.error] };
}

/** Is the argument a schema, as text or JSON? */
export function checkParseSchema(schema: unknown): CheckParseAnswer {
  requireShallow(schema);
  const { error } = parseSchemaArgument(schema);
  return error === undefined ? { type: 'success' } : failure(error);
}

/** Gives the JSON form of a schema. */
export function schemaToJson(schema: unknown): SchemaToJsonAnswer {
  requireShallow(schema);
  const read = readFragment(schema);
  if (read.error !== undefined) return failure(read.error);
  const json = fragmentToJson(read.fragment);
  // The official build checks the JSON it made, so that places are those inside the names.
  const checked = parseSchemaArgument(json);
  return checked.error === undefined ? { type: 'success', json, warnings: read.warnings } : failure(checked.error);
}

/** Gives the text form of a schema. */
export function schemaToText(schema: unknown): SchemaToTextAnswer {
  requireShallow(schema);
  const read = readFragment(schema);
  if (read.error !== undefined) return failure(read.error);
  const { text, diagnostic } = printFragment(read.fragment);
  if (diagnostic !== undefined) return failure(detailedError(diagnostic, undefined));
  const checked = parseSchemaArgument(schema);
  return checked.error === undefined ? { type: 'success', text, warnings: read.warnings } : failure(checked.error);
}

/** Gives the JSON form of a schema text, with every type's full name and kind. */
export function schemaToJsonWithResolvedTypes(schema: unknown): SchemaToJsonAnswer {
  const text = stringOf(schema);
  const read = fragmentOfText(text, '');
  if (read.error !== undefined) return failure(read.error);
  const { fragment, diagnostics } = resolveTypes(read.fragment);
  if (fragment === undefined) return failure(resolutionError(diagnostics.slice(0, 1), text));
  return { type: 'success', json: fragmentToJson(fragment), warnings: read.warnings };
}

function failure(error: DetailedError): Failure {
  return { type: 'failure', errors: [error] };
}

function textOf(argument: unknown): string | undefined {
  return typeof argument === 'string' ? argument : undefined;
}

function readFragment(argument: unknown): ReadFragment {
  if (typeof argument === 'string') return fragmentOfText(stringOf(argument), 'failed to parse schema from string');
  const parsed = parseFragmentJson(argument ?? null);
  if (parsed.fragment !== undefined) return { fragment: parsed.fragment, warnings: [] };
  // The path to the mistake is ours; the official build does not tell it.
  const diagnostic = { ...parsed.diagnostics[0]!, help: undefined };
  return { error: detailedError(diagnostic, undefined, 'failed to parse schema from JSON') };
}

function fragmentOfText(text: string, prefix: string): ReadFragment {
  const parsed = parseFragment(text);
  if (parsed.fragment === undefined) return { error: textError(parsed, text, prefix) };
  const positions = new TextPositions(text);
  const warnings = parsed.diagnostics.map((warning) => detailedError(warning, positions));
  return { fragment: parsed.fragment, warnings };
}

/** Codes of what is wrong with a schema that parses. */
const FORBIDDEN: ReadonlySet<string> = new Set(['actionTypeDeclared', 'actionAttributes']);

const LOOKS_LIKE_JSON =
  'this API was expecting a schema in the Cedar schema format; did you mean to use a different function, which expects a JSON-format Cedar schema';

function textError({ diagnostics }: ParsedFragment, text: string, prefix: string): DetailedError {
  const [first] = diagnostics;
  if (FORBIDDEN.has(first!.code)) return detailedError(first!, text, prefix);
  const error = leadingError(
    diagnostics,
    text,
    prefix === '' ? 'error parsing schema' : `${prefix}: error parsing schema`,
  );
  if (!text.trimStart().startsWith('{')) return error;
  return { ...error, help: error.help === null ? LOOKS_LIKE_JSON : `${error.help}\n${LOOKS_LIKE_JSON}` };
}

/** How the messages of one code are joined into one, and what goes between the names. */
const JOINED: ReadonlyMap<string, { readonly plural: string; readonly join: (names: readonly string[]) => string }> =
  new Map([
    ['typeNotDefined', { plural: 'failed to resolve types', join: (names) => names.join(', ') }],
    ['actionNotDefined', { plural: 'undeclared actions', join: (names) => joinWith('and', names) }],
    [
      'undeclaredEntityType',
      { plural: 'undeclared entity types', join: (names) => joinWith('and', [...names].sort()) },
    ],
  ]);

/** The official build knows no place for what is wrong with an action. */
const UNPLACED: ReadonlySet<string> = new Set(['actionNotDefined', 'actionShadowing', 'actionCycle', 'notARecord']);

/** The problem found first; if it is about a name, together with all others of its kind. */
function resolutionError(diagnostics: readonly Diagnostic[], text: string | undefined): DetailedError {
  const first = diagnostics[0]!;
  const alike = diagnostics.filter(({ code }) => code === first.code);
  const joined = alike.length > 1 ? JOINED.get(first.code) : undefined;
  const message = joined === undefined ? first.message : `${joined.plural}: ${joined.join(alike.map(nameIn))}`;
  const labels = UNPLACED.has(first.code) ? [] : first.labels;
  const error = detailedError({ ...first, message, labels }, text);
  if (text !== undefined) return error;
  // Names in JSON are ASCII, so that places inside of them need no conversion.
  const sourceLocations = labels.map(({ span, text: label }) => ({ ...span, label: label ?? null }));
  return { ...error, sourceLocations };
}

/** The name that a message ends with. */
function nameIn({ message }: Diagnostic): string {
  return message.slice(message.indexOf(': ') + 2);
}
