/**
 * Own objects — entities as an application's rows, and the mapping that says so.
 */
import { mapping } from '../../src/engine/mapping.ts';
import type { EntityDescription } from '../../src/mapping/description.ts';
import type { Schema, StandardEntityType } from '../../src/schema/schema.ts';
import type { SchemaType } from '../../src/schema/type.ts';
import type { Entity } from '../../src/value/entities.ts';
import type { EntitySource } from '../../src/value/entity-source.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import type { CedarSet } from '../../src/value/set.ts';
import type { Value } from '../../src/value/value.ts';
import { fieldsToData, valueToData } from './json.ts';
import type { Random } from './random.ts';

/** An entity that fits the schema as an own object; `undefined` for what no mapping says: a parent of a type that is only an ancestor. */
export type OwnObjects = (entity: Entity) => EntitySource | undefined;

/** A row has its own members, or those of a class. */
class Row {}

export function arbitraryOwnObjects(random: Random, schema: Schema): OwnObjects {
  const description: Record<string, EntityDescription> = {};
  for (const [type, entry] of schema.entityTypes)
    if (entry.kind !== 'external') description[type] = describe(entry.kind === 'standard' ? entry : undefined);
  const map = mapping(schema, description) as unknown as Readonly<Record<string, (row: object) => EntitySource>>;
  return (entity) => {
    const entry = schema.entityTypes.get(entity.uid.type);
    if (entry?.kind !== 'standard' || entity.parents.some(({ type }) => !entry.parents.has(type))) return undefined;
    const row = rowOf(random, entity, entry);
    return map[entity.uid.type]!(random.chance(50) ? row : Object.assign(new Row(), row));
  };
}

/** Fields go by number, for names of attributes may be any text. */
function describe(entry: StandardEntityType | undefined): EntityDescription {
  if (entry === undefined) return { id: 'id' };
  const attrs = Array.from(entry.attributes.attributes.keys(), (name, i) => [name, `a${i}`] as const);
  const parents = Array.from(entry.parents, (type, i) => [type, { kind: 'many', field: `p${i}` }] as const);
  return {
    id: 'id',
    attrs: Object.fromEntries(attrs),
    parents: Object.fromEntries(parents),
    ...(entry.tags === undefined ? {} : { tags: 'tags' }),
  };
}

function rowOf(random: Random, { uid, attrs, parents, tags }: Entity, entry: StandardEntityType): object {
  const row: Record<string, unknown> = { id: uid.id, other: 1, tags: fieldsToData(tags) };
  let i = 0;
  for (const [name, { type }] of entry.attributes.attributes) {
    const value = attrs.get(name);
    row[`a${i++}`] = value === undefined ? random.pick([null, undefined]) : fieldOf(random, value, type);
  }
  let j = 0;
  for (const type of entry.parents) row[`p${j++}`] = idsOf(parents.filter((parent) => parent.type === type));
  return row;
}

/** As rows have them: ids of entities, numbers for booleans now and then. */
function fieldOf(random: Random, value: Value, type: SchemaType): unknown {
  switch (type.kind) {
    case 'entity':
      return (value as EntityUid).id;
    case 'set': {
      const { elements } = value as CedarSet;
      const list = type.element.kind === 'entity' ? idsOf(elements as readonly EntityUid[]) : elements.map(valueToData);
      return random.chance(30) ? new Set(list) : list;
    }
    case 'bool':
      return random.chance(30) ? Number(value) : value;
    case 'long':
      return random.chance(20) ? BigInt(value as number) : value;
    default:
      return valueToData(value);
  }
}

function idsOf(uids: readonly EntityUid[]): string[] {
  return uids.map(({ id }) => id);
}
