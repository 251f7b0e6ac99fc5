/**
 * Runtime value — what compiled programs compute with, and the way back to a value of the language.
 *
 * Bools, Longs, strings and extension values are themselves; entities and records are nodes; sets are runtime sets.
 */
import type { Ext, Prim, Value } from '../../../src/value/value.ts';
import { Node } from '../graph/node.ts';
import type { RuntimeSet } from './runtime-set.ts';

export type RuntimeValue = Exclude<Prim, object> | Ext | Node | RuntimeSet;

export function toValue(value: RuntimeValue): Value {
  if (typeof value !== 'object') return value;
  if (value instanceof Node) return value.$uid ?? value.$record!;
  return 'elements' in value ? value.value : value;
}

/** Deep equality. Entities are interned, so two different nodes are equal only as records. */
export function equal(a: RuntimeValue, b: RuntimeValue): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof Node && a.$uid !== undefined) return false;
  return (toValue(a) as Exclude<Value, Prim>).key === (toValue(b) as Exclude<Value, Prim>).key;
}
