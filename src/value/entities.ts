/**
 * Entities — the data a request is decided against: a finite map from entity uid to attributes, ancestors and tags.
 *
 * Spec:  Cedar.Spec.Entities: EntityData, Entities
 */
import type { EntityUid } from './entity-uid.ts';
import type { Value } from './value.ts';

/** One entity as it is given: its direct parents are listed, ancestors are found by `Entities.from`. */
export interface Entity {
  readonly uid: EntityUid;
  readonly attrs: ReadonlyMap<string, Value>;
  readonly parents: readonly EntityUid[];
  readonly tags: ReadonlyMap<string, Value>;
}
