/**
 * Data entities — a list of entities from JSON or JavaScript values.
 *
 * Docs:  Cedar policy language, JSON entity format
 */
import { EntitiesError, type Entity } from '../../value/entities.ts';
import { EntityEntry } from '../../value/entity-entry.ts';
import { EntitySource } from '../../value/entity-source.ts';
import { type EntityUid, isActionType } from '../../value/entity-uid.ts';
import { ownMember } from '../../value/own-member.ts';
import type { Value } from '../../value/value.ts';
import { describeJson, type JsonObject } from '../json/json-form.ts';
import { DataError, DataPath } from './data-path.ts';
import { uidFromData } from './uid.ts';
import { type DataOptions, describeGiven, isPlainObject, type Members, membersOf, valueFromData } from './value.ts';

/** Every entity as it is given, before ancestors are computed. Throws `DataError`, or `EntitiesError` for an action under a non-action. */
export function entitiesFromData(data: unknown, options: DataOptions = {}): Entity[] {
  return [...eachEntityFromData(data, options)];
}

/** The same one by one: whoever needs each only once need not hold all of them. */
export function* eachEntityFromData(data: unknown, options: DataOptions = {}): IterableIterator<Entity> {
  const place = DataPath.root('entities', '');
  if (!Array.isArray(data)) throw wrongType(data, 'a sequence', place, 'entities are a list, `[]` for none');
  for (let i = 0; i < data.length; i++) yield entityFromData(data[i], place.at(i), options);
}

/**
 * One entity: `uid`, `attrs`, `parents` and, if there are, `tags`; other members are ignored. Each member is read once. `attrs` and `tags` may be
 * maps of values, as in the entities that a store gives out.
 */
export function entityFromData(data: unknown, place: DataPath, options: DataOptions = {}): Entity {
  if (data instanceof EntitySource && options.asJson !== true) return data.read();
  const object = entityObject(data, place, options);
  const [uidData, tagsData] = [member(object, 'uid', place), ownMember(object, 'tags')];
  const attrs = membersIn(member(object, 'attrs', place), place.at('attrs'), options);
  const parents = listOf(member(object, 'parents', place), place.at('parents'));
  const uid = entityUidOf(uidData, place, options);
  const tags = tagsData === undefined ? undefined : membersIn(tagsData, place.at('tags'), options);
  const parentUids = parentsOf(parents, uid, place, options);
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
  const object = entityObject(data, place, options);
  const uid = entityUidOf(member(object, 'uid', place), place, options);
  const attrs = knownMember(object, 'attrs');
  const parents = knownMember(object, 'parents');
  const tags = knownMember(object, 'tags');
  const values = (given: unknown, what: 'attribute' | 'tag', at: DataPath) =>
    given === undefined ? undefined : valuesOf(membersIn(given, at, options), uid, what, at, options);
  return {
    uid,
    attrs: values(attrs, 'attribute', place.at('attrs')),
    parents: parents === undefined ? undefined : parentsOf(listOf(parents, place.at('parents')), uid, place, options),
    tags: values(tags, 'tag', place.at('tags')),
    exists: existsIn(object, place),
  };
}

function existsIn(object: JsonObject, place: DataPath): boolean {
  const exists = knownMember(object, 'exists') ?? false;
  if (typeof exists !== 'boolean') throw wrongType(exists, 'a boolean', place.at('exists'), 'give `true` or `false`');
  return exists;
}

function knownMember(data: JsonObject, key: string): unknown {
  return ownMember(data, key) ?? undefined;
}

/** A plain object, or what a store gave out. */
function entityObject(data: unknown, place: DataPath, { asJson }: DataOptions): JsonObject {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  if (!isObject || !(isPlainObject(data) || (data instanceof EntityEntry && !asJson)))
    throw wrongType(data, 'struct EntityJson', place, ENTITY_FORM);
  place.requireShallow();
  return data as JsonObject;
}

const ENTITY_FORM = 'an entity is an object such as `{ uid: { type: "User", id: "alice" }, attrs: {}, parents: [] }`';

function entityUidOf(data: unknown, place: DataPath, options: DataOptions): EntityUid {
  const uid = uidFromData(data, place.at('uid').led('in uid field of <unknown entity>, '), options);
  options.guide?.entity(uid, place);
  return uid;
}

function parentsOf(parents: readonly unknown[], uid: EntityUid, place: DataPath, options: DataOptions): EntityUid[] {
  const at = place.at('parents').led(() => `in parents field of \`${uid}\`, `);
  const uids: EntityUid[] = [];
  for (let i = 0; i < parents.length; i++) uids.push(uidFromData(parents[i], at.at(i), options));
  for (const parent of uids) requireActionParent(uid, parent);
  return uids;
}

const NONE: ReadonlyMap<string, Value> = new Map();

function valuesOf(
  members: Members,
  uid: EntityUid,
  what: 'attribute' | 'tag',
  place: DataPath,
  options: DataOptions,
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
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
  const value = ownMember(data, key);
  if (value !== undefined) return value;
  const message = `missing field \`${key}\``;
  throw new DataError(place, message, undefined, 'bare', `${message}: ${ENTITY_FORM}`);
}

/** JSON has no `undefined`. */
const WITHOUT_UNDEFINED: DataOptions = { asJson: true };

function membersIn(data: unknown, place: DataPath, options: DataOptions): Members {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) {
    // To a schema, an optional attribute that is `undefined` is absent, in entities as in records; a required one is missed by the check.
    if (isPlainObject(data)) return membersOf(data, place, options.guide === undefined ? options : WITHOUT_UNDEFINED);
    if (data instanceof Map && !options.asJson) return { names: namesIn(data, place), values: [...data.values()] };
  }
  throw wrongType(
    data,
    'a map',
    place,
    'give a plain object such as `{ age: 30 }`; that of an instance is `{ ...instance }`',
  );
}

function namesIn(map: ReadonlyMap<unknown, unknown>, place: DataPath): string[] {
  return Array.from(map.keys(), (name) => {
    if (typeof name === 'string' && name.isWellFormed()) return name;
    throw new DataError(place, 'a key of the `Map` is not a Cedar string');
  });
}

function listOf(data: unknown, place: DataPath): readonly unknown[] {
  if (Array.isArray(data)) return data;
  throw wrongType(data, 'a sequence', place, 'give a list, `[]` for none');
}

/** The reason is worded as in the official build, the message for whoever wrote JavaScript. */
function wrongType(data: unknown, expected: string, place: DataPath, advice: string): DataError {
  const reason = `invalid type: ${describeJson(data)}, expected ${expected}`;
  return new DataError(place, reason, undefined, 'bare', `${describeGiven(data)} is not taken here: ${advice}`);
}
