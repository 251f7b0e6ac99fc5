/**
 * Plain value — values of the caller that are taken as they are, by emitted code. `undefined` for all that the exact reader (src/parser/data/value.ts) must
 * look at.
 */
import { type Long, longFromBigInt } from '../../../src/value/long.ts';
import type { Prim } from '../../../src/value/value.ts';

/** Taken once, before anyone can put another in their place. */
export const { getPrototypeOf } = Object;
export const { isArray } = Array;
export const objectPrototype: unknown = Object.prototype;
/** No object has such a member. */
export const mapProbe: symbol = Symbol('shape');

/** Each type is compared with by itself: for that V8 looks at the object's layout, and makes no text of the type. */
export function takePrimitive(value: unknown): Prim | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? value : undefined;
  if (typeof value === 'boolean') return value;
  return takeLong(value);
}

/** One that is made of whole characters. */
export function takeString(value: unknown): string | undefined {
  return typeof value === 'string' && value.isWellFormed() ? value : undefined;
}

/** An exact one; the sum makes zero of the negative zero, and so does the first test, which small ones pass. */
export function takeLong(value: unknown): Long | undefined {
  if (typeof value === 'number') {
    const small = value | 0;
    if (small === value) return small;
    return Number.isSafeInteger(value) ? value + 0 : undefined;
  }
  return typeof value === 'bigint' ? longFromBigInt(value) : undefined;
}

export function takeBool(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** May an object with this member be an escape, such as `__entity`? */
export function isEscapeName(name: string): boolean {
  return name.charCodeAt(0) === 95 && name.startsWith('__e');
}
