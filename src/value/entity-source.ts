/**
 * Entity source — a uid that brings its entity along: an application's own object, read where it is asked for.
 */
import type { Entity, EntityView } from './entities.ts';
import { EntityUid } from './entity-uid.ts';

export abstract class EntitySource extends EntityUid {
  /** The schema by which the object is read. */
  abstract readonly schema: object;
  /** What engines look into. A field is read when it is asked for. */
  abstract readonly view: EntityView;
  /** All of it, read at once. */
  abstract entity(): Entity;
}
