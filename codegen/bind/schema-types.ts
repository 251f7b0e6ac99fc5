/**
 * Schema types — what a schema demands of the requests of one action, as data that programs are emitted from.
 */
import type { Schema } from '../../src/schema/schema.ts';
import type { AttributeType, SchemaType } from '../../src/schema/type.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import type { ContextKind, ContextLayout } from '../plan/context-layout.ts';
import type { RequestTypes } from '../plan/request-types.ts';

/** What fits whatever the entities: of an enumerated type not every id does. */
export function requestTypesOf(schema: Schema, action: EntityUid): RequestTypes {
  const entry = schema.actions.get(action.key);
  if (entry === undefined) return { principals: [], resources: [], needsContext: false, context: closedLayout([]) };
  const standard = (types: Iterable<string>) =>
    [...types].filter((type) => schema.entityTypes.get(type)?.kind === 'standard');
  return {
    principals: standard(entry.appliesToPrincipal),
    resources: standard(entry.appliesToResource),
    needsContext: [...entry.context.attributes.values()].some(({ required }) => required),
    context: closedLayout(entry.context.attributes),
  };
}

/** Contexts of exactly these attributes. */
function closedLayout(types: Iterable<readonly [name: string, type: AttributeType]>): ContextLayout {
  const attributes = Array.from(types, ([name, { type, required }]) => ({ name, kind: contextKind(type), required }));
  return { attributes, closed: true };
}

function contextKind({ kind }: SchemaType): ContextKind {
  return kind === 'bool' || kind === 'long' || kind === 'string' ? kind : 'none';
}
