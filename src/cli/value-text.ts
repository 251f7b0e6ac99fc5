/**
 * Value text — a value as the official command prints it.
 *
 * Sets are in the order of kinds (booleans, Longs, strings, entities, sets, records, extension values) and then of values; record keys are quoted and
 * sorted. An extension value is printed as a call that makes it, which need not be the call that made it.
 */

import { compareCodePoints } from '../value/code-point.ts';
import { Datetime } from '../value/datetime.ts';
import { Decimal } from '../value/decimal.ts';
import { Duration } from '../value/duration.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { IpAddr } from '../value/ipaddr.ts';
import { isLong } from '../value/long.ts';
import { quote } from '../value/quote.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import type { Value } from '../value/value.ts';

export function valueText(value: Value): string {
  if (typeof value === 'string') return quote(value);
  if (value instanceof CedarSet) return `[${[...value.elements].sort(compareValues).map(valueText).join(', ')}]`;
  if (value instanceof CedarRecord) {
    const fields = [...value.fields].sort(([a], [b]) => compareCodePoints(a, b));
    return `{${fields.map(([name, field]) => `${quote(name)}: ${valueText(field)}`).join(', ')}}`;
  }
  return extensionText(value) ?? String(value);
}

function extensionText(value: Value): string | undefined {
  if (value instanceof Decimal) return `decimal("${value}")`;
  // A single address is written without the length of its prefix.
  if (value instanceof IpAddr) return `ip("${String(value).replace(/^([^:]*)\/32$|^(.*:.*)\/128$/, '$1$2')}")`;
  if (value instanceof Duration) return `duration("${value}")`;
  return value instanceof Datetime ? `datetime("1970-01-01").offset(duration("${value.ms}ms"))` : undefined;
}

function compareValues(a: Value, b: Value): number {
  const kind = kindOrder(a) - kindOrder(b);
  if (kind !== 0) return kind;
  if (isLong(a) && isLong(b)) return a < b ? -1 : a > b ? 1 : 0;
  return compareCodePoints(sortKey(a), sortKey(b));
}

function sortKey(value: Value): string {
  return typeof value === 'string' ? value : valueText(value);
}

function kindOrder(value: Value): number {
  switch (typeof value) {
    case 'boolean':
      return 0;
    case 'number':
    case 'bigint':
      return 1;
    case 'string':
      return 2;
    default:
      if (value instanceof EntityUid) return 3;
      return value instanceof CedarSet ? 4 : value instanceof CedarRecord ? 5 : 6;
  }
}
