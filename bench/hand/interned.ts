/**
 * Interned — things of an application by their uids, and the ancestors of each, as a program would keep them.
 */
import { type EntityJson, keyOf, type UidJson } from '../scenario/scenario.ts';

export class Interned<Thing> {
  readonly #things = new Map<string, Thing>();
  readonly #parents = new Map<string, readonly UidJson[]>();

  constructor(entities: readonly EntityJson[], make: (entity: EntityJson) => Thing) {
    for (const entity of entities) {
      this.#things.set(keyOf(entity.uid), make(entity));
      this.#parents.set(keyOf(entity.uid), entity.parents);
    }
  }

  of(uid: UidJson): Thing {
    return this.#things.get(keyOf(uid))!;
  }

  /** All that an entity is in, without itself. */
  ancestors({ parents }: EntityJson): Set<Thing> {
    const found = new Set<Thing>();
    const open = [...parents];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const thing = this.of(next);
      if (thing === undefined || found.has(thing)) continue;
      found.add(thing);
      open.push(...(this.#parents.get(keyOf(next)) ?? []));
    }
    return found;
  }
}
