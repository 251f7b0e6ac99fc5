/**
 * Entity entry — an entity as a store gives it out: values in maps of its own, and itself as JSON.
 */
import type { Entity } from './entities.ts';
import type { EntityUid } from './entity-uid.ts';
import { type EntityJson, entityToJson } from './to-json.ts';
import type { Value } from './value.ts';

export class EntityEntry implements Entity {
  readonly uid: EntityUid;
  readonly attrs: ReadonlyMap<string, Value>;
  readonly parents: readonly EntityUid[];
  readonly tags: ReadonlyMap<string, Value>;

  /** Whatever is done to the entry changes nothing where the entity came from. */
  constructor({ uid, attrs, parents, tags }: Entity) {
    this.uid = uid;
    this.attrs = new Map(attrs);
    this.parents = [...parents];
    this.tags = new Map(tags);
  }

  /** So that `JSON.stringify` writes the JSON entity format; a Long beyond 2^53 stays a bigint. */
  toJSON(): EntityJson {
    return entityToJson(this);
  }
}
