/**
 * Partial input — a request of which parts are unknown, as its asker has it.
 */

import { DataError, DataPath } from '../../parser/data/data-path.ts';
import { partialEntityFromData } from '../../parser/data/entities.ts';
import { ListedEntities } from '../../partial/partial-entities.ts';
import { type PartialRequest, type PartialUid, partialUid } from '../../partial/partial-request.ts';
import type { Schema } from '../../schema/schema.ts';
import { schemaGuide } from '../../validator/conformance/typed-data.ts';
import { EntityUid } from '../../value/entity-uid.ts';
import type { CedarRecord } from '../../value/record.ts';
import { typedContext } from './request-input.ts';
import { actionFromInput, type UidInput, uidFromInput } from './uid-input.ts';

/** An entity of which only the type is known: `{ type: 'Doc' }`, or the type's name alone. */
export type TypeInput = string | { readonly type: string; readonly id?: undefined };

/** One entity of which parts may be unknown: `attrs`, `parents` and `tags` that are left out. `exists` tells that it is there, whatever it has. */
export interface PartialEntityInput {
  readonly uid: UidInput;
  readonly attrs?: object | null | undefined;
  readonly parents?: readonly UidInput[] | null | undefined;
  readonly tags?: object | null | undefined;
  readonly exists?: boolean | undefined;
}

export interface PartialRequestInput {
  readonly principal: UidInput | TypeInput;
  readonly action: UidInput;
  readonly resource: UidInput | TypeInput;
  /** Unknown if it is left out. */
  readonly context?: object | undefined;
}

/** A uid, or the name of a type: text without quotes, or an object without `id`. Throws `DataError`. */
export function partialUidFromInput(input: UidInput | TypeInput, name: string): PartialUid {
  const type = typeOfInput(input);
  return type === undefined ? partialUid(uidFromInput(input as UidInput, name)) : { type, uid: undefined };
}

/** The type, if there is no id. */
function typeOfInput(input: UidInput | TypeInput): string | undefined {
  if (typeof input === 'string') return input.includes('"') ? undefined : input;
  if (input instanceof EntityUid || typeof input !== 'object' || input === null || '__entity' in input)
    return undefined;
  return 'id' in input && input.id !== undefined ? undefined : typeof input.type === 'string' ? input.type : undefined;
}

/** Throws `DataError` where an id is given as well. */
export function typeFromInput(input: TypeInput, name: string): string {
  const type = typeOfInput(input);
  if (type !== undefined) return type;
  throw new DataError(DataPath.root(name, ''), `expected the name of an entity type, such as \`{ type: 'Doc' }\``);
}

/** Throws `DataError` and `ConformanceError`. */
export function partialRequestFromInput(request: PartialRequestInput, schema: Schema): PartialRequest {
  const action = actionFromInput(request.action, schema);
  const { context } = request;
  return {
    principal: partialUidFromInput(request.principal, 'principal'),
    action,
    resource: partialUidFromInput(request.resource, 'resource'),
    context: context === undefined ? undefined : typedContext(context, action, schema),
  };
}

/** Throws `DataError`, `ConformanceError` and `EntitiesError`. */
export function partialEntitiesFromInput(entities: readonly object[], schema: Schema): ListedEntities {
  const path = DataPath.root('entities', '');
  const guide = schemaGuide(schema);
  const read = entities.map((each, i) => partialEntityFromData(each, path.at(i), { guide }));
  return ListedEntities.from(read, schema);
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
