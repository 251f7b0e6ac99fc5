/**
 * Prepare context — a context that is to be used again → a copy of it that requests can name instead.
 *
 * What was given may change afterwards, and getters are run once. What is copied are lists, sets, dates and plain objects; values of other classes never change.
 */
import { PreparedContext } from '../../../codegen/index.ts';
import { DataPath } from '../../parser/data/data-path.ts';
import { isPlainObject } from '../../parser/data/value.ts';
import type { Schema } from '../../schema/schema.ts';
import { UsageError } from '../../value/cedarmill-error.ts';
import { contextFromInput, typedContext } from './request-input.ts';
import { actionFromInput, type UidInput } from './uid-input.ts';

const CONTEXT = DataPath.root('context', 'while parsing context, ');

/** Throws `DataError`, `ConformanceError` and `UsageError`. */
export function prepareContext(
  context: object,
  action: UidInput | undefined,
  schema: Schema | undefined,
): PreparedContext {
  if (context === undefined)
    throw new UsageError('the context is missing', 'give an object; `{}` is the empty context');
  const data = copied(context, CONTEXT) as object;
  if (schema === undefined) {
    if (action !== undefined)
      throw new UsageError('contexts are checked for an action by a schema, and the engine has none', 'leave it out');
    contextFromInput(data);
  } else if (action !== undefined) typedContext(data, actionFromInput(action, schema), schema);
  return new PreparedContext(data);
}

function copied(given: unknown, place: DataPath): unknown {
  if (typeof given !== 'object' || given === null) return given;
  place.requireShallow();
  if (Array.isArray(given)) return Array.from(given, (element, i) => copied(element, place.at(i)));
  if (given instanceof Set) return new Set(Array.from(given, (element, i) => copied(element, place.at(i))));
  if (given instanceof Date) return new Date(given.getTime());
  if (!isPlainObject(given)) return given;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, copied(value, place.at(name))]));
}
