/**
 * To JSON — writes a fragment in the JSON schema format.
 *
 * What is empty by default is left out. Objects take any name for a member, `__proto__` too.
 *
 * Docs: JSON schema format
 */
import { unreachable } from '../../value/unreachable.ts';
import {
  type ActionDeclaration,
  type ActionReference,
  type AppliesTo,
  type AttributeDeclaration,
  type EntityTypeDeclaration,
  type Fragment,
  isEmptyRecord,
  type NamespaceDeclaration,
  type SchemaAnnotations,
  type TypeExpression,
} from '../declaration.ts';

/** A JSON value as `JSON.stringify` takes it. */
export type Json = string | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json;
}

/**
 * Writes a fragment as a JSON value.
 *
 *     fragmentToJson(parseFragment('entity User;').fragment)   // { '': { entityTypes: { User: {} }, actions: {} } }
 */
export function fragmentToJson(fragment: Fragment): JsonObject {
  return object(fragment, namespaceToJson);
}

function namespaceToJson({ commonTypes, entityTypes, actions, annotations }: NamespaceDeclaration): JsonObject {
  return {
    ...(commonTypes.size > 0
      ? {
          commonTypes: object(commonTypes, ({ type, annotations }) => ({
            ...typeToJson(type),
            ...annotated(annotations),
          })),
        }
      : {}),
    entityTypes: object(entityTypes, entityTypeToJson),
    actions: object(actions, actionToJson),
    ...annotated(annotations),
  };
}

function entityTypeToJson(declaration: EntityTypeDeclaration): JsonObject {
  if (declaration.kind === 'enum') return { enum: declaration.ids, ...annotated(declaration.annotations) };
  const { parents, annotations } = declaration;
  const memberOfTypes = parents.length > 0 ? { memberOfTypes: parents.map(({ name }) => name) } : {};
  if (declaration.kind === 'external') return { ...memberOfTypes, external: true, ...annotated(annotations) };
  const { shape, tags } = declaration;
  return {
    ...memberOfTypes,
    ...(isEmptyRecord(shape) ? {} : { shape: typeToJson(shape) }),
    ...(tags === undefined ? {} : { tags: typeToJson(tags) }),
    ...annotated(annotations),
  };
}

function actionToJson({ external, parents, appliesTo, annotations }: ActionDeclaration): JsonObject {
  return {
    ...(appliesTo === undefined ? {} : { appliesTo: appliesToToJson(appliesTo) }),
    ...(parents === undefined ? {} : { memberOf: parents.map(referenceToJson) }),
    ...(external ? { external: true } : {}),
    ...annotated(annotations),
  };
}

function appliesToToJson({ principals, resources, context }: AppliesTo): JsonObject {
  return {
    resourceTypes: resources.map(({ name }) => name),
    principalTypes: principals.map(({ name }) => name),
    ...(isEmptyRecord(context) ? {} : { context: typeToJson(context) }),
  };
}

function referenceToJson({ type, id }: ActionReference): JsonObject {
  return type === undefined ? { id } : { id, type: type.name };
}

function typeToJson(type: TypeExpression): JsonObject {
  switch (type.kind) {
    case 'bool':
      return { type: 'Boolean' };
    case 'long':
      return { type: 'Long' };
    case 'string':
      return { type: 'String' };
    case 'set':
      return { type: 'Set', element: typeToJson(type.element) };
    case 'record':
      return {
        type: 'Record',
        attributes: object(type.attributes, attributeToJson),
        ...(type.open ? { additionalAttributes: true } : {}),
      };
    case 'entity':
      return { type: 'Entity', name: type.name.name };
    case 'entityOrCommon':
      return { type: 'EntityOrCommon', name: type.name.name };
    case 'common':
      return { type: type.name.name };
    case 'extension':
      return { type: 'Extension', name: type.name };
    default:
      return unreachable(type);
  }
}

function attributeToJson({ type, required, annotations }: AttributeDeclaration): JsonObject {
  return { ...typeToJson(type), ...annotated(annotations), ...(required ? {} : { required: false }) };
}

function annotated(annotations: SchemaAnnotations): JsonObject {
  return annotations.size === 0 ? {} : { annotations: object(annotations, (value) => value ?? null) };
}

function object<T>(map: ReadonlyMap<string, T>, write: (value: T) => Json): JsonObject {
  return Object.fromEntries([...map].map(([name, value]) => [name, write(value)]));
}
