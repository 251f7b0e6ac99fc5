/**
 * Entities — the drop-in's functions for entities and contexts, and those arguments of all others.
 */

import { DataError, DataPath, type Located } from '../parser/data/data-path.ts';
import { entitiesFromData } from '../parser/data/entities.ts';
import { contextFromData, type DataOptions } from '../parser/data/value.ts';
import { JsonError } from '../parser/json/json-form.ts';
import { uidFromJson } from '../parser/json/value.ts';
import { parseName } from '../parser/text/text.ts';
import type { Schema } from '../schema/schema.ts';
import type { DiagnosticLabel } from '../syntax/diagnostic.ts';
import { checkContext, conformingEntities } from '../validator/conformance/conformance.ts';
import { ConformanceError, type Nonconformance } from '../validator/conformance/conformance-error.ts';
import { schemaGuide, typedContextFromData } from '../validator/conformance/typed-data.ts';
import { Entities, EntitiesError } from '../value/entities.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { CedarRecord } from '../value/record.ts';
import { members, requireShallow } from './call.ts';
import { type DetailedError, detailedError, plainError } from './detailed-error.ts';
import type { Failure } from './policies.ts';
import type { Argument } from './policy-argument.ts';
import { schemaArgument } from './schema.ts';

/** Arguments are what `JSON.stringify` would write of them, and the official build takes unknowns everywhere. */
export const DATA_OPTIONS = { asJson: true, refuseRounded: true, unknowns: true };

/** A uid such as `{ type, id }`; `what` is the member it was given as. */
export function uidArgument(value: unknown, what: string): Argument<EntityUid> {
  try {
    return { ok: true, value: uidFromJson(value) };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { ok: false, errors: [detailedError(error.diagnostic, error.text, `failed to parse ${what}`)] };
  }
}

/** Is told of the calls that extension values were made by. */
export type OnExtension = DataOptions['onExtension'];

/** A context; with a schema it is read as the context of that action. */
export function contextArgument(
  value: unknown,
  schema?: Schema,
  action?: EntityUid,
  onExtension?: OnExtension,
): Argument<CedarRecord> {
  const options = { ...DATA_OPTIONS, onExtension };
  const place = DataPath.root('context', 'while parsing context, ');
  if (schema === undefined || action === undefined) return reading(() => contextFromData(value, place, options));
  // An external action has no type of context: to the official build, it is not there.
  const entry = schema.actions.get(action.key);
  if (entry?.external === false) return reading(() => typedContextFromData(value, entry.context, place, options));
  return { ok: false, errors: [plainError(`action \`${action}\` does not exist in the supplied schema`)] };
}

const DESERIALIZATION = 'error during entity deserialization: ';

/** Entities, their ancestors computed; with a schema they fit it, and its actions are among them. */
export function entitiesArgument(value: unknown, schema?: Schema, onExtension?: OnExtension): Argument<Entities> {
  const plain = { ...DATA_OPTIONS, onExtension };
  if (schema === undefined) return reading(() => Entities.from(entitiesFromData(value, plain)), DESERIALIZATION);
  const options = { ...plain, guide: schemaGuide(schema, plain) };
  return reading(() => conformingEntities(entitiesFromData(value, options), schema), DESERIALIZATION);
}

/** Turns what reading data throws into a failure. */
export function reading<T>(read: () => T, prefix = ''): Argument<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    return { ok: false, errors: [dataProblem(error, prefix)] };
  }
}

function dataProblem(error: unknown, prefix: string): DetailedError {
  if (error instanceof DataError) return dataError(error, prefix);
  if (error instanceof ConformanceError)
    return plainError(`entity does not conform to the schema: ${error.problem.message}`, error.problem.help ?? null);
  if (!(error instanceof EntitiesError)) throw error;
  const { code, message, help = null } = error;
  switch (code) {
    case 'duplicateEntity':
      return plainError(message, help);
    case 'cycle':
      return plainError(`transitive closure computation/enforcement error: ${message}`, help);
    default:
      return plainError(`${prefix}${message}`, help);
  }
}

function dataError({ reason, help, located }: DataError, prefix: string): DetailedError {
  const diagnostic = { severity: 'error', code: 'data', message: `${prefix}${reason}`, help } as const;
  return detailedError({ ...diagnostic, labels: located === undefined ? [] : labelsOf(located) }, located?.text);
}

/** What could have come instead is known to the parser of whole texts, which data are read without. */
function labelsOf({ text, labels }: Located): readonly DiagnosticLabel[] {
  if (labels !== 'name') return labels;
  const parsed = parseName(text, 'Name');
  return (parsed.ok ? undefined : parsed.diagnostics[0]?.labels) ?? [];
}

/** A request or context that does not fit the schema. */
export function nonconforming({ message, help, type }: Nonconformance): DetailedError {
  const sourceLocations = type === undefined ? [] : [{ label: null, start: 0, end: type.length }];
  return { ...plainError(message, help ?? null), sourceLocations };
}

export type CheckParseAnswer = { readonly type: 'success' } | Failure;

export function checkParseAnswer(argument: Argument<unknown>): CheckParseAnswer {
  return argument.ok ? { type: 'success' } : { type: 'failure', errors: argument.errors };
}

/** Checks whether entities parse; `call` is `{ entities, schema? }`. */
export function checkParseEntities(call: unknown): CheckParseAnswer {
  requireShallow(call);
  const { entities, schema } = members(call, {
    name: 'EntitiesParsingCall',
    fields: ['entities', 'schema'],
    optional: ['schema'],
  });
  const given = schemaArgument(schema);
  return checkParseAnswer(given.ok ? entitiesArgument(entities, given.value.schema) : given);
}

/** Checks whether a context parses; `call` is `{ context, schema?, action? }`. */
export function checkParseContext(call: unknown): CheckParseAnswer {
  requireShallow(call);
  const given = members(call, {
    name: 'ContextParsingCall',
    fields: ['context', 'schema', 'action'],
    optional: ['schema', 'action'],
  });
  const action = given.action == null ? undefined : uidArgument(given.action, 'action');
  if (action?.ok === false) return checkParseAnswer(action);
  const schema = schemaArgument(given.schema);
  if (!schema.ok) return checkParseAnswer(schema);
  const context = contextArgument(given.context, schema.value.schema, action?.value);
  if (!context.ok || schema.value.schema === undefined || action === undefined) return checkParseAnswer(context);
  const problem = checkContext(context.value, action.value, schema.value.schema);
  return checkParseAnswer(problem === undefined ? context : { ok: false, errors: [nonconforming(problem)] });
}
