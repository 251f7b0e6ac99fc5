/**
 * JSON — values, entities and requests in the JSON formats of Cedar, written by the documentation and not by the code under test.
 *
 * Docs:  Cedar policy language, JSON entity format
 */
import type { SlotEnv, TemplateLink } from '../../src/syntax/policy.ts';
import { Datetime } from '../../src/value/datetime.ts';
import { Decimal } from '../../src/value/decimal.ts';
import { Duration } from '../../src/value/duration.ts';
import type { Entity } from '../../src/value/entities.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { IpAddr } from '../../src/value/ipaddr.ts';
import { CedarRecord } from '../../src/value/record.ts';
import type { Request } from '../../src/value/request.ts';
import { CedarSet } from '../../src/value/set.ts';
import { CompilerBug } from '../../src/value/unreachable.ts';
import type { Value } from '../../src/value/value.ts';

/** JSON data; Longs beyond 2^53 are bigint. */
export type Data = boolean | number | bigint | string | null | readonly Data[] | { readonly [key: string]: Data };

/** Members on an object that has no prototype, so that no name means anything else. */
export function objectOf(members: Iterable<readonly [string, Data]>): Data {
  const object: Record<string, Data> = Object.create(null);
  for (const [name, value] of members) object[name] = value;
  return object;
}

export function uidToData({ type, id }: EntityUid): Data {
  return { type, id };
}

export function valueToData(value: Value): Data {
  if (typeof value !== 'object') return value;
  if (value instanceof EntityUid) return { __entity: uidToData(value) };
  if (value instanceof CedarSet) return value.elements.map(valueToData);
  if (value instanceof CedarRecord) return fieldsToData(value.fields);
  return { __extn: extensionToCall(value) };
}

/** The constructor of an extension value, and its text. */
export function extensionToCall(value: Value): { readonly fn: string; readonly arg: string } {
  if (value instanceof Decimal) return { fn: 'decimal', arg: decimalText(value) };
  if (value instanceof IpAddr) return { fn: 'ip', arg: ipText(value) };
  if (value instanceof Duration) return { fn: 'duration', arg: `${value.ms}ms` };
  if (!(value instanceof Datetime)) throw new CompilerBug('a value of no known kind');
  return { fn: 'datetime', arg: datetimeText(value) };
}

/** Only instants from year 0 to 9999 have a text; those of generated data do. */
function datetimeText({ ms }: Datetime): string {
  const year = new Date(Number(ms)).getUTCFullYear();
  return year >= 0 && year <= 9999 ? new Date(Number(ms)).toISOString() : '1970-01-01';
}

function decimalText({ scaled }: Decimal): string {
  const n = BigInt(scaled);
  const digits = String(n < 0n ? -n : n).padStart(5, '0');
  return `${n < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

function ipText({ family, address, prefix }: IpAddr): string {
  const [groups, bits, radix, separator] = family === 4 ? ([4, 8n, 10, '.'] as const) : ([8, 16n, 16, ':'] as const);
  const parts = Array.from(
    { length: groups },
    (_, i) => (BigInt(address) >> (bits * BigInt(groups - 1 - i))) & ((1n << bits) - 1n),
  );
  return `${parts.map((part) => part.toString(radix)).join(separator)}/${prefix}`;
}

export function fieldsToData(fields: ReadonlyMap<string, Value>): Data {
  return objectOf([...fields].map(([name, value]) => [name, valueToData(value)] as const));
}

export function entityToData({ uid, attrs, parents, tags }: Entity): Data {
  return { uid: uidToData(uid), attrs: fieldsToData(attrs), parents: parents.map(uidToData), tags: fieldsToData(tags) };
}

export function requestToData({ principal, action, resource, context }: Request): Data {
  return {
    principal: uidToData(principal),
    action: uidToData(action),
    resource: uidToData(resource),
    context: fieldsToData(context.fields),
  };
}

export function linkToData({ id, templateId, slotEnv }: TemplateLink): Data {
  return { newId: id, templateId, values: slotsToData(slotEnv) };
}

function slotsToData({ principal, resource }: SlotEnv): Data {
  const values: [string, Data][] = [];
  if (principal !== undefined) values.push(['?principal', uidToData(principal)]);
  if (resource !== undefined) values.push(['?resource', uidToData(resource)]);
  return objectOf(values);
}

/** JSON text; bigints are written as the integers they are. */
export function dataText(data: unknown, indent = ''): string {
  const inner = `${indent}  `;
  if (typeof data === 'bigint') return String(data);
  if (typeof data !== 'object' || data === null) return JSON.stringify(data);
  const flat = JSON.stringify(data, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  const parts = Array.isArray(data)
    ? data.map((element) => dataText(element, inner))
    : Object.entries(data).map(([key, value]) => `${JSON.stringify(key)}: ${dataText(value, inner)}`);
  const [open, close] = Array.isArray(data) ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  return flat.length < 80
    ? `${open}${parts.join(', ')}${close}`
    : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}
