/**
 * Request check — whether requests fit a schema.
 */
import { type RequestTypes, requestTypesOf } from '../../../codegen/index.ts';
import type { Schema } from '../../schema/schema.ts';
import { checkRequest } from '../../validator/conformance/conformance.ts';
import { ConformanceError } from '../../validator/conformance/conformance-error.ts';
import type { EntityUid } from '../../value/entity-uid.ts';
import type { CedarRecord } from '../../value/record.ts';

import { typedContext } from './request-input.ts';
import { actionFromInput } from './uid-input.ts';

export class RequestCheck {
  readonly #schema: Schema;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** An action that goes by its id alone. Throws `DataError` where the schema has actions of several types. */
  actionOf<Read>(action: Read): Read | EntityUid {
    if (typeof action !== 'string' || action.includes('"')) return action;
    return actionFromInput(action, this.#schema);
  }

  /** The context as the schema reads it, if the request fits. Throws `DataError` and `ConformanceError`. */
  contextOf(context: object | undefined, principal: EntityUid, action: EntityUid, resource: EntityUid): CedarRecord {
    const record = typedContext(context, action, this.#schema);
    const wrong = checkRequest({ principal, action, resource, context: record }, this.#schema);
    if (wrong !== undefined) throw new ConformanceError(wrong);
    return record;
  }

  typesOf(action: EntityUid): RequestTypes {
    return requestTypesOf(this.#schema, action);
  }
}
