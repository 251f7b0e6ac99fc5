/**
 * Long — signed 64-bit integers, as a JavaScript number while that is exact and as a bigint beyond.
 *
 * INVARIANT: canonical. A Long is a `number` iff it is a safe integer (never -0), else a `bigint` within i64. So `===` is equality and a native
 * `Set` holds Longs rightly.
 *
 * Spec:  Cedar.Data.Int64
 */

/** A signed 64-bit integer: a `number` iff it is a safe integer, else a `bigint`. */
export type Long = number | bigint;

export const MIN_LONG = -(2n ** 63n);
export const MAX_LONG = 2n ** 63n - 1n;

/** Whether a value of the language is a Long. */
export function isLong(value: unknown): value is Long {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** The Long of an exact integer; `undefined` when it does not fit 64 bits. */
export function longFromBigInt(n: bigint): Long | undefined {
  const number = Number(n);
  if (Number.isSafeInteger(number)) return number;
  return n >= MIN_LONG && n <= MAX_LONG ? n : undefined;
}

/** `undefined` on overflow. */
export function addLong(a: Long, b: Long): Long | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return longFromBigInt(BigInt(a) + BigInt(b));
}

/** `undefined` on overflow. */
export function subLong(a: Long, b: Long): Long | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return longFromBigInt(BigInt(a) - BigInt(b));
}

/** `undefined` on overflow. */
export function mulLong(a: Long, b: Long): Long | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    // `+ 0` turns -0 into 0.
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return longFromBigInt(BigInt(a) * BigInt(b));
}

/** `undefined` for the minimum. */
export function negLong(a: Long): Long | undefined {
  return typeof a === 'number' ? 0 - a : longFromBigInt(-a);
}

/** The number that ASCII digits spell; `undefined` for other digits, and for more than 64 bits could need. */
export function parseDigits(digits: string): bigint | undefined {
  const significant = digits.replace(/^0+(?=.)/, '');
  return /^[0-9]{1,20}$/.test(significant) ? BigInt(significant) : undefined;
}
