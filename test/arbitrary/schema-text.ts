/**
 * Schema text — a resolved schema in Cedar's schema format, written by the documentation and not by the code under test.
 *
 * Docs:  Cedar policy language, Schema grammar
 */
import type { ActionEntry, EntityTypeEntry, Schema } from '../../src/schema/schema.ts';
import type { RecordType, SchemaType } from '../../src/schema/type.ts';
import { unreachable } from '../../src/value/unreachable.ts';

export function schemaText({ entityTypes, actions }: Schema): string {
  const blocks = new Map<string, string[]>();
  const add = (name: string, declaration: (base: string, namespace: string) => string) => {
    const cut = name.lastIndexOf('::');
    const namespace = cut < 0 ? '' : name.slice(0, cut);
    const base = cut < 0 ? name : name.slice(cut + 2);
    blocks.set(namespace, [...(blocks.get(namespace) ?? []), declaration(base, namespace)]);
  };
  for (const entry of entityTypes.values()) add(entry.name, (base, namespace) => entityText(base, entry, namespace));
  for (const action of actions.values()) add(action.uid.type, (_, namespace) => actionText(action, namespace));
  return [...blocks]
    .map(([namespace, lines]) =>
      namespace === '' ? lines.join('\n') : `namespace ${namespace} {\n${lines.join('\n')}\n}`,
    )
    .join('\n');
}

function entityText(base: string, entry: EntityTypeEntry, namespace: string): string {
  if (entry.kind === 'enum') return `entity ${base} enum [${entry.ids.map(quoted).join(', ')}];`;
  const parents = entry.parents.size === 0 ? '' : ` in [${[...entry.parents].join(', ')}]`;
  if (entry.kind === 'external') return `external entity ${base}${parents};`;
  const tags = entry.tags === undefined ? '' : ` tags ${typeText(entry.tags, namespace)}`;
  return `entity ${base}${parents} = ${recordText(entry.attributes, namespace)}${tags};`;
}

function actionText(
  { uid, external, parents, appliesToPrincipal, appliesToResource, context }: ActionEntry,
  namespace: string,
): string {
  const groups =
    parents.length === 0 ? '' : ` in [${parents.map((parent) => `${parent.type}::${quoted(parent.id)}`).join(', ')}]`;
  if (external) return `external action ${quoted(uid.id)}${groups};`;
  if (appliesToPrincipal.size === 0) return `action ${quoted(uid.id)}${groups};`;
  const applies = `principal: [${[...appliesToPrincipal].join(', ')}], resource: [${[...appliesToResource].join(', ')}]`;
  return `action ${quoted(uid.id)}${groups} appliesTo { ${applies}, context: ${recordText(context, namespace)} };`;
}

function recordText({ attributes }: RecordType, namespace: string): string {
  const fields = [...attributes].map(
    ([name, { type, required }]) => `${quoted(name)}${required ? '' : '?'}: ${typeText(type, namespace)}`,
  );
  return `{${fields.join(', ')}}`;
}

/** Names of types that are built in carry their namespace, so that no declared name shadows them; those of the same namespace do not. */
function typeText(type: SchemaType, namespace: string): string {
  switch (type.kind) {
    case 'bool':
      return '__cedar::Bool';
    case 'long':
      return '__cedar::Long';
    case 'string':
      return '__cedar::String';
    case 'ext':
      return `__cedar::${type.name}`;
    case 'entity':
      return namespace !== '' && type.name.startsWith(`${namespace}::`)
        ? type.name.slice(namespace.length + 2)
        : type.name;
    case 'set':
      return `Set<${typeText(type.element, namespace)}>`;
    case 'record':
      return recordText(type, namespace);
    default:
      return unreachable(type);
  }
}

function quoted(text: string): string {
  const escaped = text
    .replace(/["\\]/g, '\\$&')
    .replace(/\p{C}|[\u2028\u2029]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
  return `"${escaped}"`;
}
