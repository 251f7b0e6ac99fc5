/**
 * World — a schema together with the uids that entities, policies and requests draw on.
 */
import type { ActionEntry, Schema } from '../../src/schema/schema.ts';
import { type EntityType, EntityUid } from '../../src/value/entity-uid.ts';
import { ENTITY_IDS } from './pool.ts';
import type { Random } from './random.ts';
import type { ReusedValues } from './reused-values.ts';
import { arbitrarySchema } from './schema.ts';

export interface World {
  readonly schema: Schema;
  readonly entityTypes: readonly EntityType[];
  readonly actions: readonly ActionEntry[];
  /** The uids of each entity type that are likely to meet. */
  readonly uids: ReadonlyMap<EntityType, readonly EntityUid[]>;
  /** What data hold, once there are any. */
  readonly reusedValues?: ReusedValues;
}

export function arbitraryWorld(random: Random): World {
  return worldOf(random, arbitrarySchema(random));
}

/** Ids of a populous world, in which the ancestors of an entity are many. */
const MANY_IDS = Array.from({ length: 28 }, (_, i) => `e${i}`);

export function worldOf(random: Random, schema: Schema): World {
  const populous = random.chance(12);
  const uids = new Map<EntityType, readonly EntityUid[]>();
  for (const [name, entry] of schema.entityTypes) {
    const ids =
      entry.kind === 'enum'
        ? entry.ids
        : populous
          ? MANY_IDS
          : random.chance(60)
            ? ENTITY_IDS.slice(0, 3)
            : random.list(2, 4, () => random.pick(ENTITY_IDS));
    uids.set(
      name,
      [...new Set(ids)].map((id) => new EntityUid(name, id)),
    );
  }
  return { schema, entityTypes: [...schema.entityTypes.keys()], actions: [...schema.actions.values()], uids };
}
