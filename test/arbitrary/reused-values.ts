/**
 * Echo — values that data hold, so that policies and contexts can say them again: by chance alone, sets, records and long texts are hardly ever equal.
 */
import type { Schema } from '../../src/schema/schema.ts';
import type { SchemaType } from '../../src/schema/type.ts';
import type { Expression } from '../../src/syntax/expression.ts';
import { mismatch } from '../../src/validator/conformance/conformance.ts';
import type { Entity } from '../../src/value/entities.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { CedarRecord } from '../../src/value/record.ts';
import { CedarSet } from '../../src/value/set.ts';
import type { Value } from '../../src/value/value.ts';
import { extensionToCall } from './json.ts';
import { call, lit, record, set } from './node.ts';
import { attributesOf, typeKey } from './path.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** Entities whose values are said again. */
export const HEARD = 12;

/** Values by the key of their type (path.ts). */
export type ReusedValues = Map<string, Value[]>;

/** Learns the values of an entity that are of the types that they should be: others would make no policy typed. */
export function listen(reusedValues: ReusedValues, schema: Schema, { uid, attrs }: Entity): void {
  for (const [name, { type }] of attributesOf(schema, { kind: 'entity', name: uid.type }).attributes) {
    const value = attrs.get(name);
    if (value !== undefined && mismatch(value, type) === undefined) add(reusedValues, type, value);
  }
}

/** The value, and those in it. */
function add(reusedValues: ReusedValues, type: SchemaType, value: Value): void {
  const key = typeKey(type);
  const known = reusedValues.get(key);
  if (known === undefined) reusedValues.set(key, [value]);
  else known.push(value);
  if (type.kind === 'set' && value instanceof CedarSet)
    for (const element of value.elements) add(reusedValues, type.element, element);
  if (type.kind === 'record' && value instanceof CedarRecord)
    for (const [name, field] of value.fields) add(reusedValues, type.attributes.get(name)!.type, field);
}

/** What the first entities say. */
export function reusedValuesOf(schema: Schema, entities: readonly Entity[]): ReusedValues {
  const reusedValues: ReusedValues = new Map();
  for (const entity of entities.slice(0, HEARD)) listen(reusedValues, schema, entity);
  return reusedValues;
}

/** A value of the type that data hold, if they hold any. */
export function reusedValueOf(random: Random, { reusedValues }: World, type: SchemaType): Value | undefined {
  const known = reusedValues?.get(typeKey(type));
  return known && random.pick(known);
}

/** The value as a policy writes it. */
export function written(value: Value): Expression {
  if (typeof value !== 'object' || value instanceof EntityUid) return lit(value);
  if (value instanceof CedarSet) return set(value.elements.map(written));
  if (value instanceof CedarRecord)
    return record([...value.fields].map(([name, field]) => ({ name, expr: written(field) })));
  const { fn, arg } = extensionToCall(value);
  return call(fn, lit(arg));
}
