/**
 * Plain values — primitives that are taken as they are, and those that are left to the exact reader.
 */
import { describe, expect, test } from 'vitest';
import { takeBool, takeLong, takePrimitive, takeString } from '../../../../codegen/runtime/evaluate/plain-value.ts';
import { DataPath } from '../../../../src/parser/data/data-path.ts';
import { valueFromData } from '../../../../src/parser/data/value.ts';

const LONGS = [0, -0, 1, -1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 32, 2 ** 53 - 1, 1 - 2 ** 53];
const OTHER_NUMBERS = [0.5, -0.5, 2 ** 31 + 0.5, 2 ** 53, -(2 ** 53), NaN, Infinity, -Infinity, 1e300];
const BIGINTS = [0n, -1n, 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 63n, -(2n ** 63n) - 1n];
const TEXTS = ['', 'a', 'é', '\ud83d\ude00', '\ud800', 'a\udc00'];
const OTHERS = [undefined, null, {}, [], () => {}, Symbol('s')];
const ALL = [...LONGS, ...OTHER_NUMBERS, ...BIGINTS, ...TEXTS, true, false, ...OTHERS];

/** What the exact reader makes of it. */
function exact(value: unknown): unknown {
  try {
    return valueFromData(value, DataPath.root('value', ''));
  } catch {
    return undefined;
  }
}

describe('a primitive', () => {
  test.each(ALL.map((value) => [value]))('%s is taken only as the exact reader takes it', (value) => {
    const taken = takePrimitive(value);
    if (taken !== undefined) expect(taken).toBe(exact(value));
    for (const [type, take] of Object.entries({ string: takeString, boolean: takeBool })) {
      expect(take(value)).toBe(typeof value === type ? taken : undefined);
    }
    expect(takeLong(value)).toBe(typeof value === 'number' || typeof value === 'bigint' ? taken : undefined);
  });

  test.each([...LONGS, ...BIGINTS.slice(0, 5), 'a', true, false].map((value) => [value]))('%s is taken', (value) => {
    expect(takePrimitive(value)).not.toBeUndefined();
  });

  test('the negative zero is taken as zero', () => {
    expect(Object.is(takePrimitive(-0), 0)).toBe(true);
  });
});
