/**
 * Print — writes a fragment in Cedar's own schema format.
 *
 *     Fragment → text, or why text cannot say it
 *
 * Declarations go sorted by kind and name; builtin types that JSON named by keyword go as `__cedar::…`; an action that applies to no principal
 * or no resource loses its `appliesTo`, because text has no empty lists.
 *
 * Grammar: Schema
 */
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import { quote } from '../../value/quote.ts';
import { unreachable } from '../../value/unreachable.ts';
import {
  type ActionDeclaration,
  type ActionReference,
  type AppliesTo,
  type EntityTypeDeclaration,
  type Fragment,
  isEmptyRecord,
  type NamespaceDeclaration,
  qualify,
  type RecordExpression,
  type SchemaAnnotations,
  sortedEntries,
  type TypeExpression,
  type TypeName,
} from '../declaration.ts';
import { collidingNames, unprintableShape } from '../error.ts';
import { ACTION, compareNames, isReservedName, nameProblem } from '../name.ts';

export type PrintedFragment =
  | { readonly text: string; readonly diagnostic?: undefined }
  | { readonly text?: undefined; readonly diagnostic: Diagnostic };

/**
 * Writes a fragment as schema text.
 *
 *     printFragment(parseFragmentJson({ '': { entityTypes: { User: {} }, actions: {} } }).fragment)   // { text: 'entity User;\n' }
 */
export function printFragment(fragment: Fragment): PrintedFragment {
  const namespaces = [...fragment].sort(([a], [b]) => compareNamespaces(a, b));
  const diagnostic = unprintable(namespaces);
  if (diagnostic !== undefined) return { diagnostic };
  return { text: namespaces.map(([name, declared]) => printNamespace(name, declared)).join('\n') };
}

/** The unnamed namespace first; the others by their last part, then by what is before it. */
function compareNamespaces(a: string, b: string): number {
  if (a === '' || b === '') return a.length - b.length;
  return compareNames(a, b);
}

function unprintable(namespaces: readonly [string, NamespaceDeclaration][]): Diagnostic | undefined {
  const colliding = namespaces.flatMap(([namespace, { entityTypes, commonTypes }]) =>
    namespace === '' ? [] : sortedNames(entityTypes, (name) => commonTypes.has(name), namespace),
  );
  if (colliding.length > 0) return collidingNames(colliding);
  const shapes = namespaces.flatMap(([namespace, { entityTypes }]) =>
    sortedNames(entityTypes, (_, type) => type.kind === 'standard' && type.shape.kind !== 'record', namespace),
  );
  return shapes.length > 0 ? unprintableShape(shapes) : undefined;
}

function sortedNames<T>(
  map: ReadonlyMap<string, T>,
  where: (name: string, value: T) => boolean,
  namespace: string,
): string[] {
  return sortedEntries(map)
    .filter(([name, value]) => where(name, value))
    .map(([name]) => qualify(namespace, name));
}

function printNamespace(name: string, declared: NamespaceDeclaration): string {
  if (name === '') return printDeclarations(declared, '');
  return `${printAnnotations(declared.annotations, '')}namespace ${name} {\n${printDeclarations(declared, INDENT)}}\n`;
}

const INDENT = '  ';

function printDeclarations({ commonTypes, entityTypes, actions }: NamespaceDeclaration, indent: string): string {
  const items = [
    ...sortedEntries(commonTypes).map(
      ([name, { type, annotations }]) =>
        `${printAnnotations(annotations, indent)}${indent}type ${name} = ${printType(type, indent)};\n`,
    ),
    ...sortedEntries(entityTypes).map(
      ([name, type]) =>
        `${printAnnotations(type.annotations, indent)}${indent}${externally(type.kind === 'external')}entity ${name}${printEntityType(type, indent)};\n`,
    ),
    ...sortedEntries(actions).map(
      ([name, action]) =>
        `${printAnnotations(action.annotations, indent)}${indent}${externally(action.external)}action ${quote(name)}${printAction(action, indent)};\n`,
    ),
  ];
  return items.join('\n');
}

function printAnnotations(annotations: SchemaAnnotations, indent: string): string {
  return sortedEntries(annotations)
    .map(([name, value]) => `${indent}@${name}${value === undefined ? '' : `(${quote(value)})`}\n`)
    .join('');
}

function externally(external: boolean): string {
  return external ? 'external ' : '';
}

function printEntityType(type: EntityTypeDeclaration, indent: string): string {
  if (type.kind === 'enum') return ` enum [${type.ids.map(quote).join(', ')}]`;
  const parents = type.parents.length > 0 ? ` in ${printNames(type.parents)}` : '';
  if (type.kind === 'external') return parents;
  const shape = isEmptyRecord(type.shape) ? '' : ` = ${printType(type.shape, indent)}`;
  // The official printer indents tags from the start of the line again.
  const tags = type.tags === undefined ? '' : ` tags ${printType(type.tags, '')}`;
  return `${parents}${shape}${tags}`;
}

function printAction({ parents, appliesTo }: ActionDeclaration, indent: string): string {
  const references =
    parents === undefined || parents.length === 0 ? '' : ` in [${parents.map(printReference).join(', ')}]`;
  const applies =
    appliesTo === undefined || appliesTo.principals.length === 0 || appliesTo.resources.length === 0
      ? ''
      : printAppliesTo(appliesTo, indent);
  return `${references}${applies}`;
}

function printAppliesTo({ principals, resources, context }: AppliesTo, indent: string): string {
  const inner = indent + INDENT;
  const lines = [
    `${inner}principal: ${printNames(principals)}`,
    `${inner}resource: ${printNames(resources)}`,
    `${inner}context: ${isEmptyRecord(context) ? '{}' : printType(context, inner)}`,
  ];
  return ` appliesTo {\n${lines.join(',\n')}\n${indent}}`;
}

function printReference({ type, id }: ActionReference): string {
  return `${type?.name ?? ACTION}::${quote(id)}`;
}

function printNames(names: readonly TypeName[]): string {
  return `[${names.map(({ name }) => name).join(', ')}]`;
}

function printType(type: TypeExpression, indent: string): string {
  switch (type.kind) {
    case 'bool':
      return '__cedar::Bool';
    case 'long':
      return '__cedar::Long';
    case 'string':
      return '__cedar::String';
    case 'set':
      return `Set<${printType(type.element, indent)}>`;
    case 'record':
      return printRecord(type, indent);
    case 'entity':
    case 'common':
    case 'entityOrCommon':
      return type.name.name;
    case 'extension':
      return `__cedar::${type.name}`;
    default:
      return unreachable(type);
  }
}

function printRecord({ attributes }: RecordExpression, indent: string): string {
  if (attributes.size === 0) return `{${indent}}`;
  const inner = indent + INDENT;
  const lines = sortedEntries(attributes).map(([name, { type, required, annotations }]) => {
    const key = nameProblem(name, 'Id') === undefined && !isReservedName(name) ? name : quote(name);
    return `${printAnnotations(annotations, inner)}${inner}${key}${required ? '' : '?'}: ${printType(type, inner)}`;
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
