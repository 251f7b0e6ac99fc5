/**
 * Arbitrary entities — a hierarchy that conforms to the schema, but for a share of misfits; the schema's actions stand among them.
 */
import type { Schema, StandardEntityType } from '../../src/schema/schema.ts';
import type { Entity } from '../../src/value/entities.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import type { Value } from '../../src/value/value.ts';
import { TAG_NAMES } from './pool.ts';
import type { Random } from './random.ts';
import { HEARD, listen, type ReusedValues } from './reused-values.ts';
import { anyValue, arbitraryFields, arbitraryValueOf, spoiledFields } from './value.ts';
import type { World } from './world.ts';

const NOTHING: ReadonlyMap<string, Value> = new Map();

/** Some uids of the world have no entry, so that data is missing. */
export function arbitraryEntities(random: Random, world: World, misfit: number): Entity[] {
  const standard = [...world.schema.entityTypes.values()].filter((entry) => entry.kind === 'standard');
  const present = standard.flatMap((entry) =>
    random.some(world.uids.get(entry.name)!, 80).map((uid) => ({ entry, uid })),
  );
  const order = shuffled(random, present);
  const entities: Entity[] = [];
  const reusedValues: ReusedValues = new Map();
  const heard: World = { ...world, reusedValues };
  // From above, so that an entity may have the parents of one that is there already.
  for (let i = order.length - 1; i >= 0; i--) {
    const { entry, uid } = order[i]!;
    const entity = arbitraryEntity(random, heard, entry, uid, order.slice(i + 1), misfit);
    if (entities.length < HEARD) listen(reusedValues, world.schema, entity);
    entities.unshift(withHierarchy(random, entity, entities));
  }
  return [...entities, ...actionEntities(world.schema)];
}

/** How many of a hundred entities have the same parents as another. */
const HIERARCHY = 25;

/** With the parents of another entity of its type, sometimes. */
export function withHierarchy(random: Random, entity: Entity, others: readonly Entity[]): Entity {
  const alike = random.chance(HIERARCHY) ? others.filter(({ uid }) => uid.type === entity.uid.type) : [];
  return alike.length === 0 ? entity : { ...entity, parents: random.pick(alike).parents };
}

/** One entity for each action of a schema. */
export function actionEntities({ actions }: Schema): Entity[] {
  return [...actions.values()].map(({ uid, parents }) => ({ uid, parents, attrs: NOTHING, tags: NOTHING }));
}

/** Parents come from `above`, so that there is no cycle; a few are uids without an entry. */
export function arbitraryEntity(
  random: Random,
  world: World,
  entry: StandardEntityType,
  uid: EntityUid,
  above: readonly { readonly uid: EntityUid }[],
  misfit: number,
): Entity {
  const spoil = misfit > 0 && random.chance(misfit * 3);
  const allowed = above.filter((each) => spoil || entry.parents.has(each.uid.type));
  const some = allowed.length > 12 ? random.list(0, 3, () => random.pick(allowed)) : random.some(allowed, 35);
  const parents = [...new Set(some)].map((each) => each.uid);
  const attrs = arbitraryFields(random, world, entry.attributes);
  return {
    uid,
    attrs: spoil ? spoiledFields(random, world, attrs) : attrs,
    parents,
    tags: arbitraryTags(random, world, entry, spoil),
  };
}

function arbitraryTags(
  random: Random,
  world: World,
  { tags }: StandardEntityType,
  spoil: boolean,
): ReadonlyMap<string, Value> {
  if (tags === undefined && !spoil) return NOTHING;
  const values = random
    .some(TAG_NAMES, 40)
    .map(
      (name) =>
        [
          name,
          tags === undefined || (spoil && random.chance(20))
            ? anyValue(random, world)
            : arbitraryValueOf(random, world, tags),
        ] as const,
    );
  return new Map(values);
}

export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}
