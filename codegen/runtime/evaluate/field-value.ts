/**
 * Field value — what fields of own objects hold, taken as it is. `undefined` for all that the exact reader (src/engine/row-reader.ts) must look at.
 */
import type { SourceField } from '../../../src/value/entity-source.ts';
import { unreachable } from '../../../src/value/unreachable.ts';
import type { Prim } from '../../../src/value/value.ts';
import { takeBool, takeLong, takeString } from './plain-value.ts';

/** The id that a column of a database holds: text, or a whole number. */
export function takeId(value: unknown): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? value : undefined;
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))
    ? `${value}`
    : undefined;
}

/** What a field of an own object holds, as it is; of an entity the id. Databases without booleans have 0 and 1. */
export function takeField(kind: SourceField['kind'], value: unknown): Prim | undefined {
  switch (kind) {
    case 'string':
      return takeString(value);
    case 'long':
      return takeLong(value);
    case 'bool':
      return value === 0 || value === 1 ? value === 1 : takeBool(value);
    case 'entity':
      return takeId(value);
    default:
      return unreachable(kind);
  }
}
