/**
 * Value order — the order in which the official build lists the elements of a set.
 *
 * Bools, Longs, strings, entity uids, sets, records, extension values. Uids are in the order of the last names of their types, then of what stands
 * before these, then of their ids.
 */
import { compareCodePoints } from '../value/code-point.ts';
import { Datetime } from '../value/datetime.ts';
import { Decimal } from '../value/decimal.ts';
import { Duration } from '../value/duration.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { IpAddr } from '../value/ipaddr.ts';
import { isLong, type Long } from '../value/long.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import type { Value } from '../value/value.ts';

export function compareValues(a: Value, b: Value): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (isLong(a) && isLong(b)) return compareLongs(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b);
  if (a instanceof EntityUid && b instanceof EntityUid) return compareUids(a, b);
  if (a instanceof CedarSet && b instanceof CedarSet) return lexicographic(sorted(a), sorted(b), compareValues);
  if (a instanceof CedarRecord && b instanceof CedarRecord)
    return lexicographic(fieldsOf(a), fieldsOf(b), compareFields);
  return compareExtensions(a, b);
}

const EXTENSIONS = [Datetime, Decimal, Duration, IpAddr] as const;

function rankOf(value: Value): number {
  if (typeof value === 'boolean') return 0;
  if (isLong(value)) return 1;
  if (typeof value === 'string') return 2;
  if (value instanceof EntityUid) return 3;
  if (value instanceof CedarSet) return 4;
  return value instanceof CedarRecord ? 5 : 6 + EXTENSIONS.findIndex((extension) => value instanceof extension);
}

function compareLongs(a: Long | bigint, b: Long | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareUids(a: EntityUid, b: EntityUid): number {
  const [left, right] = [a.type.split('::'), b.type.split('::')];
  const names = compareCodePoints(left.pop()!, right.pop()!);
  return names || lexicographic(left, right, compareCodePoints) || compareCodePoints(a.id, b.id);
}

function sorted(set: CedarSet): readonly Value[] {
  return [...set.elements].sort(compareValues);
}

type Field = readonly [string, Value];

function fieldsOf({ fields }: CedarRecord): readonly Field[] {
  return [...fields].sort(([a], [b]) => compareCodePoints(a, b));
}

function compareFields([a, x]: Field, [b, y]: Field): number {
  return compareCodePoints(a, b) || compareValues(x, y);
}

function compareExtensions(a: Value, b: Value): number {
  if (a instanceof Decimal && b instanceof Decimal) return compareLongs(a.scaled, b.scaled);
  if (a instanceof Datetime && b instanceof Datetime) return compareLongs(a.ms, b.ms);
  if (a instanceof Duration && b instanceof Duration) return compareLongs(a.ms, b.ms);
  if (!(a instanceof IpAddr && b instanceof IpAddr)) return 0;
  return a.family - b.family || compareLongs(a.address, b.address) || a.prefix - b.prefix;
}

function lexicographic<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compare(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
