/**
 * Request input — a request as its asker has it.
 */

import { PreparedContext } from '../../../codegen/index.ts';
import { DataError, DataPath } from '../../parser/data/data-path.ts';
import { contextFromData, isPlainObject, valueFromData } from '../../parser/data/value.ts';
import type { Schema } from '../../schema/schema.ts';
import { checkRequest } from '../../validator/conformance/conformance.ts';
import { ConformanceError, undeclaredRequestAction } from '../../validator/conformance/conformance-error.ts';
import { typedContextFromData } from '../../validator/conformance/typed-data.ts';
import { UsageError } from '../../value/cedarmill-error.ts';
import type { EntityUid } from '../../value/entity-uid.ts';
import { CedarRecord } from '../../value/record.ts';
import type { Request } from '../../value/request.ts';
import type { Value } from '../../value/value.ts';
import { actionFromInput, type UidInput, uidFromInput } from './uid-input.ts';

export interface RequestInput {
  readonly principal: UidInput;
  readonly action: UidInput;
  readonly resource: UidInput;
  /** A plain object, a record, or what `prepareContext` gave; no context is the empty one. Longs beyond 2^53 are bigints. */
  readonly context?: object | undefined;
}

const CONTEXT = DataPath.root('context', 'while parsing context, ');

/** Throws `DataError` with the path to what is not a value of the language. */
export function contextFromInput(context: object | undefined): CedarRecord {
  if (context === undefined) return CedarRecord.empty;
  return contextFromData(preparedOrGiven(context), CONTEXT);
}

/** What a program needs of a context: the attributes that it reads, and the names of all for its messages. */
export interface TakenContext {
  readonly record: CedarRecord;
  readonly names: readonly string[] | undefined;
}

/**
 * The part of a context that has these attributes, or the whole if none are named; the values of others are not looked at. A context has the members
 * that JSON would see: its own, enumerable, under texts.
 *
 * A context that is an escape (one member `__entity`, `__extn` or `__expr`) is not a record and is read as a whole.
 */
export function takeContext(given: object, attributes: ReadonlySet<string> | undefined): TakenContext {
  const context = preparedOrGiven(given);
  if (attributes === undefined || !isPlain(context)) {
    return { record: contextFromInput(context), names: undefined };
  }
  const names = Object.keys(context);
  const isEscape = names.length === 1 && names[0]!.startsWith('__e');
  if (isEscape) return { record: contextFromInput(context), names: undefined };
  const fields = new Map<string, Value>();
  for (const name of names)
    if (attributes.has(name))
      fields.set(name, valueFromData((context as Record<string, unknown>)[name], CONTEXT.at(name)));
  return { record: new CedarRecord(fields), names };
}

function isPlain(context: object): boolean {
  return isObject(context) && !Array.isArray(context) && isPlainObject(context);
}

/** Whoever asks from JavaScript may give anything. */
function preparedOrGiven(context: object): object {
  return (isObject(context) ? PreparedContext.dataOf(context) : undefined) ?? context;
}

function isObject(given: unknown): boolean {
  return typeof given === 'object' && given !== null;
}

/** The same as one record: what no policy reads stands in it for its name, which messages tell. */
function recordOf({ record, names }: TakenContext): CedarRecord {
  if (names === undefined) return record;
  return new CedarRecord(new Map(names.map((name) => [name, record.get(name) ?? false])));
}

/** A context of the type that the schema gives it for the action. Throws `DataError` and `ConformanceError`. */
export function typedContext(context: object | undefined, action: EntityUid, schema: Schema): CedarRecord {
  const type = schema.actions.get(action.key)?.context;
  if (type === undefined) throw new ConformanceError(undeclaredRequestAction(action, schema));
  return typedContextFromData(context === undefined ? {} : preparedOrGiven(context), type, CONTEXT);
}

/** For queries that go through many actions: a context that does not fit one of them is not an error. */
export function contextIfFits(context: object, action: EntityUid, schema: Schema): CedarRecord | undefined {
  try {
    return typedContext(context, action, schema);
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}

/** Throws `ConformanceError`. */
export function requireConforming(request: Request, schema: Schema): void {
  const wrong = checkRequest(request, schema);
  if (wrong !== undefined) throw new ConformanceError(wrong);
}

/** How requests are read. */
export interface RequestReading {
  /** With a schema, requests are read and checked by it as a whole. */
  readonly schema?: Schema | undefined;
  /** Without one, the attributes of the context that some policy reads; `undefined` stands for all. */
  readonly attributes?: ReadonlySet<string> | undefined;
}

/** The request as the model takes it. Throws `DataError`, `ConformanceError` and `UsageError`. */
export function requestFromInput(input: RequestInput, { schema, attributes }: RequestReading): Request {
  requireRequest(input);
  const { principal, action, resource, context } = input;
  const uids = {
    principal: uidFromInput(principal, 'principal'),
    action: schema === undefined ? uidFromInput(action, 'action') : actionFromInput(action, schema),
    resource: uidFromInput(resource, 'resource'),
  };
  if (schema === undefined)
    return { ...uids, context: context === undefined ? CedarRecord.empty : recordOf(takeContext(context, attributes)) };
  const request = { ...uids, context: typedContext(context, uids.action, schema) };
  requireConforming(request, schema);
  return request;
}

/** Throws `UsageError` for a request that was forgotten. */
export function requireRequest(request: unknown): asserts request is RequestInput {
  if (typeof request === 'object' && request !== null) return;
  const what = request === undefined ? 'missing' : `\`${request === null ? null : typeof request}\``;
  throw new UsageError(`the request is ${what}`, 'give `{ principal, action, resource, context }`');
}
