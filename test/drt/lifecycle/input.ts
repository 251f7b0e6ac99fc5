/**
 * Input — what an application hands in: uids in every form, requests and lists with getters that ask or throw.
 */
import type { PreparedContext } from '../../../codegen/index.ts';
import { prepareContext } from '../../../src/engine/input/prepare-context.ts';
import type { UidInput } from '../../../src/engine/input/uid-input.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { unreachable } from '../../../src/value/unreachable.ts';
import type { LiveStore } from './live.ts';
import type { Member, Members, RequestSpec, UidSpec } from './operation.ts';
import { uidOf } from './plain-data.ts';

export type StoreOf = (number: number) => LiveStore | undefined;

export function uidInput({ name, form, wrong }: UidSpec, storeOf: StoreOf): UidInput {
  if (wrong !== undefined) return wrongUid(wrong, name) as UidInput;
  const { type, id } = uidOf(name);
  if (typeof form === 'object') {
    const store = storeOf(form.handleOf);
    if (store === undefined) return new EntityUid(type, id);
    if (form.like !== undefined) {
      const { entity, graph, node } = store.real.handle(uidOf(form.like));
      return { entity, graph, node, type, id } as UidInput;
    }
    return store.real.handle({ type, id });
  }
  switch (form) {
    case 'text':
      return `${type}::"${id}"`;
    case 'escaped':
      return `${type}::"\\u{${id.charCodeAt(0).toString(16)}}${id.slice(1)}"`;
    case 'object':
      return { type, id };
    case 'wrapped':
      return { __entity: { type, id } } as unknown as UidInput;
    case 'entity':
      return new EntityUid(type, id);
    default:
      return unreachable(form);
  }
}

function wrongUid(wrong: NonNullable<UidSpec['wrong']>, name: string): unknown {
  switch (wrong) {
    case 'number':
      return 7;
    case 'empty':
      return {};
    case 'unclosed':
      return `${uidOf(name).type}::"${uidOf(name).id}`;
    case 'null':
      return null;
    default:
      return unreachable(wrong);
  }
}

const PREPARED_AT_MOST = 1000;
const prepared = new Map<string, PreparedContext>();

/** Equal contexts are one prepared context, which outlives engines and changes. */
function preparedOnce(context: Members): Record<string, unknown> {
  const key = JSON.stringify(context);
  const known = prepared.get(key) ?? prepareContext(context, undefined, undefined);
  if (prepared.size >= PREPARED_AT_MOST) prepared.clear();
  prepared.set(key, known);
  return known as unknown as Record<string, unknown>;
}

/** `spring` runs when the first member of the context is read, or the id of the principal or resource. */
export function requestInput(spec: RequestSpec, storeOf: StoreOf, spring: () => void) {
  const context: Record<string, unknown> | undefined =
    spec.context && (spec.prepared === true ? preparedOnce(spec.context) : { ...spec.context });
  const [first] = Object.keys(context ?? {});
  if (spec.trap !== undefined && spec.trapAt === undefined && first !== undefined) trapMember(context!, first, spring);
  const request = {
    principal: uidInput(spec.principal, storeOf),
    action: uidInput(spec.action, storeOf),
    resource: uidInput(spec.resource, storeOf),
    ...(context && { context }),
  };
  if (spec.trap !== undefined && spec.trapAt !== undefined)
    request[spec.trapAt] = trappedUid(spec[spec.trapAt], spring) ?? request[spec.trapAt];
  return request;
}

function trappedUid({ name, wrong }: UidSpec, spring: () => void): UidInput | undefined {
  if (wrong !== undefined) return undefined;
  const { type, id } = uidOf(name);
  const uid = { type, id };
  trapMember(uid, 'id', spring);
  return uid;
}

/** Puts what is named behind a getter, in an entity as an application writes it. */
export function trapEntity(entity: Record<string, unknown>, member: Member, spring: () => void): () => void {
  const { uid, attrs, parents } = entity as {
    readonly uid: Record<string, unknown>;
    readonly attrs: Record<string, unknown>;
    readonly parents: readonly Record<string, unknown>[];
  };
  const [name] = Object.keys(attrs);
  const [parent] = parents;
  switch (member) {
    case 'id':
      return trapMember(uid, 'id', spring);
    case 'value':
      return name === undefined ? trapMember(entity, 'attrs', spring) : trapMember(attrs, name, spring);
    case 'parent':
      return parent === undefined ? trapMember(entity, 'parents', spring) : trapMember(parent, 'id', spring);
    default:
      return trapMember(entity, member, spring);
  }
}

/** Puts the member behind a getter; the function that it gives puts it back. */
function trapMember(object: Record<string, unknown>, member: string, spring: () => void): () => void {
  const value = object[member];
  Object.defineProperty(object, member, {
    enumerable: true,
    configurable: true,
    get: () => {
      spring();
      return value;
    },
  });
  return () => {
    Object.defineProperty(object, member, { enumerable: true, configurable: true, writable: true, value });
  };
}
