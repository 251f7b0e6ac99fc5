/**
 * Data instance — values that come as objects of a class: `Date`, `Set`, and the values that a store gives out.
 *
 * A `Date` is an instant in whole milliseconds and a `Set` a collection without order, so their meaning in Cedar is exact.
 */
import { Datetime } from '../../value/datetime.ts';
import { Decimal } from '../../value/decimal.ts';
import { Duration } from '../../value/duration.ts';
import { EntityUid } from '../../value/entity-uid.ts';
import { IpAddr } from '../../value/ipaddr.ts';
import { CedarRecord } from '../../value/record.ts';
import { CedarSet } from '../../value/set.ts';
import type { Value } from '../../value/value.ts';
import { DataError, type DataPath } from './data-path.ts';
import { uidFromData } from './uid.ts';

/** Reads what stands in a collection. */
type Read = (data: unknown, place: DataPath) => Value;

/** `undefined` for an instance of any other class. Collections are read as if they were lists and objects. */
export function valueFromInstance(data: object, place: DataPath, read: Read): Value | undefined {
  if (data instanceof EntityUid) return uidFromData(data, place);
  if (data instanceof CedarSet) return CedarSet.from(elementsOf(data.elements, place, read));
  if (data instanceof Set) return CedarSet.from(elementsOf(data, place, read));
  if (data instanceof CedarRecord) return new CedarRecord(fieldsFromMap(data.fields, place, read));
  if (data instanceof Date) return datetimeFrom(data, place);
  const isExtension =
    data instanceof Decimal || data instanceof IpAddr || data instanceof Datetime || data instanceof Duration;
  return isExtension ? data : undefined;
}

function elementsOf(elements: Iterable<unknown>, place: DataPath, read: Read): Value[] {
  return Array.from(elements, (element, i) => read(element, place.at(i)));
}

/** The members of a record that is a `Map`, as records and stored entities have them. */
export function fieldsFromMap(fields: unknown, place: DataPath, read: Read): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  if (!(fields instanceof Map)) throw new DataError(place, 'the fields of a record are no `Map`');
  for (const [name, value] of fields as ReadonlyMap<unknown, unknown>) {
    if (typeof name !== 'string' || !name.isWellFormed())
      throw new DataError(place, 'a key of the `Map` is not a Cedar string');
    values.set(name, read(value, place.at(name)));
  }
  return values;
}

function datetimeFrom(date: Date, place: DataPath): Datetime {
  const ms = date.getTime();
  if (Number.isSafeInteger(ms)) return new Datetime(ms + 0);
  throw new DataError(place, 'the `Date` is invalid');
}
