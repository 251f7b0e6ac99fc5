/**
 * JSON type — reads a type of the JSON schema format.
 *
 * `type` says which; a word that is not a keyword names a common type. Members that do not belong to that type are refused.
 *
 * Docs: JSON schema format: Attribute specification
 */
import {
  type AttributeDeclaration,
  NO_ANNOTATIONS,
  type SchemaAnnotations,
  type TypeExpression,
} from '../declaration.ts';
import { TYPE_NESTING_LIMIT } from '../name.ts';
import { below, readBoolean, readEntries, readMap, readString, SchemaJsonError, unknownField } from './json-form.ts';
import { readAnnotationName, readExtensionName, readReference } from './json-name.ts';

/** What the members of a type say, before it is known which of them belong to it. */
interface TypeMembers {
  type?: string;
  element?: TypeExpression;
  attributes?: ReadonlyMap<string, AttributeDeclaration>;
  additionalAttributes?: boolean;
  name?: string;
}

const MEMBERS = ['type', 'element', 'attributes', 'additionalAttributes', 'name'] as const;

const PRIMITIVES = { String: { kind: 'string' }, Long: { kind: 'long' }, Boolean: { kind: 'bool' } } as const;

const EXPECTED = 'builtin type or reference to type defined in commonTypes';

export function readType(value: unknown, path: string, depth = 1): TypeExpression {
  if (depth > TYPE_NESTING_LIMIT)
    throw new SchemaJsonError(`types are nested more than ${TYPE_NESTING_LIMIT} deep`, path);
  return typeOf(readMembers(readEntries(value, path, EXPECTED), path, depth), path);
}

/** A type with annotations among its members. */
export function readAnnotatedType(
  value: unknown,
  path: string,
): { readonly type: TypeExpression; readonly annotations: SchemaAnnotations } {
  return readWithExtras(value, path, 'struct CommonType', ['annotations'], 0);
}

function readAttribute(value: unknown, path: string, depth: number): AttributeDeclaration {
  return readWithExtras(value, path, 'struct TypeOfAttribute', ['annotations', 'required'], depth);
}

/** What may stand among the members of a type is read first. */
function readWithExtras(
  value: unknown,
  path: string,
  expected: string,
  extras: readonly string[],
  depth: number,
): AttributeDeclaration {
  let annotations = NO_ANNOTATIONS;
  let required = true;
  const members = readEntries(value, path, expected).filter(([key, member]) => {
    if (!extras.includes(key)) return true;
    if (key === 'annotations') annotations = readAnnotations(member, `${path}/annotations`);
    else required = readBoolean(member, `${path}/required`);
    return false;
  });
  if (depth >= TYPE_NESTING_LIMIT)
    throw new SchemaJsonError(`types are nested more than ${TYPE_NESTING_LIMIT} deep`, path);
  return { type: typeOf(readMembers(members, path, depth + 1), path), required, annotations };
}

export function readAnnotations(value: unknown, path: string): SchemaAnnotations {
  return readMap(value, path, readAnnotationName, (each, at) => (each === null ? undefined : readString(each, at)));
}

function readMembers(entries: readonly [string, unknown][], path: string, depth: number): TypeMembers {
  const found: TypeMembers = Object.create(null);
  for (const [key, value] of entries) {
    const at = below(path, key);
    if (key === 'type') found.type = readString(value, at);
    else if (key === 'element') found.element = readType(value, at, depth + 1);
    else if (key === 'attributes') found.attributes = readAttributes(value, at, depth);
    else if (key === 'additionalAttributes') found.additionalAttributes = readBoolean(value, at);
    else if (key === 'name') found.name = readString(value, at);
    else throw unknownField(key, MEMBERS, path);
  }
  return found;
}

function readAttributes(value: unknown, path: string, depth: number): Map<string, AttributeDeclaration> {
  return readMap(
    value,
    path,
    (name) => name,
    (each, at) => readAttribute(each, at, depth),
  );
}

function typeOf(members: TypeMembers, path: string): TypeExpression {
  switch (members.type) {
    case undefined:
      throw new SchemaJsonError('missing field `type`', path);
    case 'String':
    case 'Long':
    case 'Boolean':
      refuseOthers(members, [], path);
      return PRIMITIVES[members.type];
    case 'Set':
      refuseOthers(members, ['element'], path);
      return { kind: 'set', element: need(members.element, 'element', path) };
    case 'Record':
      refuseOthers(members, ['attributes', 'additionalAttributes'], path);
      return {
        kind: 'record',
        attributes: need(members.attributes, 'attributes', path),
        open: members.additionalAttributes ?? false,
      };
    case 'Entity':
      return { kind: 'entity', name: readReference(onlyName(members, path), 'entity type', path) };
    case 'EntityOrCommon':
      return { kind: 'entityOrCommon', name: readReference(onlyName(members, path), 'entity or common type', path) };
    case 'Extension':
      return { kind: 'extension', name: readExtensionName(onlyName(members, path), path) };
    default:
      refuseOthers(members, [], path);
      return { kind: 'common', name: readReference(members.type, 'common type', path) };
  }
}

function onlyName(members: TypeMembers, path: string): string {
  refuseOthers(members, ['name'], path);
  return need(members.name, 'name', path);
}

function refuseOthers(members: TypeMembers, allowed: readonly string[], path: string): void {
  for (const name of MEMBERS)
    if (name !== 'type' && members[name] !== undefined && !allowed.includes(name))
      throw unknownField(name, allowed, path);
}

function need<T>(member: T | undefined, name: string, path: string): T {
  if (member === undefined) throw new SchemaJsonError(`missing field \`${name}\``, path);
  return member;
}
