/**
 * Entities — the drop-in's functions for entities and contexts, and those arguments of all others.
 */
import { contextFromData } from '../parser/data.ts';
import { entitiesFromData } from '../parser/data-entities.ts';
import { DataError, Place } from '../parser/data-place.ts';
import { JsonError } from '../parser/json-shape.ts';
import { uidFromJson } from '../parser/json-value.ts';
import { Entities, EntitiesError } from '../value/entities.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { CedarRecord } from '../value/record.ts';
import { members, requireShallow } from './call.ts';
import { type DetailedError, detailedError, plainError } from './detailed-error.ts';
import type { Failure } from './policies.ts';
import type { Argument } from './policy-argument.ts';

/** Arguments are what `JSON.stringify` would write of them. */
const OPTIONS = { asJson: true };

/** A uid such as `{ type, id }`; `what` is the member it was given as. */
export function uidArgument(value: unknown, what: string): Argument<EntityUid> {
  try {
    return { ok: true, value: uidFromJson(value) };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { ok: false, errors: [detailedError(error.diagnostic, error.text, `failed to parse ${what}`)] };
  }
}

/** A context without a schema. */
export function contextArgument(value: unknown): Argument<CedarRecord> {
  return reading(() => contextFromData(value, Place.root('context', 'while parsing context, '), OPTIONS));
}

const DESERIALIZATION = 'error during entity deserialization: ';

/** Entities without a schema, their ancestors computed. */
export function entitiesArgument(value: unknown): Argument<Entities> {
  return reading(() => Entities.from(entitiesFromData(value, OPTIONS)), DESERIALIZATION);
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
  if (error instanceof DataError) return plainError(`${prefix}${error.reason}`, error.help ?? null);
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

export type CheckParseAnswer = { readonly type: 'success' } | Failure;

export function checkParseAnswer(argument: Argument<unknown>): CheckParseAnswer {
  return argument.ok ? { type: 'success' } : { type: 'failure', errors: argument.errors };
}

/** Checks whether entities parse; `call` is `{ entities, schema? }`. */
export function checkParseEntities(call: unknown): CheckParseAnswer {
  requireShallow(call);
  const { entities, schema } = members(call, {
    name: 'EntitiesParsingCall',
    required: ['entities'],
    optional: ['schema'],
  });
  if (schema !== undefined && schema !== null) throw new Error('not implemented yet: entities with a schema');
  return checkParseAnswer(entitiesArgument(entities));
}

/** Checks whether a context parses; `call` is `{ context, schema?, action? }`. */
export function checkParseContext(call: unknown): CheckParseAnswer {
  requireShallow(call);
  const { context, schema } = members(call, {
    name: 'ContextParsingCall',
    required: ['context'],
    optional: ['schema', 'action'],
  });
  if (schema !== undefined && schema !== null) throw new Error('not implemented yet: context with a schema');
  return checkParseAnswer(contextArgument(context));
}
