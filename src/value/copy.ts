/**
 * Copy — the same value in objects of its own, so that who changes one of them changes nothing elsewhere.
 *
 * Stores give out copies, and take copies of values that were made by their callers. Values of extension types cannot change once they are frozen, so they
 * are not copied.
 */
import { EntityUid } from './entity-uid.ts';
import { CedarRecord } from './record.ts';
import { CedarSet } from './set.ts';
import type { Value } from './value.ts';

export function copyValue(value: Value): Value {
  if (typeof value !== 'object') return value;
  if (value instanceof EntityUid) return copyUid(value);
  if (value instanceof CedarSet) return value.withEqual(copyValue);
  if (value instanceof CedarRecord) return new CedarRecord(copyValues(value.fields));
  return Object.freeze(value);
}

export function copyValues(values: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const copy = new Map<string, Value>();
  for (const [name, value] of values) copy.set(name, copyValue(value));
  return copy;
}

/** Without what a store keeps with it. */
export function copyUid({ type, id }: EntityUid): EntityUid {
  return new EntityUid(type, id);
}
