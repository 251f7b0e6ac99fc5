/**
 * To fragment — a resolved schema as declarations again: all names in full, common types inlined, ancestors in place of parents, no annotations.
 *
 *     Schema → Fragment, which resolves to the same schema
 */
import { unreachable } from '../value/unreachable.ts';
import type {
  ActionDeclaration,
  AppliesTo,
  AttributeDeclaration,
  EntityTypeDeclaration,
  Fragment,
  NamespaceDeclaration,
  RecordExpression,
  TypeExpression,
  TypeName,
} from './declaration.ts';
import { NO_ANNOTATIONS } from './declaration.ts';
import { compareUids } from './link.ts';
import { basename, compareNames } from './name.ts';
import type { ActionEntry, EntityTypeEntry, Schema } from './schema.ts';
import type { RecordType, SchemaType } from './type.ts';

interface OpenNamespace {
  readonly entityTypes: Map<string, EntityTypeDeclaration>;
  readonly actions: Map<string, ActionDeclaration>;
}

/** The declarations that a schema was made of, as far as it still knows them. */
export function schemaToFragment({ entityTypes, actions }: Schema): Fragment {
  const namespaces = new Map<string, OpenNamespace>();
  const namespaceOf = (name: string): OpenNamespace => {
    const namespace = name.slice(0, Math.max(0, name.lastIndexOf('::')));
    const found = namespaces.get(namespace) ?? { entityTypes: new Map(), actions: new Map() };
    namespaces.set(namespace, found);
    return found;
  };
  for (const [name, entry] of entityTypes) namespaceOf(name).entityTypes.set(basename(name), entityTypeOf(entry));
  for (const entry of actions.values()) namespaceOf(entry.uid.type).actions.set(entry.uid.id, actionOf(entry));
  return new Map([...namespaces].map(([name, declared]): [string, NamespaceDeclaration] => [name, complete(declared)]));
}

function complete({ entityTypes, actions }: OpenNamespace): NamespaceDeclaration {
  return { commonTypes: new Map(), entityTypes, actions, annotations: NO_ANNOTATIONS };
}

const NOTHING_MORE = { annotations: NO_ANNOTATIONS, span: undefined };

function entityTypeOf(entry: EntityTypeEntry): EntityTypeDeclaration {
  if (entry.kind === 'enum') return { kind: 'enum', ids: entry.ids, ...NOTHING_MORE };
  const parents = names(entry.ancestors);
  if (entry.kind === 'external') return { kind: 'external', parents, ...NOTHING_MORE };
  const tags = entry.tags === undefined ? undefined : typeOf(entry.tags);
  return { kind: 'standard', parents, shape: recordOf(entry.attributes), tags, ...NOTHING_MORE };
}

function actionOf(entry: ActionEntry): ActionDeclaration {
  const parents = [...entry.ancestors].sort(compareUids).map(({ type, id }) => ({
    type: { name: type, span: undefined },
    id,
    span: undefined,
  }));
  return {
    external: entry.external,
    parents: parents.length === 0 ? undefined : parents,
    appliesTo: entry.external ? undefined : appliesToOf(entry),
    hasAttributes: false,
    ...NOTHING_MORE,
  };
}

function appliesToOf({ appliesToPrincipal, appliesToResource, context }: ActionEntry): AppliesTo {
  return { principals: names(appliesToPrincipal), resources: names(appliesToResource), context: recordOf(context) };
}

function names(types: Iterable<string>): TypeName[] {
  return [...types].sort(compareNames).map((name) => ({ name, span: undefined }));
}

function recordOf({ attributes }: RecordType): RecordExpression {
  const declared = [...attributes].map(([name, { type, required }]): [string, AttributeDeclaration] => [
    name,
    { type: typeOf(type), required, annotations: NO_ANNOTATIONS },
  ]);
  return { kind: 'record', attributes: new Map(declared), open: false };
}

function typeOf(type: SchemaType): TypeExpression {
  switch (type.kind) {
    case 'bool':
    case 'long':
    case 'string':
      return { kind: type.kind };
    case 'entity':
      return { kind: 'entityOrCommon', name: { name: type.name, span: undefined } };
    case 'set':
      return { kind: 'set', element: typeOf(type.element) };
    case 'record':
      return recordOf(type);
    case 'ext':
      return { kind: 'extension', name: type.name };
    default:
      return unreachable(type);
  }
}
