/**
 * Partial input — a request of which parts are unknown, as its asker has it.
 */

import { DataPath } from '../../parser/data/data-path.ts';
import { partialEntityFromData } from '../../parser/data/entities.ts';
import { ListedEntities } from '../../partial/partial-entities.ts';
import { type PartialRequest, type PartialUid, partialUid } from '../../partial/partial-request.ts';
import type { Schema } from '../../schema/schema.ts';
import { schemaGuide } from '../../validator/conformance/typed-data.ts';
import { typedContext } from './request-input.ts';
import { type TypeInput, typeOfInput } from './type-input.ts';
import { actionFromInput, type UidInput, uidFromInput } from './uid-input.ts';

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
