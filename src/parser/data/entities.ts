/**
 * Data entities — a list of entities from JSON or JavaScript values.
 *
 * Docs:  Cedar policy language, JSON entity format
 */
import { EntitiesError, type Entity } from '../../value/entities.ts';
import { type EntityUid, isActionType } from '../../value/entity-uid.ts';
import type { Value } from '../../value/value.ts';
import { describeJson, type JsonObject } from '../json/json-form.ts';
import { DataError, DataPath } from './data-path.ts';
import { type DataOptions, isPlainObject, membersOf, uidFromData, valueFromData } from './value.ts';

/** Every entity as it is given, before ancestors are computed. Throws `DataError`, or `EntitiesError` for an action under a non-action. */
export function entitiesFromData(data: unknown, options: DataOptions = {}): Entity[] {
  return [...eachEntityFromData(data, options)];
}

/** The same one by one: whoever needs each only once need not hold all of them. */
export function* eachEntityFromData(data: unknown, options: DataOptions = {}): IterableIterator<Entity> {
  const place = DataPath.root('entities', '');
  if (!Array.isArray(data)) throw wrongType(data, 'a sequence', place);
  for (let i = 0; i < data.length; i++) yield entityFromData(data[i], place.at(i), options);
}

/** One entity: `uid`, `attrs`, `parents` and, if there are, `tags`; other members are ignored. */
export function entityFromData(data: unknown, place: DataPath, options: DataOptions = {}): Entity {
  const object = entityObject(data, place);
  const uidData = member(object, 'uid', place);
  const attrs = objectOf(member(object, 'attrs', place), place.at('attrs'));
  const parents = listOf(member(object, 'parents', place), place.at('parents'));
  const uid = entityUidOf(uidData, place, options);
  const tags = object.tags === undefined ? undefined : objectOf(object.tags, place.at('tags'));
  const parentUids = parentsOf(parents, uid, place);
  return {
    uid,
    attrs: valuesOf(attrs, uid, 'attribute', place.at('attrs'), options),
    parents: parentUids,
    tags: tags === undefined ? NONE : valuesOf(tags, uid, 'tag', place.at('tags'), options),
  };
}

/** An entity of which only some parts are known. */
export interface EntityDataParts {
  readonly uid: EntityUid;
  readonly attrs: ReadonlyMap<string, Value> | undefined;
  readonly parents: readonly EntityUid[] | undefined;
  readonly tags: ReadonlyMap<string, Value> | undefined;
  readonly exists: boolean;
}

/** The same as an entity, but an absent or null member among `attrs`, `parents` and `tags` is unknown; `exists: true` says that there is the entity. */
export function partialEntityFromData(data: unknown, place: DataPath, options: DataOptions = {}): EntityDataParts {
  const object = entityObject(data, place);
  const uid = entityUidOf(member(object, 'uid', place), place, options);
  const attrs = knownMember(object, 'attrs');
  const parents = knownMember(object, 'parents');
  const tags = knownMember(object, 'tags');
  const values = (given: unknown, what: 'attribute' | 'tag', at: DataPath) =>
    given === undefined ? undefined : valuesOf(objectOf(given, at), uid, what, at, options);
  return {
    uid,
    attrs: values(attrs, 'attribute', place.at('attrs')),
    parents: parents === undefined ? undefined : parentsOf(listOf(parents, place.at('parents')), uid, place),
    tags: values(tags, 'tag', place.at('tags')),
    exists: existsIn(object, place),
  };
}

function existsIn(object: JsonObject, place: DataPath): boolean {
  const exists = knownMember(object, 'exists') ?? false;
  if (typeof exists !== 'boolean') throw wrongType(exists, 'a boolean', place.at('exists'));
  return exists;
}

function knownMember(data: JsonObject, key: string): unknown {
  return Object.hasOwn(data, key) ? (data[key] ?? undefined) : undefined;
}

function entityObject(data: unknown, place: DataPath): JsonObject {
  if (typeof data === 'object' && data !== null && !Array.isArray(data) && isPlainObject(data)) return data;
  throw wrongType(data, 'struct EntityJson', place);
}

function entityUidOf(data: unknown, place: DataPath, options: DataOptions): EntityUid {
  const uid = uidFromData(data, place.at('uid').led('in uid field of <unknown entity>, '));
  options.guide?.entity(uid, place);
  return uid;
}

function parentsOf(parents: readonly unknown[], uid: EntityUid, place: DataPath): EntityUid[] {
  const at = place.at('parents').led(() => `in parents field of \`${uid}\`, `);
  const uids: EntityUid[] = [];
  for (let i = 0; i < parents.length; i++) uids.push(uidFromData(parents[i], at.at(i)));
  for (const parent of uids) requireActionParent(uid, parent);
  return uids;
}

const NONE: ReadonlyMap<string, Value> = new Map();

function valuesOf(
  data: JsonObject,
  uid: EntityUid,
  what: 'attribute' | 'tag',
  place: DataPath,
  options: DataOptions,
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  const members = membersOf(data, place, options);
  for (let i = 0; i < members.names.length; i++) {
    const [name, json] = [members.names[i]!, members.values[i]];
    const at = place.at(name).led(() => `in ${what} \`${name}\` on \`${uid}\`, `);
    try {
      values.set(name, options.guide?.[what](uid, name, json, at) ?? valueFromData(json, at, options));
    } catch (error) {
      if (!(error instanceof DataError && error.evaluated)) throw error;
      throw new DataError(
        at,
        `failed to evaluate ${what} \`${name}\` of \`${uid}\`: ${error.reason}`,
        undefined,
        'bare',
      );
    }
  }
  return values;
}

const ACTION_HELP = 'parents of actions need to have type `Action` themselves, perhaps namespaced';

/** Throws `EntitiesError`. */
export function requireActionParent(uid: EntityUid, parent: EntityUid): void {
  if (!isActionType(uid.type) || isActionType(parent.type)) return;
  throw new EntitiesError(
    'nonActionParent',
    uid,
    `action \`${uid}\` has a non-action parent \`${parent}\``,
    ACTION_HELP,
  );
}

function member(data: JsonObject, key: string, place: DataPath): unknown {
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  if (value === undefined) throw new DataError(place, `missing field \`${key}\``, undefined, 'bare');
  return value;
}

function objectOf(data: unknown, place: DataPath): JsonObject {
  if (typeof data === 'object' && data !== null && !Array.isArray(data) && isPlainObject(data)) return data;
  throw wrongType(data, 'a map', place);
}

function listOf(data: unknown, place: DataPath): readonly unknown[] {
  if (Array.isArray(data)) return data;
  throw wrongType(data, 'a sequence', place);
}

function wrongType(data: unknown, expected: string, place: DataPath): DataError {
  return new DataError(place, `invalid type: ${describeJson(data)}, expected ${expected}`, undefined, 'bare');
}
