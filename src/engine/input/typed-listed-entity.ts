/**
 * Typed listed entity — an entity of a call's list that a schema has a type for, checked as far as policies reach it.
 *
 * One whose attributes or tags are asked for is checked as a whole, as in a store. Of one that is only on the way to an ancestor the parents are checked.
 *
 * Sound: policies that were validated against the schema get nothing from an entity but what passed through here, so each value has its declared type,
 * and each parent a type that the schema allows there.
 */
import { DataPath } from '../../parser/data/data-path.ts';
import { entityFromData } from '../../parser/data/entities.ts';
import { uidFromData } from '../../parser/data/uid.ts';
import type { DataGuide } from '../../parser/data/value.ts';
import type { EntityTypeEntry, Schema } from '../../schema/schema.ts';
import { checkEntity, checkParent } from '../../validator/conformance/conformance.ts';
import { ConformanceError, type Nonconformance } from '../../validator/conformance/conformance-error.ts';
import type { Entity, EntityView, ValuesByName } from '../../value/entities.ts';
import { EntityUid } from '../../value/entity-uid.ts';
import { type PlainEntity, SOMEWHERE, told } from './listed-entity.ts';

/** What entities are read by. */
export interface TypedReading {
  readonly schema: Schema;
  readonly guide: DataGuide;
  /** Reads and checks the whole list, and so throws what tells the place of what is wrong. */
  readonly withExactError: () => unknown;
}

export class TypedListedEntity implements EntityView {
  readonly #entity: PlainEntity;
  readonly #entry: EntityTypeEntry;
  readonly #reading: TypedReading;
  #whole: Entity | undefined;

  constructor(entity: PlainEntity, entry: EntityTypeEntry, reading: TypedReading) {
    this.#entity = entity;
    this.#entry = entry;
    this.#reading = reading;
  }

  get attrs(): ValuesByName {
    return this.#checked().attrs;
  }

  get tags(): ValuesByName {
    return this.#checked().tags;
  }

  get parents(): readonly EntityUid[] {
    const { uid, parents } = this.#entity;
    if (this.#whole !== undefined) return this.#whole.parents;
    if (parents.length === 0) return [];
    const own = new EntityUid(uid.type, uid.id);
    return told(this.#reading.withExactError, () =>
      parents.map((each) => {
        const parent = uidFromData(each, SOMEWHERE);
        refuse(checkParent(own, parent, this.#entry, this.#reading.schema));
        return parent;
      }),
    );
  }

  #checked(): Entity {
    const { schema, guide, withExactError } = this.#reading;
    this.#whole ??= told(withExactError, () => {
      const entity = entityFromData(this.#entity, ENTITY, { guide });
      refuse(checkEntity(entity, schema));
      return entity;
    });
    return this.#whole;
  }
}

/** As deep as an entity in a list. */
const ENTITY = DataPath.root('entities', '', 1);

function refuse(wrong: Nonconformance | undefined): void {
  if (wrong !== undefined) throw new ConformanceError(wrong);
}
