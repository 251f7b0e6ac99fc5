/**
 * Entity source — a uid that brings its entity along: an application's own object, read where it is asked for.
 */
import type { Entity, EntityView } from './entities.ts';
import { EntityUid } from './entity-uid.ts';

/** An attribute that is in one field of an object, where most values need no more than a look (plain-value.ts). */
export interface SourceField {
  readonly attribute: string;
  readonly field: string;
  readonly kind: 'string' | 'long' | 'bool' | 'entity';
  /** The type of the entity whose id is in the field; empty for other kinds. */
  readonly target: string;
  readonly required: boolean;
}

/** The ids of all parents of one type. */
export interface SourceParents {
  readonly type: string;
  readonly field: string;
  /** Whether the field holds a list; else one id, or none. */
  readonly isList: boolean;
}

/** How the objects of one type are read. */
export interface SourceType {
  readonly type: string;
  /** The schema by which they are read. */
  readonly schema: object;
  /** The attributes that they may have; `undefined` for one that takes more than a look. */
  readonly fields: ReadonlyMap<string, SourceField | undefined>;
  /** `undefined` if it is not known where all of them are. */
  readonly parentFields: readonly SourceParents[] | undefined;
  /** Whether the schema lists the ids, which need more than a look then. */
  readonly isEnumerated: boolean;
  /** Whether they may have tags. */
  readonly hasTags: boolean;
}

export abstract class EntitySource extends EntityUid {
  /** How the object is read. */
  abstract readonly sourceType: SourceType;
  /** The object itself. */
  abstract readonly object: Readonly<Record<string, unknown>>;
  /** What engines look into. A field is read when it is asked for. */
  abstract readonly entity: EntityView;
  /** All of it, read at once. */
  abstract read(): Entity;

  /** The schema by which the object is read. */
  get schema(): object {
    return this.sourceType.schema;
  }
}
