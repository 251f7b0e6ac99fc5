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

export function takePrimitive(value: unknown): Prim | undefined {
  switch (typeof value) {
    case 'string':
      return takeString(value);
    case 'number':
    case 'bigint':
      return takeLong(value);
    case 'boolean':
      return value;
    default:
      return undefined;
  }
}

/** One that is made of whole characters. */
export function takeString(value: unknown): string | undefined {
  return typeof value === 'string' && value.isWellFormed() ? value : undefined;
}

/** An exact one; the sum makes zero of the negative zero. */
export function takeLong(value: unknown): Long | undefined {
  if (Number.isSafeInteger(value)) return (value as number) + 0;
  return typeof value === 'bigint' ? longFromBigInt(value) : undefined;
}

export function takeBool(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** May an object with this member be an escape, such as `__entity`? */
export function isEscapeName(name: string): boolean {
  return name.charCodeAt(0) === 95 && name.startsWith('__e');
}
