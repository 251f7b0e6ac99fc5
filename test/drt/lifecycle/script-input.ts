/**
 * Script input — what is handed to the public API in a script: entities, uids in their forms, slot values.
 */
import type { EntitySpec, SlotSpec, UidSpec } from './operation.ts';
import { dataOf, uidOf } from './plain-data.ts';

export function entity(spec: EntitySpec): string {
  const { nested, ...flat } = spec;
  const text = JSON.stringify(dataOf(flat));
  return nested === undefined ? text : text.replace('"attrs":{', `"attrs":{"${nested.name}":nested(${nested.levels}),`);
}

export function uid({ name, form, wrong }: UidSpec): string {
  const { type, id } = uidOf(name);
  if (wrong !== undefined)
    return { number: '7 as never', empty: '{} as never', unclosed: `'${type}::"${id}'`, null: 'null as never' }[wrong];
  if (typeof form === 'object' && form.like !== undefined) {
    const other = uidOf(form.like);
    const handle = `store${form.handleOf}.handle({ type: '${other.type}', id: '${other.id}' })`;
    return `(({ entity, graph, node }) => ({ entity, graph, node, type: '${type}', id: '${id}' }))(${handle})`;
  }
  if (typeof form === 'object') return `store${form.handleOf}.handle({ type: '${type}', id: '${id}' })`;
  if (form === 'entity') return `new EntityUid('${type}', '${id}')`;
  if (form === 'object') return `{ type: '${type}', id: '${id}' }`;
  if (form === 'wrapped') return `{ __entity: { type: '${type}', id: '${id}' } } as never`;
  return form === 'text' ? `'${type}::"${id}"'` : `'${type}::"\\\\u{${id.charCodeAt(0).toString(16)}}${id.slice(1)}"'`;
}

export function slotEnv({ principal, resource }: SlotSpec): string {
  const parts = [
    principal && `principal: ${uid(principal)} as never`,
    resource && `resource: ${uid(resource)} as never`,
  ];
  return `{ ${parts.filter((part) => part !== undefined).join(', ')} }`;
}
