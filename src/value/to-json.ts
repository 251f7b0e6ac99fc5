/**
 * To JSON — values and entities as the JSON that stands for them, ready for `JSON.stringify`.
 *
 * A Long beyond 2^53 stays a bigint: no JavaScript number is exact there, so whoever writes the text decides.
 *
 * Docs:  Cedar policy language, JSON entity format
 */
import { CedarmillError } from './cedarmill-error.ts';
import { compareCodePoints } from './code-point.ts';
import { Datetime } from './datetime.ts';
import { Decimal } from './decimal.ts';
import { Duration } from './duration.ts';
import type { Entity } from './entities.ts';
import { EntityUid } from './entity-uid.ts';
import { IpAddr } from './ipaddr.ts';
import type { Long } from './long.ts';
import { CedarRecord } from './record.ts';
import { CedarSet } from './set.ts';
import { Unknown } from './unknown.ts';
import { unreachable } from './unreachable.ts';
import type { Ext, Value } from './value.ts';

export interface UidJson {
  readonly type: string;
  readonly id: string;
}

export interface ExtensionJson {
  readonly __extn: { readonly fn: string; readonly arg: string } | { readonly fn: string; readonly args: ValueJson[] };
}

export type ValueJson =
  | boolean
  | Long
  | string
  | ValueJson[]
  | { readonly __entity: UidJson }
  | ExtensionJson
  | { readonly [name: string]: ValueJson };

export interface EntityJson {
  readonly uid: UidJson;
  readonly attrs: { readonly [name: string]: ValueJson };
  readonly parents: UidJson[];
  readonly tags: { readonly [name: string]: ValueJson };
}

/** A record that JSON would mistake for an escape. */
export class UnwritableRecord extends CedarmillError {
  static override readonly kind = 'UnwritableRecord';
  override readonly name = 'UnwritableRecord';

  constructor(key: string) {
    super('unwritableRecord', `a record with the key \`${key}\` cannot be written as JSON`);
  }
}

/** Throws `UnwritableRecord` for a record with a key that JSON keeps for escapes. */
export function valueToJson(value: Value): ValueJson {
  if (typeof value !== 'object') return value;
  if (value instanceof EntityUid) return { __entity: uidToJson(value) };
  if (value instanceof CedarSet) return value.elements.map(valueToJson);
  if (value instanceof CedarRecord) return recordToJson(value.fields);
  return value instanceof Unknown ? call('unknown', value.name) : extensionToJson(value);
}

export function uidToJson({ type, id }: EntityUid): UidJson {
  return { type, id };
}

/** The parents are those of the entity, not all its ancestors. */
export function entityToJson({ uid, attrs, parents, tags }: Entity): EntityJson {
  return {
    uid: uidToJson(uid),
    attrs: fieldsToJson(attrs),
    parents: parents.map(uidToJson),
    tags: fieldsToJson(tags),
  };
}

const ESCAPES = ['__entity', '__extn', '__expr'];

function recordToJson(fields: ReadonlyMap<string, Value>): { readonly [name: string]: ValueJson } {
  const reserved = ESCAPES.find((name) => fields.has(name));
  if (reserved === undefined) return fieldsToJson(fields);
  throw new UnwritableRecord(reserved);
}

/** Sorted, so that equal records are written alike; without prototype, so that `__proto__` is a key. */
function fieldsToJson(fields: ReadonlyMap<string, Value>): { readonly [name: string]: ValueJson } {
  const json: Record<string, ValueJson> = Object.create(null);
  for (const [name, value] of [...fields].sort(([a], [b]) => compareCodePoints(a, b))) json[name] = valueToJson(value);
  return json;
}

/** A call that makes the value, not always the one that made it. */
function extensionToJson(value: Ext): ExtensionJson {
  if (value instanceof Decimal) return call('decimal', `${value}`);
  if (value instanceof IpAddr) return call('ip', `${value}`);
  if (value instanceof Duration) return call('duration', `${value}`);
  if (!(value instanceof Datetime)) return unreachable(value);
  return { __extn: { fn: 'offset', args: [call('datetime', '1970-01-01'), call('duration', `${value.ms}ms`)] } };
}

function call(fn: string, arg: string): ExtensionJson {
  return { __extn: { fn, arg } };
}
