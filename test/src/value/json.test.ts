/**
 * JSON — nothing is lost, nothing is guessed, and no text brings the reader down.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JSON_DEPTH_LIMIT, JsonFloat, JsonSyntaxError, parseJson } from '../../../src/value/json.ts';

describe('numbers', () => {
  test.each<[string, unknown]>([
    ['0', 0],
    ['-0', 0],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['9007199254740993', 9_007_199_254_740_993n],
    ['-9223372036854775808', -(2n ** 63n)],
    ['18446744073709551615', 18_446_744_073_709_551_615n],
    ['1.0', new JsonFloat('1.0')],
    ['1e3', new JsonFloat('1e3')],
    ['100000000000000000000000', new JsonFloat('100000000000000000000000')],
  ])('%s', (text, expected) => {
    expect(parseJson(text)).toEqual(expected);
    expect(Object.is(parseJson(text), -0)).toBe(false);
  });
});

describe('objects', () => {
  test('have no prototype, so that every key is a key', () => {
    const object = parseJson('{"__proto__": {"a": 1}, "constructor": 2, "1": 3, "": 4}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(object)).toBeNull();
    expect(Object.keys(object).sort()).toEqual(['', '1', '__proto__', 'constructor']);
    expect(object.toString).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
  });

  test.each(['{"a":1,"a":1}', '{"__proto__":1,"__proto__":2}', '{"a":{"b":1,"\\u0062":2}}'])(
    'a key twice is refused: %s',
    (text) => expect(() => parseJson(text)).toThrow(/duplicate key/),
  );
});

describe('refused', () => {
  test.each([
    ['', 'unexpected end of JSON at line 1 column 1'],
    ['{', 'line 1 column 2'],
    ['[1,]', 'expected a JSON value at line 1 column 4'],
    ['{"a":1,}', 'expected a string as object key at line 1 column 8'],
    ['{a:1}', 'expected a string as object key at line 1 column 2'],
    ["'a'", 'expected a JSON value'],
    ['[1 2]', 'expected `,` or `]` at line 1 column 4'],
    ['{"a" 1}', 'expected `:`'],
    ['1 2', 'trailing characters'],
    ['01', 'trailing characters'],
    ['1.', 'trailing characters'],
    ['.5', 'expected a JSON value'],
    ['+1', 'expected a JSON value'],
    ['NaN', 'expected a JSON value'],
    ['undefined', 'expected a JSON value'],
    ['tru', 'expected a JSON value'],
    ['"a', 'invalid string'],
    ['"\t"', 'invalid string'],
    ['"\\x41"', 'invalid string'],
    ['"\\u12"', 'invalid string'],
    ['"\\ud800"', 'lone surrogate'],
    ['"\\udc00\\ud800"', 'lone surrogate'],
    ['\ufeff1', 'expected a JSON value'],
    ['\u00a01', 'expected a JSON value'],
    ['/**/1', 'expected a JSON value'],
    ['{\n "\u{1f600}": tru}', 'at line 2 column 7'],
  ])('%j', (text, message) => {
    expect(() => parseJson(text)).toThrow(message);
    expect(() => parseJson(text)).toThrow(JsonSyntaxError);
  });

  test('too many levels, but not the last that is allowed', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(parseJson(nested(JSON_DEPTH_LIMIT))).toHaveLength(JSON_DEPTH_LIMIT > 1 ? 1 : 0);
    expect(() => parseJson(nested(JSON_DEPTH_LIMIT + 1))).toThrow('recursion limit exceeded');
    expect(() => parseJson('['.repeat(1_000_000))).toThrow('recursion limit exceeded');
    expect(() => parseJson('{"a":'.repeat(1_000_000))).toThrow('recursion limit exceeded');
  });
});

describe('any text', () => {
  test('that JSON.stringify writes is read back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        const plain: unknown = JSON.parse(text, (_, each: unknown) =>
          typeof each === 'number' && !Number.isSafeInteger(each) ? null : each,
        );
        expect(JSON.parse(JSON.stringify(parseJson(text), forget))).toEqual(plain);
      }),
    );
  });

  test('cut off or shuffled is refused with a place or read, as JSON.parse would', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-',
      'true',
      'null',
      ' ',
      '\n',
      '\\',
      '"',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        expect(outcome(() => parseJson(text), JsonSyntaxError)).toBe(
          /"([ab])":.*"\1":/s.test(text)
            ? outcome(() => parseJson(text), JsonSyntaxError)
            : outcome(() => JSON.parse(text), SyntaxError),
        );
      }),
      { numRuns: 5000 },
    );
  });
});

/** What a double cannot hold is not compared. */
function forget(_: string, value: unknown): unknown {
  return value instanceof JsonFloat || typeof value === 'bigint' ? null : value;
}

function outcome(read: () => unknown, refusal: new (...args: never[]) => Error): 'read' | 'refused' {
  try {
    read();
    return 'read';
  } catch (error) {
    if (error instanceof refusal) return 'refused';
    throw error;
  }
}
