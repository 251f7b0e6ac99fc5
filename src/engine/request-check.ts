/**
 * Request check — whether requests fit a schema.
 */
import type { Schema } from '../schema/schema.ts';
import { checkRequest } from '../validator/conformance.ts';
import { ConformanceError } from '../validator/conformance-error.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { CedarRecord } from '../value/record.ts';
import { typedContext } from './request-input.ts';

export class RequestCheck {
  readonly #schema: Schema;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** The context as the schema reads it, if the request fits. Throws `DataError` and `ConformanceError`. */
  contextOf(context: object | undefined, principal: EntityUid, action: EntityUid, resource: EntityUid): CedarRecord {
    const record = typedContext(context, action, this.#schema);
    const wrong = checkRequest({ principal, action, resource, context: record }, this.#schema);
    if (wrong !== undefined) throw new ConformanceError(wrong);
    return record;
  }

  /** Whether all entities of the two types fit where one pair does: of an enumerated type not every id fits. */
  isAboutTypes(principal: EntityUid, resource: EntityUid): boolean {
    return [principal, resource].every(({ type }) => this.#schema.entityTypes.get(type)?.kind === 'standard');
  }
}
