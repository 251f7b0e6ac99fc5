/**
 * Arbitrary schema — entity types, an enumeration, actions in groups, contexts: what entities, policies and requests are made to fit.
 *
 * Made first, so that the rest agrees with it. Of a few types in one or two namespaces, with attributes from the pool.
 */
import type { ActionEntry, EntityTypeEntry, Schema } from '../../src/schema/schema.ts';
import type { AttributeType, RecordType, SchemaType } from '../../src/schema/type.ts';
import { type EntityType, EntityUid } from '../../src/value/entity-uid.ts';
import { ACTION_IDS, ATTRIBUTES, BUILT_IN_NAMES, ENTITY_IDS, ENTITY_NAMES, ENUM_NAMES, NAMESPACES } from './pool.ts';
import { type Random, weights } from './random.ts';

const TYPE_KINDS = weights({
  long: 5,
  string: 5,
  bool: 4,
  entity: 6,
  set: 4,
  record: 3,
  decimal: 1,
  ipaddr: 1,
  datetime: 1,
  duration: 1,
});

/** How many of a hundred sets are of entities at any rate. */
const SETS_OF_ENTITIES = 40;

export const EMPTY_RECORD: RecordType = { kind: 'record', attributes: new Map() };

export function arbitrarySchema(random: Random): Schema {
  const namespaces = [random.pick(NAMESPACES), random.pick(NAMESPACES)];
  const qualify = (name: string) => {
    const namespace = random.pick(namespaces);
    // A type may be called like one that is built in, but not in the empty namespace.
    if (namespace !== '' && random.chance(15)) return `${namespace}::${random.pick(BUILT_IN_NAMES)}`;
    return namespace === '' ? name : `${namespace}::${name}`;
  };
  const standard = unshadowed(unique(random.list(2, 5, () => qualify(random.pick(ENTITY_NAMES)))));
  // Both may be called like a built-in type.
  const enums = (random.chance(35) ? [qualify(random.pick(ENUM_NAMES))] : []).filter(
    (name) => !standard.includes(name),
  );
  const names = [...standard, ...enums];
  const entityTypes = new Map<EntityType, EntityTypeEntry>();
  const parents = new Map(standard.map((name, i) => [name, parentsOf(random, standard, enums, i)]));
  for (const name of standard) {
    entityTypes.set(name, {
      kind: 'standard',
      name,
      attributes: arbitraryRecordType(random, names, 4, 2),
      parents: parents.get(name)!,
      ancestors: closure(name, parents),
      tags: random.chance(40) ? arbitraryType(random, names, 1) : undefined,
    });
  }
  for (const name of enums)
    entityTypes.set(name, { kind: 'enum', name, ids: unique(random.list(1, 3, () => random.pick(ENTITY_IDS))) });
  const actions = arbitraryActions(random, unique(namespaces), standard, names);
  return { entityTypes, actions, actionTypes: new Set([...actions.values()].map(({ uid }) => uid.type)) };
}

/** A name of the empty namespace may not be declared in another one too. */
function unshadowed(names: readonly EntityType[]): EntityType[] {
  return names.filter((name) => !name.includes('::') || !names.includes(name.slice(name.lastIndexOf('::') + 2)));
}

/** A type may be below itself and below types that come later, as in the official generators: the entities' own order rules out cycles. */
function parentsOf(
  random: Random,
  standard: readonly EntityType[],
  enums: readonly EntityType[],
  i: number,
): Set<EntityType> {
  return new Set([...random.some(standard.slice(i), 55), ...random.some(enums, 15)]);
}

function closure(name: EntityType, parents: ReadonlyMap<EntityType, ReadonlySet<EntityType>>): Set<EntityType> {
  const all = new Set(parents.get(name));
  for (const type of all) for (const parent of parents.get(type) ?? []) all.add(parent);
  return all;
}

export function arbitraryType(random: Random, entities: readonly EntityType[], depth: number): SchemaType {
  const kind = random.weighted(TYPE_KINDS);
  switch (kind) {
    case 'bool':
    case 'long':
    case 'string':
      return { kind };
    case 'entity':
      return { kind, name: random.pick(entities) };
    case 'set':
      if (depth === 0) return { kind: 'long' };
      if (random.chance(SETS_OF_ENTITIES)) return { kind, element: { kind: 'entity', name: random.pick(entities) } };
      return { kind, element: arbitraryType(random, entities, depth - 1) };
    case 'record':
      return depth === 0 ? { kind: 'string' } : arbitraryRecordType(random, entities, 3, depth - 1);
    default:
      return { kind: 'ext', name: kind };
  }
}

function arbitraryRecordType(random: Random, entities: readonly EntityType[], most: number, depth: number): RecordType {
  const attributes = new Map<string, AttributeType>();
  for (let i = random.between(0, most); i > 0; i--) {
    // The first more often: what has the same name in two places is of two types then.
    const name = random.chance(70) ? ATTRIBUTES[Math.min(random.int(7), random.int(7))]! : random.pick(ATTRIBUTES);
    attributes.set(name, { type: arbitraryType(random, entities, depth), required: random.chance(60) });
  }
  return { kind: 'record', attributes };
}

function arbitraryActions(
  random: Random,
  namespaces: readonly string[],
  principals: readonly EntityType[],
  resources: readonly EntityType[],
): Map<string, ActionEntry> {
  const uids = unique(random.list(1, 4, () => random.pick(ACTION_IDS))).map((id) => {
    const namespace = random.pick(namespaces);
    return new EntityUid(namespace === '' ? 'Action' : `${namespace}::Action`, id);
  });
  const parents = new Map(uids.map((uid, i) => [uid.key, random.some(uids.slice(i + 1), 40)]));
  return new Map(
    uids.map((uid, i) => {
      // The last one may be a mere group.
      const group = i > 0 && i === uids.length - 1 && random.chance(50);
      const entry: ActionEntry = {
        uid,
        external: false,
        parents: parents.get(uid.key)!,
        ancestors: ancestors(uid, parents),
        appliesToPrincipal: new Set(group ? [] : atLeastOne(random, principals)),
        appliesToResource: new Set(group ? [] : atLeastOne(random, resources)),
        context: group ? EMPTY_RECORD : arbitraryRecordType(random, resources, 4, 2),
      };
      return [uid.key, entry];
    }),
  );
}

function ancestors(uid: EntityUid, parents: ReadonlyMap<string, readonly EntityUid[]>): EntityUid[] {
  const found = new Map<string, EntityUid>();
  const open = [...(parents.get(uid.key) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next.key)) continue;
    found.set(next.key, next);
    open.push(...(parents.get(next.key) ?? []));
  }
  return [...found.values()];
}

function atLeastOne<T>(random: Random, list: readonly T[]): T[] {
  const some = random.some(list, 50);
  return some.length > 0 ? some : [random.pick(list)];
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
