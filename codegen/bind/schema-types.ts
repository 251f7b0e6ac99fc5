/**
 * Schema types — what a schema demands of the requests of one action, and of entities, as data that programs are emitted from.
 */
import type { Schema } from '../../src/schema/schema.ts';
import type { AttributeType, SchemaType } from '../../src/schema/type.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import type { ContextAttribute, ContextLayout } from '../plan/context-layout.ts';
import type { EntityAttribute, EntityLayout } from '../plan/entity-layout.ts';
import type { RequestTypes } from '../plan/request-types.ts';

/** What fits whatever the entities: of an enumerated type not every id does. */
export function requestTypesOf(schema: Schema, action: EntityUid): RequestTypes {
  const entry = schema.actions.get(action.key);
  if (entry === undefined)
    return { principals: [], resources: [], needsContext: false, context: closedLayout([], schema) };
  const standard = (types: Iterable<string>) =>
    [...types].filter((type) => schema.entityTypes.get(type)?.kind === 'standard');
  return {
    principals: standard(entry.appliesToPrincipal),
    resources: standard(entry.appliesToResource),
    needsContext: [...entry.context.attributes.values()].some(({ required }) => required),
    context: closedLayout(entry.context.attributes, schema),
  };
}

/** The layouts of all types whose entities have attributes. */
export function entityLayoutsOf({ entityTypes }: Schema): readonly EntityLayout[] {
  return [...entityTypes.values()].flatMap((entry) => {
    if (entry.kind !== 'standard') return [];
    const attributes = Array.from(entry.attributes.attributes, ([name, { type, required }]): EntityAttribute => {
      if (type.kind === 'entity' && entityTypes.get(type.name)?.kind === 'standard')
        return { name, kind: 'entity', target: type.name, required };
      return { name, kind: isPrimitive(type.kind) ? type.kind : 'declared', required };
    });
    return [{ type: entry.name, attributes }];
  });
}

function isPrimitive(kind: SchemaType['kind']): kind is 'bool' | 'long' | 'string' {
  return kind === 'bool' || kind === 'long' || kind === 'string';
}

/** Contexts of exactly these attributes. */
function closedLayout(types: Iterable<readonly [name: string, type: AttributeType]>, schema: Schema): ContextLayout {
  const attributes = Array.from(types, ([name, { type, required }]) => ({
    name,
    ...contextKind(type, schema),
    required,
  }));
  return { attributes, closed: true };
}

function contextKind(type: SchemaType, { entityTypes }: Schema): Pick<ContextAttribute, 'kind' | 'target'> {
  if (isPrimitive(type.kind)) return { kind: type.kind };
  if (type.kind === 'ext') return { kind: type.name === 'ipaddr' ? 'ip' : type.name };
  const isStandard = type.kind === 'entity' && entityTypes.get(type.name)?.kind === 'standard';
  return isStandard ? { kind: 'entity', target: type.name } : { kind: 'none' };
}
