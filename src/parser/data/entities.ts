/**
 * Data entities — a list of entities from JSON or JavaScript values.
 *
 * Docs:  Cedar policy language, JSON entity format
 */
import { EntitiesError, type Entity } from '../../value/entities.ts';
import { EntityEntry } from '../../value/entity-entry.ts';
import { type EntityUid, isActionType } from '../../value/entity-uid.ts';
import { ownMember } from '../../value/own-member.ts';
import type { Value } from '../../value/value.ts';
import { uidFromData } from '../data-uid.ts';
import { describeJson, type JsonObject } from '../json/json-form.ts';
import { DataError, DataPath } from './data-path.ts';
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
  if (!isEntityObject(data, options)) {
    throw wrongType(data, 'struct EntityJson', place, ENTITY_FORM);
  }
  place.requireShallow();
  const [uidData, tagsData] = [member(data, 'uid', place), ownMember(data, 'tags')];
  const attrs = membersIn(member(data, 'attrs', place), place.at('attrs'), options);
  const parents = listOf(member(data, 'parents', place), place.at('parents'));
  const uid = uidFromData(uidData, place.at('uid').led('in uid field of <unknown entity>, '), options);
  options.guide?.entity(uid, place);
  const tags = tagsData === undefined ? undefined : membersIn(tagsData, place.at('tags'), options);
  const parentPlace = place.at('parents').led(() => `in parents field of \`${uid}\`, `);
  const parentUids: EntityUid[] = [];
  for (let i = 0; i < parents.length; i++) parentUids.push(uidFromData(parents[i], parentPlace.at(i), options));
  for (const parent of parentUids) requireActionParent(uid, parent);
  return {
    uid,
    attrs: valuesOf(attrs, uid, 'attribute', place.at('attrs'), options),
    parents: parentUids,
    tags: tags === undefined ? NONE : valuesOf(tags, uid, 'tag', place.at('tags'), options),
  };
}

/** A plain object, or what a store gave out. */
function isEntityObject(data: unknown, { asJson }: DataOptions): data is JsonObject {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
  return isPlainObject(data) || (data instanceof EntityEntry && !asJson);
}

const ENTITY_FORM = 'an entity is an object such as `{ uid: { type: "User", id: "alice" }, attrs: {}, parents: [] }`';

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

function membersIn(data: unknown, place: DataPath, options: DataOptions): Members {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) {
    if (isPlainObject(data)) return membersOf(data, place, options);
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
    throw new DataError(place, 'a key of the `Map` is no Cedar string');
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
