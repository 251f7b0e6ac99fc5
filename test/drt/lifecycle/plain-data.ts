/**
 * Plain data — what policies and entities there are by the operations so far, in maps, lists and texts of the machine's own.
 *
 * The code under test is asked for nothing but to read a policy, an entity or a context: that keeps no state.
 */

import { DataPath } from '../../../src/parser/data/data-path.ts';
import { entityFromData } from '../../../src/parser/data/entities.ts';
import { parsePolicy } from '../../../src/parser/text/policy.ts';
import type { CorePolicy } from '../../../src/syntax/core-policy.ts';
import { desugarPolicy, linkPolicy, slotsOf } from '../../../src/syntax/desugar.ts';
import type { Policy, TemplateLink } from '../../../src/syntax/policy.ts';
import { actionEntities, checkEntity, conformingEntities } from '../../../src/validator/conformance/conformance.ts';
import { schemaGuide } from '../../../src/validator/conformance/typed-data.ts';
import { Entities, type Entity } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { CedarRecord } from '../../../src/value/record.ts';
import type { Value } from '../../../src/value/value.ts';
import type { EntitySpec, Name, PolicySpec, SlotSpec } from './operation.ts';
import { SCHEMA } from './schema.ts';

export interface PlainLink {
  readonly templateId: string;
  readonly slots: SlotSpec;
}

/** Copied whenever it changes. */
export interface PlainSet {
  readonly statics: ReadonlyMap<string, string>;
  readonly templates: ReadonlyMap<string, string>;
  readonly links: ReadonlyMap<string, PlainLink>;
}

export const EMPTY_SET: PlainSet = { statics: new Map(), templates: new Map(), links: new Map() };

/** Copied whenever it changes; by names. */
export interface PlainStore {
  readonly schema: boolean;
  readonly entities: ReadonlyMap<Name, EntitySpec>;
}

const uids = new Map<Name, EntityUid>();

export function uidOf(name: Name): EntityUid {
  let uid = uids.get(name);
  if (uid === undefined) {
    const at = name.indexOf('::');
    uid = new EntityUid(name.slice(0, at), name.slice(at + 2));
    uids.set(name, uid);
  }
  return uid;
}

const parsed = new Map<string, Policy>();
const TEXTS_AT_MOST = 20_000;

/** A policy is never changed, so that one text is parsed once. */
export function policyOf({ id, text }: PolicySpec): Policy {
  let policy = parsed.get(text);
  if (policy === undefined) {
    policy = parsePolicy(text, id).policy;
    if (policy === undefined) throw new Error(`not a policy: ${text}`);
    if (parsed.size > TEXTS_AT_MOST) parsed.clear();
    parsed.set(text, policy);
  }
  return { ...policy, id };
}

export function slotsOfText(text: string): readonly string[] {
  return slotsOf(policyOf({ id: '', text }));
}

/** What takes part in a decision, in the order of adding: static policies, then links. */
export function policiesOf({ statics, templates, links }: PlainSet): CorePolicy[] {
  return [
    ...[...statics].map(([id, text]) => desugarPolicy(policyOf({ id, text }))),
    ...[...links].map(([id, link]) => {
      const template = desugarPolicy(policyOf({ id: link.templateId, text: templates.get(link.templateId)! }));
      return linkPolicy(template, { id, templateId: link.templateId, slotEnv: slotEnvOf(link.slots) });
    }),
  ];
}

export function slotEnvOf({ principal, resource }: SlotSpec): TemplateLink['slotEnv'] {
  return {
    ...(principal && { principal: uidOf(principal.name) }),
    ...(resource && { resource: uidOf(resource.name) }),
  };
}

/** As an application writes it. */
export function dataOf({ uid, attrs, parents, tags, nested }: EntitySpec): Record<string, unknown> {
  const all: Record<string, unknown> = structuredClone(attrs);
  if (nested !== undefined) all[nested.name] = nestedData(nested.levels);
  const { type, id } = uidOf(uid);
  return {
    uid: { type, id },
    attrs: all,
    parents: parents.map((parent) => ({ type: uidOf(parent).type, id: uidOf(parent).id })),
    ...(tags && { tags: { ...tags } }),
  };
}

function nestedData(levels: number): unknown {
  let data: unknown = 1;
  for (let i = 0; i < levels; i++) data = { x: data };
  return data;
}

function nestedValue(levels: number): Value {
  let value: Value = 1;
  for (let i = 0; i < levels; i++) value = new CedarRecord(new Map([['x', value]]));
  return value;
}

const PLACE = DataPath.root('entity', '');
const read = { with: new WeakMap<EntitySpec, Entity>(), without: new WeakMap<EntitySpec, Entity>() };

/** Throws what reading it without any store throws. Records of any depth are made here, for reading them may not be possible. */
export function entityOf(spec: EntitySpec, schema: boolean): Entity {
  const known = read[schema ? 'with' : 'without'];
  let entity = known.get(spec);
  if (entity === undefined) {
    const { nested, ...flat } = spec;
    entity = entityFromData(dataOf(flat), PLACE, schema ? { guide: schemaGuide(SCHEMA) } : {});
    if (nested !== undefined)
      entity = { ...entity, attrs: new Map([...entity.attrs, [nested.name, nestedValue(nested.levels)]]) };
    known.set(spec, entity);
  }
  return entity;
}

/** The entities of a store, ancestors computed from nothing. */
export function entitiesOf({ schema, entities }: PlainStore): Entities {
  return Entities.from(storedOf({ schema, entities }));
}

/** With the schema's actions. */
export function storedOf({ schema, entities }: PlainStore): Entity[] {
  const given = [...entities.values()].map((spec) => entityOf(spec, schema));
  return schema ? [...given, ...actionEntities(SCHEMA)] : given;
}

/** The entities of a store without a schema, but for the schema's actions, which are as the schema has them. */
export function entitiesWithActions(store: PlainStore): Entities {
  const others = storedOf(store).filter(({ uid }) => !SCHEMA.actions.has(uid.key));
  return Entities.from([...others, ...actionEntities(SCHEMA)]);
}

/** Throws what a store of this list throws. */
export function entitiesOfList(specs: readonly EntitySpec[], schema: boolean): Entities {
  const given = specs.map((spec) => entityOf(spec, schema));
  return schema ? conformingEntities(given, SCHEMA) : Entities.from(given);
}

/** The same list, whatever its entities hold. What cannot even be read is left out of them: whoever reached it would have to refuse it. */
export function uncheckedList(specs: readonly EntitySpec[]): Entities {
  const others = specs.map((spec) => readableEntity(spec)).filter(({ uid }) => !SCHEMA.actions.has(uid.key));
  return Entities.from([...others, ...actionEntities(SCHEMA)]);
}

function readableEntity(spec: EntitySpec): Entity {
  try {
    return entityOf(spec, true);
  } catch {
    return entityOf({ uid: spec.uid, attrs: {}, parents: spec.parents }, false);
  }
}

/** Whether a store takes it: it can be read, fits the schema, is not an action of the schema, and is not its own ancestor. */
export function isAccepted(spec: EntitySpec, store: PlainStore): boolean {
  return isReadable(spec, store.schema) && !isBelowItself(spec, store.entities);
}

function isReadable(spec: EntitySpec, schema: boolean): boolean {
  try {
    const entity = entityOf(spec, schema);
    if (schema && entity.uid.type === 'Action') return isDeclared(entity);
    return !schema || checkEntity(entity, SCHEMA) === undefined;
  } catch {
    return false;
  }
}

/** An action of the schema is taken as it is declared there, which changes nothing. */
function isDeclared({ uid, parents, attrs, tags }: Entity): boolean {
  const declared = SCHEMA.actions.get(uid.key);
  const keys = new Set(parents.map(({ key }) => key));
  return (
    declared !== undefined &&
    attrs.size + tags.size === 0 &&
    keys.size === declared.ancestors.length &&
    declared.ancestors.every(({ key }) => keys.has(key))
  );
}

export function isKept({ schema }: PlainStore, name: Name): boolean {
  return schema && uidOf(name).type === 'Action';
}

function isBelowItself({ uid, parents }: EntitySpec, entities: ReadonlyMap<Name, EntitySpec>): boolean {
  const seen = new Set<Name>();
  const open = [...parents];
  for (let above = open.pop(); above !== undefined; above = open.pop()) {
    if (above === uid) return true;
    if (seen.has(above)) continue;
    seen.add(above);
    open.push(...(entities.get(above)?.parents ?? []));
  }
  return false;
}

export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

export function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
