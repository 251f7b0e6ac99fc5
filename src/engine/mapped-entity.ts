/**
 * Mapped entity — an application's own object as an entity, by the mapping of its type.
 *
 *     { id: 7, ownerId: 'alice', isPublic: true }  →  Doc::"7" with the attributes `owner` and `public`
 *
 * Fields are read when a policy asks for them. What is not there is absent where the schema says that it may be, and an error where it may not; what the
 * mapping leaves out is an error, for a forgotten attribute is not an absent one. References are uids: they need not be loaded.
 */
import { mapProbe } from '../../codegen/index.ts';
import type { Entity, EntityView, ValuesByName } from '../value/entities.ts';
import { EntitySource } from '../value/entity-source.ts';
import { EntityUid } from '../value/entity-uid.ts';
import type { Value } from '../value/value.ts';
import { type Row, RowReader, type RowReading } from './row-reader.ts';

export class MappedEntity extends EntitySource {
  declare readonly sourceType: RowReading;
  declare readonly object: Row;

  /** Throws `DataError` for an object without an id. */
  constructor(reading: RowReading, row: object) {
    super(reading.type, reading.idIn(row as Row));
    this.sourceType = reading;
    this.object = row as Row;
  }

  override get entity(): EntityView {
    return new MappedView(new RowReader(this.object, this.sourceType, this));
  }

  override read(): Entity {
    const { attrs, parents, tags } = this.entity;
    return { uid: new EntityUid(this.type, this.id), attrs: wholeMap(attrs), parents, tags: wholeMap(tags) };
  }

  /** Emitted code that takes uids as they are leaves this one to the request reader. */
  get [mapProbe](): true {
    return true;
  }
}

/** The values of all names. */
function wholeMap(values: ValuesByName): ReadonlyMap<string, Value> {
  const whole = new Map<string, Value>();
  for (const name of values.keys()) {
    const value = values.get(name);
    if (value !== undefined) whole.set(name, value);
  }
  return whole;
}

/** It stands for its attributes, too. */
class MappedView implements EntityView, ValuesByName {
  readonly #reader: RowReader;

  constructor(reader: RowReader) {
    this.#reader = reader;
  }

  get attrs(): ValuesByName {
    return this;
  }

  get parents(): readonly EntityUid[] {
    return this.#reader.parents();
  }

  get tags(): ValuesByName {
    return this.#reader.tags();
  }

  get(name: string): Value | undefined {
    return this.#reader.attribute(name);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  keys(): Iterable<string> {
    return [...this.#reader.names()].filter((name) => this.has(name));
  }
}
