/**
 * JSON — reads a schema in the JSON format.
 *
 *     JSON text or value → Fragment, or the first problem with the path to it
 *
 * Unknown members, nulls, duplicates and members that do not belong to a type are refused.
 *
 * Docs: JSON schema format
 */
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import { compareCodePoints } from '../../value/code-point.ts';
import { JsonSyntaxError, parseJson } from '../../value/json.ts';
import {
  type ActionDeclaration,
  type ActionReference,
  type AppliesTo,
  type CommonTypeDeclaration,
  EMPTY_RECORD,
  type EntityTypeDeclaration,
  type Fragment,
  type NamespaceDeclaration,
  NO_ANNOTATIONS,
  type SchemaAnnotations,
  type TypeExpression,
  type TypeName,
} from '../declaration.ts';
import { jsonError } from '../error.ts';
import {
  below,
  readBoolean,
  readEntries,
  readList,
  readMap,
  readString,
  readStruct,
  SchemaJsonError,
  type Struct,
} from './json-form.ts';
import { readCommonTypeName, readEntityTypeName, readName, readNamespaceName } from './json-name.ts';
import { readAnnotatedType, readAnnotations, readType } from './json-type.ts';

export interface FragmentOfJson {
  readonly fragment: Fragment | undefined;
  readonly diagnostic: Diagnostic | undefined;
}

/** Reads a schema from JSON text or from a parsed JSON value. */
export function fragmentFromJson(json: unknown): FragmentOfJson {
  try {
    const value = typeof json === 'string' ? parseJson(json) : json;
    return { fragment: readFragment(value), diagnostic: undefined };
  } catch (error) {
    if (error instanceof SchemaJsonError) return { fragment: undefined, diagnostic: error.diagnostic };
    if (error instanceof JsonSyntaxError) return { fragment: undefined, diagnostic: jsonError(error.message, '') };
    throw error;
  }
}

function readFragment(value: unknown): Fragment {
  const namespaces = readEntries(value, '').map(([name, body]): [string, NamespaceDeclaration] => [
    name,
    readNamespace(body, below('', name)),
  ]);
  for (const [name, declared] of namespaces.sort(([a], [b]) => compareCodePoints(a, b))) {
    if (name !== '') readNamespaceName(name, '');
    else if (declared.annotations.size > 0)
      throw new SchemaJsonError('annotations are not allowed on the empty namespace', '/');
  }
  return new Map(namespaces);
}

const NAMESPACE: Struct<NamespaceDeclaration> = {
  name: 'NamespaceDefinition',
  members: {
    commonTypes: (value, path) => readMap(value, path, readCommonTypeName, readCommonTypeDeclaration),
    entityTypes: (value, path) => readMap(value, path, readEntityTypeName, readEntityType),
    actions: (value, path) => readMap(value, path, (name) => name, readAction),
    annotations: readAnnotations,
  },
  optional: ['commonTypes', 'annotations'],
};

function readNamespace(value: unknown, path: string): NamespaceDeclaration {
  const {
    commonTypes = new Map(),
    entityTypes,
    actions,
    annotations = NO_ANNOTATIONS,
  } = readStruct(value, path, NAMESPACE);
  return { commonTypes, entityTypes: entityTypes!, actions: actions!, annotations };
}

function readCommonTypeDeclaration(value: unknown, path: string): CommonTypeDeclaration {
  const { type, annotations } = readAnnotatedType(value, path);
  return { type, annotations, span: undefined };
}

interface EntityTypeMembers {
  memberOfTypes: TypeName[];
  shape: TypeExpression;
  tags: TypeExpression;
  enum: string[];
  external: boolean;
  annotations: SchemaAnnotations;
}

const ENTITY_TYPE: Struct<EntityTypeMembers> = {
  name: 'Everything',
  members: {
    memberOfTypes: (value, path) => readList(value, path, readName),
    shape: (value, path) => readType(value, path),
    tags: (value, path) => readType(value, path),
    enum: readEnum,
    external: readBoolean,
    annotations: readAnnotations,
  },
  optional: ['memberOfTypes', 'shape', 'tags', 'enum', 'external', 'annotations'],
};

function readEntityType(value: unknown, path: string): EntityTypeDeclaration {
  const members = readStruct(value, path, ENTITY_TYPE);
  const { memberOfTypes: parents = [], shape = EMPTY_RECORD, tags, annotations = NO_ANNOTATIONS } = members;
  if (members.external === true) {
    refuseMembers(members, ['shape', 'tags', 'enum'], 'unexpected field on an external entity type', path);
    return { kind: 'external', parents, annotations, span: undefined };
  }
  if (members.enum === undefined) return { kind: 'standard', parents, shape, tags, annotations, span: undefined };
  refuseMembers(members, ['memberOfTypes', 'shape', 'tags'], 'unexpected field', path);
  return { kind: 'enum', ids: members.enum, annotations, span: undefined };
}

function refuseMembers<M extends object>(members: M, names: readonly (keyof M)[], message: string, path: string): void {
  const misplaced = names.filter((name) => members[name] !== undefined);
  if (misplaced.length > 0) throw new SchemaJsonError(`${message}: ${misplaced.join(', ')}`, path);
}

function readEnum(value: unknown, path: string): string[] {
  const ids = readList(value, path, (each, at) => readString(each, at));
  if (ids.length === 0)
    throw new SchemaJsonError('the vector provided was empty, NonEmpty needs at least one element', path);
  return ids;
}

interface ActionMembers {
  attributes: boolean;
  appliesTo: AppliesTo | undefined;
  memberOf: ActionReference[] | undefined;
  external: boolean;
  annotations: SchemaAnnotations;
}

const ACTION: Struct<ActionMembers> = {
  name: 'ActionType',
  members: {
    attributes: (value, path) => value !== null && readEntries(value, path).length >= 0,
    appliesTo: (value, path) => (value === null ? undefined : readAppliesTo(value, path)),
    memberOf: (value, path) => (value === null ? undefined : readList(value, path, readActionReference)),
    // For an action, null means the same as an absent member; for an entity type it does not.
    external: (value, path) => value !== null && readBoolean(value, path),
    annotations: readAnnotations,
  },
  optional: ['attributes', 'appliesTo', 'memberOf', 'external', 'annotations'],
};

function readAction(value: unknown, path: string): ActionDeclaration {
  const members = readStruct(value, path, ACTION);
  const { attributes = false, appliesTo, memberOf, external = false, annotations = NO_ANNOTATIONS } = members;
  if (external) {
    const given = { attributes: attributes || undefined, appliesTo };
    refuseMembers(given, ['attributes', 'appliesTo'], 'unexpected field on an external action', path);
  }
  return { external, parents: memberOf, appliesTo, hasAttributes: attributes, annotations, span: undefined };
}

interface AppliesToMembers {
  resourceTypes: TypeName[];
  principalTypes: TypeName[];
  context: TypeExpression;
}

const APPLIES_TO: Struct<AppliesToMembers> = {
  name: 'ApplySpec',
  members: {
    resourceTypes: (value, path) => readList(value, path, readName),
    principalTypes: (value, path) => readList(value, path, readName),
    context: (value, path) => readType(value, path),
  },
  optional: ['context'],
};

function readAppliesTo(value: unknown, path: string): AppliesTo {
  const { resourceTypes, principalTypes, context = EMPTY_RECORD } = readStruct(value, path, APPLIES_TO);
  return { principals: principalTypes!, resources: resourceTypes!, context };
}

interface ReferenceMembers {
  id: string;
  type: TypeName | undefined;
}

const ACTION_REFERENCE: Struct<ReferenceMembers> = {
  name: 'ActionEntityUID',
  members: {
    id: (value, path) => readString(value, path),
    type: (value, path) => (value === null ? undefined : readName(value, path)),
  },
  optional: ['type'],
};

function readActionReference(value: unknown, path: string): ActionReference {
  const { id, type } = readStruct(value, path, ACTION_REFERENCE);
  return { type, id: id!, span: undefined };
}
