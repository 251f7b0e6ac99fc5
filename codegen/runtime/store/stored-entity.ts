/**
 * Stored entity — one entity as a store keeps it: values in the fields of one object, and all else shared with others.
 *
 *     before  a map of attributes, a map of tags, a list of parents        some 500 bytes with two attributes
 *     after   its layout (the names), its parent set, the values            56 bytes
 *
 * It never changes: a changed entity is a new object.
 */

import { copyUid, copyValue, copyValues } from '../../../src/value/copy.ts';
import type { Entity, ValuesByName } from '../../../src/value/entities.ts';
import type { EntityUid } from '../../../src/value/entity-uid.ts';
import type { Value } from '../../../src/value/value.ts';
import type { HandleData, ParentSet } from './entity-handle.ts';
import type { Layout } from './layout.ts';

type Tags = ReadonlyMap<string, Value>;

/** The tags of all entities without tags, in all stores. Shared, so nobody may change them. */
class NoTags extends Map<string, Value> {
  override set(): never {
    throw new TypeError('the tags of a stored entity cannot be changed: upsert the entity');
  }
}

const NO_TAGS: Tags = new NoTags();

export abstract class StoredEntity implements HandleData {
  readonly layout: Layout;
  readonly parentSet: ParentSet;

  constructor(layout: Layout, parentSet: ParentSet) {
    this.layout = layout;
    this.parentSet = parentSet;
  }

  /** The value in a column of the layout. */
  abstract at(column: number): Value | Tags;

  get attrs(): ValuesByName {
    return this;
  }

  get parents(): readonly EntityUid[] {
    return this.parentSet.parents;
  }

  get tags(): Tags {
    return this.layout.tagged ? (this.at(this.layout.names.length) as Tags) : NO_TAGS;
  }

  get(attribute: string): Value | undefined {
    const column = this.layout.columnOf(attribute);
    return column < 0 ? undefined : (this.at(column) as Value);
  }

  has(attribute: string): boolean {
    return this.layout.columnOf(attribute) >= 0;
  }

  keys(): Iterable<string> {
    return this.layout.names;
  }

  /** The entity as it was given, as a copy that the caller may change. */
  written(uid: EntityUid): Entity {
    return {
      uid: copyUid(uid),
      attrs: new Map(this.layout.names.map((name, i) => [name, copyValue(this.at(i) as Value)])),
      parents: this.parents.map(copyUid),
      tags: copyValues(this.tags),
    };
  }
}

export function storedEntity(
  layout: Layout,
  parentSet: ParentSet,
  { attrs, tags }: Pick<Entity, 'attrs' | 'tags'>,
): StoredEntity {
  const values: (Value | Tags)[] = [];
  for (const value of attrs.values()) {
    values.push(typeof value === 'string' ? layout.shared(values.length, value) : value);
  }
  if (layout.tagged) values.push(tags);
  const [a, b, c, d] = values;
  switch (values.length) {
    case 0:
      return new NoValues(layout, parentSet);
    case 1:
      return new OneValue(layout, parentSet, a!);
    case 2:
      return new TwoValues(layout, parentSet, a!, b!);
    case 3:
    case 4:
      return new FourValues(layout, parentSet, a!, b!, c!, d);
    default:
      return new ManyValues(layout, parentSet, values);
  }
}

class NoValues extends StoredEntity {
  at(): never {
    throw new RangeError('there are no values');
  }
}

class OneValue extends StoredEntity {
  readonly #a: Value | Tags;

  constructor(layout: Layout, parentSet: ParentSet, a: Value | Tags) {
    super(layout, parentSet);
    this.#a = a;
  }

  at(): Value | Tags {
    return this.#a;
  }
}

class TwoValues extends StoredEntity {
  readonly #a: Value | Tags;
  readonly #b: Value | Tags;

  constructor(layout: Layout, parentSet: ParentSet, a: Value | Tags, b: Value | Tags) {
    super(layout, parentSet);
    this.#a = a;
    this.#b = b;
  }

  at(column: number): Value | Tags {
    return column === 0 ? this.#a : this.#b;
  }
}

class FourValues extends StoredEntity {
  readonly #a: Value | Tags;
  readonly #b: Value | Tags;
  readonly #c: Value | Tags;
  readonly #d: Value | Tags | undefined;

  constructor(
    layout: Layout,
    parentSet: ParentSet,
    a: Value | Tags,
    b: Value | Tags,
    c: Value | Tags,
    d: Value | Tags | undefined,
  ) {
    super(layout, parentSet);
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  at(column: number): Value | Tags {
    return column < 2 ? (column === 0 ? this.#a : this.#b) : column === 2 ? this.#c : this.#d!;
  }
}

class ManyValues extends StoredEntity {
  readonly #values: readonly (Value | Tags)[];

  constructor(layout: Layout, parentSet: ParentSet, values: readonly (Value | Tags)[]) {
    super(layout, parentSet);
    this.#values = values;
  }

  at(column: number): Value | Tags {
    return this.#values[column]!;
  }
}
