/**
 * Request check — whether requests fit a schema.
 */
import type { ContextKind, ContextLayout, RequestTypes } from '../../../codegen/index.ts';
import type { Schema } from '../../schema/schema.ts';
import type { AttributeType, SchemaType } from '../../schema/type.ts';
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

  /** What fits whatever the entities: of an enumerated type not every id does. */
  typesOf(action: EntityUid): RequestTypes {
    const entry = this.#schema.actions.get(action.key);
    if (entry === undefined) return { principals: [], resources: [], needsContext: false, context: closedLayout([]) };
    const standard = (types: Iterable<string>) =>
      [...types].filter((type) => this.#schema.entityTypes.get(type)?.kind === 'standard');
    return {
      principals: standard(entry.appliesToPrincipal),
      resources: standard(entry.appliesToResource),
      needsContext: [...entry.context.attributes.values()].some(({ required }) => required),
      context: closedLayout(entry.context.attributes),
    };
  }
}

/** Contexts of exactly these attributes. */
function closedLayout(types: Iterable<readonly [name: string, type: AttributeType]>): ContextLayout {
  const attributes = Array.from(types, ([name, { type, required }]) => ({ name, kind: contextKind(type), required }));
  return { attributes, closed: true };
}

function contextKind({ kind }: SchemaType): ContextKind {
  return kind === 'bool' || kind === 'long' || kind === 'string' ? kind : 'none';
}
