/**
 * Show — schemas and diagnostics as a reader of a case wants to see them.
 */

import type { ResolvedSchema } from '../../../src/schema/resolve.ts';
import type { ActionEntry, EntityTypeEntry, Schema } from '../../../src/schema/schema.ts';
import type { AttributeType, SchemaType } from '../../../src/schema/type.ts';
import type { Diagnostic } from '../../../src/syntax/diagnostic.ts';
import type { EntityUid } from '../../../src/value/entity-uid.ts';

/** Each diagnostic with the text it points at, then the schema if there is one. */
export function showResolved({ schema, diagnostics }: ResolvedSchema, source: string): string {
  return [
    ...diagnostics.map((each) => showDiagnostic(each, source)),
    ...(schema === undefined ? [] : [showSchema(schema)]),
  ].join('\n');
}

export function showDiagnostic({ severity, code, message, help, labels }: Diagnostic, source: string): string {
  const places = labels.map(
    ({ span, text }) =>
      `\n  at ${span.start}: ${source.slice(span.start, span.end)}${text === undefined ? '' : ` — ${text}`}`,
  );
  return `${severity} ${code}: ${message}${places.join('')}${help === undefined ? '' : `\n  help: ${help}`}`;
}

function showSchema({ entityTypes, actions, actionTypes }: Schema): string {
  const lines = [...[...entityTypes.values()].map(showEntityType), ...[...actions.values()].map(showAction)];
  return [...lines, `action types: ${[...actionTypes].join(' ') || 'none'}`].join('\n');
}

function showEntityType(entry: EntityTypeEntry): string {
  if (entry.kind === 'enum') return `enum ${entry.name} [${entry.ids.map((id) => JSON.stringify(id)).join(' ')}]`;
  const hierarchy =
    entry.ancestors.size === 0 ? '' : ` in ${showSet(entry.parents)}, ancestors ${showSet(entry.ancestors)}`;
  if (entry.kind === 'external') return `external entity ${entry.name}${hierarchy}`;
  const tags = entry.tags === undefined ? '' : ` tags ${showType(entry.tags)}`;
  return `entity ${entry.name}${hierarchy} ${showType(entry.attributes)}${tags}`;
}

function showAction(entry: ActionEntry): string {
  const hierarchy =
    entry.ancestors.length === 0
      ? ''
      : ` in [${entry.parents.map(showUid).join(' ')}], ancestors [${entry.ancestors.map(showUid).join(' ')}]`;
  if (entry.external) return `external action ${showUid(entry.uid)}${hierarchy}`;
  const applies = `principal ${showSet(entry.appliesToPrincipal)} resource ${showSet(entry.appliesToResource)}`;
  return `action ${showUid(entry.uid)}${hierarchy} ${applies} context ${showType(entry.context)}`;
}

export function showType(type: SchemaType): string {
  switch (type.kind) {
    case 'entity':
      return `entity ${type.name}`;
    case 'ext':
      return type.name;
    case 'set':
      return `Set<${showType(type.element)}>`;
    case 'record':
      return `{${[...type.attributes].map(showAttribute).join(', ')}}`;
    default:
      return type.kind;
  }
}

function showAttribute([name, { type, required }]: [string, AttributeType]): string {
  return `${name}${required ? '' : '?'}: ${showType(type)}`;
}

function showUid(uid: EntityUid): string {
  return `${uid.type}::${JSON.stringify(uid.id)}`;
}

function showSet(names: Iterable<string>): string {
  return `[${[...names].join(' ')}]`;
}
