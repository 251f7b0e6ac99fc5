/**
 * Arbitrary value — values of a type, values of any, and the texts and numbers that literals are made of.
 */
import type { RecordType, SchemaType } from '../../src/schema/type.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { applyExtFun } from '../../src/value/ext-fun.ts';
import { type Long, longFromBigInt } from '../../src/value/long.ts';
import { CedarRecord } from '../../src/value/record.ts';
import { CedarSet } from '../../src/value/set.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { Value } from '../../src/value/value.ts';
import { EXTENSION_TEXT_MAKERS } from './extension-text.ts';
import { ATTRIBUTES, ENTITY_IDS, EXTENSION_TEXTS, LONGS, STRINGS } from './pool.ts';
import type { Random } from './random.ts';
import { reusedValueOf } from './reused-values.ts';
import { arbitraryType } from './schema.ts';
import type { World } from './world.ts';

export type Constructor = keyof typeof EXTENSION_TEXTS;

/** The constructor of each extension type. */
export const CONSTRUCTOR_OF = { ipaddr: 'ip', decimal: 'decimal', datetime: 'datetime', duration: 'duration' } as const;

const EDGES = [2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n];

/** Small numbers and edges, a step beside them, now and then anything. */
export function arbitraryLong(random: Random): Long {
  if (random.chance(50)) return random.between(-3, 5);
  if (random.chance(60)) return random.pick(LONGS);
  const any = (BigInt(random.next()) << 31n) ^ BigInt(random.next());
  return longFromBigInt(random.chance(60) ? nearEdge(random) : random.chance(50) ? any : -any) ?? 0;
}

/** Where Longs are represented otherwise, or end. */
export function nearEdge(random: Random): bigint {
  const near = random.pick(EDGES) + BigInt(random.between(-3, 3));
  return random.chance(50) ? near : -near;
}

export function arbitraryString(random: Random): string {
  if (random.chance(85)) return random.pick(STRINGS);
  return random.pick(STRINGS) + random.pick(STRINGS);
}

/** Mostly a text that has a value. */
export function extensionText(random: Random, fn: Constructor, goodOnly = false): string {
  const { all, good } = EXTENSION_TEXTS[fn];
  if (!goodOnly && random.chance(10)) return EXTENSION_TEXT_MAKERS[fn](random);
  return random.pick(goodOnly || random.chance(85) ? good : all);
}

/** A uid of the type, from the few ids that entities of it have. */
export function arbitraryUid(random: Random, world: World, type: string): EntityUid {
  const known = world.uids.get(type);
  if (known !== undefined && known.length > 0 && !random.chance(8)) return random.pick(known);
  return new EntityUid(type, random.pick(ENTITY_IDS));
}

/** How many of a hundred values are such as data hold already, if there are any. */
const REUSED = 20;

export function arbitraryValueOf(random: Random, world: World, type: SchemaType): Value {
  return (random.chance(REUSED) ? reusedValueOf(random, world, type) : undefined) ?? freshValueOf(random, world, type);
}

function freshValueOf(random: Random, world: World, type: SchemaType): Value {
  switch (type.kind) {
    case 'bool':
      return random.chance(50);
    case 'long':
      return arbitraryLong(random);
    case 'string':
      return arbitraryString(random);
    case 'entity':
      return enumUid(random, world, type.name) ?? arbitraryUid(random, world, type.name);
    case 'set':
      return CedarSet.from(elementsOf(random, world, type.element));
    case 'record':
      return new CedarRecord(arbitraryFields(random, world, type));
    case 'ext': {
      const fn = CONSTRUCTOR_OF[type.name];
      return applyExtFun(fn, [extensionText(random, fn, true)]) as Value;
    }
    default:
      return unreachable(type);
  }
}

/** How many of a hundred sets of entities have about as many as a word has bits, so that those met next share the bits of the first. */
const MANY = 20;

function elementsOf(random: Random, world: World, type: SchemaType): Value[] {
  const few = random.list(0, 3, () => arbitraryValueOf(random, world, type));
  if (type.kind !== 'entity' || world.schema.entityTypes.get(type.name)?.kind !== 'standard') return few;
  const more = random.chance(MANY) ? random.list(24, 31, (i) => new EntityUid(type.name, `n${i}`)) : [];
  return [...few, ...more];
}

/** Entities of an enumeration are those that it lists. */
function enumUid(random: Random, world: World, type: string): EntityUid | undefined {
  const entry = world.schema.entityTypes.get(type);
  return entry?.kind === 'enum' ? new EntityUid(type, random.pick(entry.ids)) : undefined;
}

/** Fields that fit a record type; what is not required may be absent. */
export function arbitraryFields(random: Random, world: World, { attributes }: RecordType): Map<string, Value> {
  const fields = new Map<string, Value>();
  for (const [name, { type, required }] of attributes) {
    if (required || random.chance(60)) fields.set(name, arbitraryValueOf(random, world, type));
  }
  return fields;
}

/** A value of whatever type. */
export function anyValue(random: Random, world: World): Value {
  return arbitraryValueOf(random, world, arbitraryType(random, world.entityTypes, 2));
}

/** Fields as they should not be: one may be missing, one of another type, one too many. */
export function spoiledFields(random: Random, world: World, fields: Map<string, Value>): Map<string, Value> {
  for (const name of [...fields.keys()]) {
    const fate = random.int(5);
    if (fate === 0) fields.delete(name);
    if (fate === 1) fields.set(name, anyValue(random, world));
  }
  if (random.chance(30)) fields.set(random.pick(ATTRIBUTES), anyValue(random, world));
  return fields;
}
