/**
 * Long — exact at the edges of 53 and of 64 bits.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addLong,
  type Long,
  longFromBigInt,
  MAX_LONG,
  MIN_LONG,
  mulLong,
  negLong,
  subLong,
} from '../../../src/value/long.ts';

const SAFE = Number.MAX_SAFE_INTEGER;

describe('arithmetic', () => {
  test.each<[string, Long | undefined, Long | undefined]>([
    ['a sum leaves the safe integers', addLong(SAFE, 1), 2n ** 53n],
    ['a sum comes back to them', addLong(2n ** 53n, -1), SAFE],
    ['a sum may reach the maximum', addLong(MAX_LONG - 1n, 1), MAX_LONG],
    ['a sum may not pass it', addLong(MAX_LONG, 1), undefined],
    ['a difference may reach the minimum', subLong(-1, MAX_LONG), MIN_LONG],
    ['a difference may not pass it', subLong(MIN_LONG, 1), undefined],
    ['a product that a double would round is exact', mulLong(94_906_267, 94_906_267), 9_007_199_515_875_289n],
    ['a product may reach the minimum', mulLong(-(2 ** 31), 2 ** 32), MIN_LONG],
    ['a product may not pass the maximum', mulLong(2 ** 31, 2 ** 32), undefined],
    ['a product of the minimum and -1 overflows', mulLong(MIN_LONG, -1), undefined],
    ['no product is minus zero', mulLong(-1, 0), 0],
    ['no negation is minus zero', negLong(0), 0],
    ['the minimum has no negation', negLong(MIN_LONG), undefined],
    ['the maximum has one', negLong(MAX_LONG), -MAX_LONG],
  ])('%s', (_, actual, expected) => {
    expect(Object.is(actual, expected)).toBe(true);
  });

  const long = fc
    .oneof(fc.bigInt(MIN_LONG, MAX_LONG), fc.maxSafeInteger().map(BigInt), fc.bigInt(-(2n ** 33n), 2n ** 33n))
    .map((n) => [n, longFromBigInt(n)!] as const);

  test.each([
    ['addLong', addLong, (a: bigint, b: bigint) => a + b],
    ['subLong', subLong, (a: bigint, b: bigint) => a - b],
    ['mulLong', mulLong, (a: bigint, b: bigint) => a * b],
  ] as const)('%s is that of the integers, canonical, or undefined beyond 64 bits', (_, ours, theirs) => {
    fc.assert(
      fc.property(long, long, ([m, a], [n, b]) => {
        const exact = theirs(m, n);
        const result = ours(a, b);
        if (exact < MIN_LONG || exact > MAX_LONG) return result === undefined;
        return BigInt(result!) === exact && (typeof result === 'number') === Number.isSafeInteger(Number(exact));
      }),
    );
  });
});
