/**
 * Extension functions — constructors by what they accept and refuse, methods by what they answer.
 */
import { describe, expect, test } from 'vitest';
import { Datetime } from '../../../src/value/datetime.ts';
import { Decimal } from '../../../src/value/decimal.ts';
import { Duration } from '../../../src/value/duration.ts';
import { applyExtFun, extFun, extFunArity, isExtFunFailure } from '../../../src/value/ext-fun.ts';
import { IpAddr } from '../../../src/value/ipaddr.ts';
import type { Long } from '../../../src/value/long.ts';
import { CedarSet } from '../../../src/value/set.ts';
import type { Value } from '../../../src/value/value.ts';

function call(fn: string, ...args: Value[]): Value {
  const result = applyExtFun(fn, args);
  if (isExtFunFailure(result)) throw new Error(result.failure.message);
  return result;
}

/** The reason after `error while evaluating … extension function: `. */
function refusal(fn: string, ...args: Value[]): string {
  const result = applyExtFun(fn, args);
  if (!isExtFunFailure(result)) throw new Error(`${fn} accepts ${args}`);
  return result.failure.message.replace(/^error while evaluating `\w+` extension function: /, '');
}

const decimal = (text: string) => call('decimal', text) as Decimal;
const ip = (text: string) => call('ip', text) as IpAddr;
const datetime = (text: string) => call('datetime', text) as Datetime;
const duration = (text: string) => call('duration', text) as Duration;

describe('decimal', () => {
  test.each<[string, Long]>([
    ['0.0', 0],
    ['-0.0', 0],
    ['-0.5', -5000],
    ['-0.0001', -1],
    ['01.0', 10_000],
    ['1.2345', 12_345],
    ['00000000000000000000001.5', 15_000],
    ['922337203685477.5807', 9_223_372_036_854_775_807n],
    ['-922337203685477.5808', -9_223_372_036_854_775_808n],
  ])('`%s` is %d ten-thousandths', (text, scaled) => {
    expect(decimal(text)).toEqual(new Decimal(scaled));
  });

  test.each([
    ['', 'not a well-formed'],
    ['1', 'not a well-formed'],
    ['1.', 'not a well-formed'],
    ['.1', 'not a well-formed'],
    ['+1.0', 'not a well-formed'],
    ['--1.0', 'not a well-formed'],
    ['1.0 ', 'not a well-formed'],
    [' 1.0', 'not a well-formed'],
    ['1.0\n', 'not a well-formed'],
    ['1e2.0', 'not a well-formed'],
    ['1.0e2', 'not a well-formed'],
    ['1,0', 'not a well-formed'],
    ['1.00000', 'too many digits after the decimal in `1.00000`'],
    ['922337203685477.5808', 'overflow when converting to decimal'],
    ['-922337203685477.5809', 'overflow when converting to decimal'],
    ['999999999999999999999999.0', 'overflow when converting to decimal'],
    ['999999999999999999999999.00000', 'overflow when converting to decimal'],
    ['\u0661.0', 'overflow when converting to decimal'],
  ])('`%s` is refused', (text, reason) => {
    expect(refusal('decimal', text)).toContain(reason);
  });

  test('the four comparisons know the sign of numbers between -1 and 0', () => {
    const [a, b] = [decimal('-0.5'), decimal('0.5')];
    expect(['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'].map((fn) => call(fn, a, b))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(call('lessThanOrEqual', a, decimal('-0.50'))).toBe(true);
    expect(call('lessThan', a, a)).toBe(false);
  });
});

describe('ipaddr', () => {
  test.each<[string, 4 | 6, number | bigint, number]>([
    ['0.0.0.0', 4, 0, 32],
    ['255.255.255.255', 4, 0xffff_ffff, 32],
    ['127.0.0.1/24', 4, 0x7f00_0001, 24],
    ['10.0.0.0/0', 4, 0x0a00_0000, 0],
    ['::', 6, 0n, 128],
    ['::1', 6, 1n, 128],
    ['1::', 6, 1n << 112n, 128],
    ['1:2:3:4:5:6:7::', 6, 0x0001_0002_0003_0004_0005_0006_0007_0000n, 128],
    ['::2:3:4:5:6:7:8', 6, 0x0002_0003_0004_0005_0006_0007_0008n, 128],
    ['ABCD::00Ef/64', 6, (0xabcdn << 112n) | 0xefn, 64],
    ['0000:0000:0000:0000:0000:0000:0000:0001/128', 6, 1n, 128],
  ])('`%s`', (text, family, address, prefix) => {
    expect(ip(text)).toEqual(new IpAddr(family, address, prefix));
  });

  test.each([
    '',
    ' 127.0.0.1',
    '127.0.0.1 ',
    '127.0.0',
    '127.0.0.1.1',
    '127.0.0.01',
    '127.0.0.256',
    '0x7f.0.0.1',
    '127.0.0.1:80',
    '127.0.0.1/',
    '127.0.0.1/33',
    '127.0.0.1/08',
    '127.0.0.1/+8',
    '127.0.0.1/8/8',
    '127.0.0.1/256',
    '::1/129',
    '::1/064',
    '::1/1000',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    ':1:2:3:4:5:6:7',
    '12345::',
    'g::',
    '[::1]',
    'fe80::1%eth0',
    '::ffff:127.0.0.1',
    '\u0661.0.0.1',
    '00000:0000:0000:0000:0000:0000:0000:0001/128',
  ])('`%s` is refused', (text) => {
    expect(isExtFunFailure(applyExtFun('ip', [text]))).toBe(true);
  });

  test.each([
    ['127.0.0.1', true],
    ['127.255.0.1/8', true],
    ['127.0.0.1/7', false],
    ['128.0.0.1', false],
    ['::1', true],
    ['::1/127', false],
    ['::2', false],
    ['::ffff:7f00:1', false],
  ])('isLoopback of %s is %s', (text, expected) => {
    expect(call('isLoopback', ip(text))).toBe(expected);
  });

  test.each([
    ['224.0.0.1', true],
    ['239.255.255.255/4', true],
    ['224.0.0.1/3', false],
    ['240.0.0.0', false],
    ['ff00::/8', true],
    ['ff00::/7', false],
    ['fe00::', false],
  ])('isMulticast of %s is %s', (text, expected) => {
    expect(call('isMulticast', ip(text))).toBe(expected);
  });

  test.each([
    ['10.0.0.1', '10.0.0.0/24', true],
    ['10.0.1.1', '10.0.0.0/24', false],
    ['10.0.0.0/24', '10.0.0.0/25', false],
    ['10.0.0.7/24', '10.0.0.9/24', true],
    ['255.0.0.1', '0.0.0.0/0', true],
    ['0.0.0.0/0', '0.0.0.0/1', false],
    ['::1', '::/0', true],
    ['1.2.3.4', '::/0', false],
    ['::1', '0.0.0.0/0', false],
    ['ffff::1', 'ffff::/16', true],
  ])('isInRange: %s in %s is %s', (a, b, expected) => {
    expect(call('isInRange', ip(a), ip(b))).toBe(expected);
  });

  test('versions are told apart', () => {
    expect([call('isIpv4', ip('1.1.1.1')), call('isIpv6', ip('1.1.1.1'))]).toEqual([true, false]);
    expect([call('isIpv4', ip('::1')), call('isIpv6', ip('::1'))]).toEqual([false, true]);
  });
});

describe('datetime', () => {
  test.each<[string, Long]>([
    ['1970-01-01', 0],
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01T01:00:00+0100', 0],
    ['1969-12-31T23:00:00-0100', 0],
    ['1970-01-01T00:00:00-0000', 0],
    ['1970-01-01T00:00:00.001Z', 1],
    ['1969-12-31T23:59:59.999Z', -1],
    ['2024-02-29', 1_709_164_800_000],
    ['2000-02-29', 951_782_400_000],
    ['0000-01-01', -62_167_219_200_000],
    ['0000-02-29', -62_162_121_600_000],
    ['9999-12-31T23:59:59.999-2359', 253_402_387_139_999],
    ['0000-01-01T00:00:00+2359', -62_167_305_540_000],
  ])('`%s` is %d ms', (text, ms) => {
    expect(datetime(text)).toEqual(new Datetime(ms));
  });

  test.each([
    ['', 'invalid date pattern'],
    ['24-01-01', 'invalid date pattern'],
    ['12024-01-01', 'invalid date pattern'],
    ['+2024-01-01', 'invalid date pattern'],
    ['2024-1-1', 'invalid date pattern'],
    ['\u0662024-01-01', 'invalid date pattern'],
    ['2024-01-01 ', 'invalid hour/minute/second pattern'],
    ['2024-01-01 00:00:00Z', 'invalid hour/minute/second pattern'],
    ['2024-01-01t00:00:00Z', 'invalid hour/minute/second pattern'],
    ['2024-01-01T00:00Z', 'invalid hour/minute/second pattern'],
    ['2024-01-01T00:00:00', 'invalid millisecond and/or offset pattern'],
    ['2024-01-01T00:00:00z', 'invalid millisecond and/or offset pattern'],
    ['2024-01-01T00:00:00.1Z', 'invalid millisecond and/or offset pattern'],
    ['2024-01-01T00:00:00.1000Z', 'invalid millisecond and/or offset pattern'],
    ['2024-01-01T00:00:00+01:00', 'invalid millisecond and/or offset pattern'],
    ['2024-01-01T00:00:00+01', 'invalid millisecond and/or offset pattern'],
    ['2024-01-01T00:00:00Z\n', 'invalid millisecond and/or offset pattern'],
    ['2023-02-29', 'invalid date: 2023-02-29'],
    ['1900-02-29', 'invalid date: 1900-02-29'],
    ['2024-04-31', 'invalid date'],
    ['2024-00-01', 'invalid date'],
    ['2024-13-01', 'invalid date'],
    ['2024-01-00', 'invalid date'],
    ['2023-02-29T24:00:00Z', 'invalid date'],
    ['2024-01-01T24:00:00Z', 'invalid hour/minute/second: 24:00:00'],
    ['2024-01-01T23:60:00Z', 'invalid hour/minute/second'],
    ['2024-01-01T23:59:60Z', 'invalid hour/minute/second'],
    ['2024-01-01T00:00:00+2400', 'invalid offset range'],
    ['2024-01-01T00:00:00+0060', 'invalid offset range'],
  ])('`%s` is refused', (text, reason) => {
    expect(refusal('datetime', text)).toContain(reason);
  });

  test('toDate goes down and toTime is never negative', () => {
    const before = datetime('1969-12-31T23:59:59.999Z');
    expect(call('toDate', before)).toEqual(datetime('1969-12-31'));
    expect(call('toTime', before)).toEqual(new Duration(86_399_999));
    expect(call('toTime', datetime('1969-12-31'))).toEqual(new Duration(0));
    expect(call('toDate', datetime('1969-12-31'))).toEqual(datetime('1969-12-31'));
  });

  test('offset, durationSince and toDate stay within 64 bits or err', () => {
    const last = call('offset', datetime('1970-01-01'), duration('9223372036854775807ms')) as Datetime;
    const first = call('offset', datetime('1970-01-01'), duration('-9223372036854775808ms')) as Datetime;
    expect(last).toEqual(new Datetime(2n ** 63n - 1n));
    expect(call('durationSince', datetime('1970-01-02'), datetime('1970-01-01'))).toEqual(duration('1d'));
    expect(call('toTime', first)).toEqual(new Duration(Number((-(2n ** 63n) % 86_400_000n) + 86_400_000n)));
    expect(refusal('offset', last, duration('1ms'))).toContain('overflows when adding an offset');
    expect(refusal('durationSince', last, first)).toContain('overflows when computing the duration between');
    expect(refusal('toDate', first)).toContain('overflows when computing the date');
  });
});

describe('duration', () => {
  test.each<[string, Long]>([
    ['0ms', 0],
    ['-0ms', 0],
    ['1d2h3m4s5ms', 93_784_005],
    ['-1d2h3m4s5ms', -93_784_005],
    ['1s1000ms', 2000],
    ['00001d', 86_400_000],
    ['5m', 300_000],
    ['5ms', 5],
    ['9223372036854775807ms', 9_223_372_036_854_775_807n],
    ['-9223372036854775808ms', -9_223_372_036_854_775_808n],
    ['-106751991167d7h12m55s808ms', -9_223_372_036_854_775_808n],
  ])('`%s` is %d ms', (text, ms) => {
    expect(duration(text)).toEqual(new Duration(ms));
  });

  test.each([
    ['', 'invalid duration pattern'],
    ['-', 'invalid duration pattern'],
    ['1', 'invalid duration pattern'],
    ['d', 'invalid duration pattern'],
    ['+1d', 'invalid duration pattern'],
    ['1h1d', 'invalid duration pattern'],
    ['1d1d', 'invalid duration pattern'],
    ['1d-1h', 'invalid duration pattern'],
    ['1 d', 'invalid duration pattern'],
    ['1.5h', 'invalid duration pattern'],
    ['1D', 'invalid duration pattern'],
    ['1d\n', 'invalid duration pattern'],
    ['\u0661d', 'invalid duration pattern'],
    ['9223372036854775808ms', 'overflows'],
    ['-9223372036854775809ms', 'overflows'],
    ['99999999999999999999999999d', 'overflows'],
  ])('`%s` is refused', (text, reason) => {
    expect(refusal('duration', text)).toContain(reason);
  });

  test.each<[string, string, Long]>([
    ['toMilliseconds', '-1999ms', -1999],
    ['toSeconds', '-1999ms', -1],
    ['toMinutes', '59s', 0],
    ['toMinutes', '-59s', 0],
    ['toHours', '-36h', -36],
    ['toDays', '-36h', -1],
    ['toDays', '36h', 1],
    ['toSeconds', '9223372036854775807ms', 9_223_372_036_854_775n],
    ['toDays', '-9223372036854775808ms', -106_751_991_167],
    ['toMilliseconds', '-9223372036854775808ms', -9_223_372_036_854_775_808n],
  ])('%s of %s is %d', (fn, text, expected) => {
    expect(Object.is(call(fn, duration(text)), expected)).toBe(true);
  });
});

describe('a call', () => {
  test('of a name that is none does not exist, `constructor` and `__proto__` included', () => {
    for (const fn of ['nope', 'constructor', '__proto__', 'toString', '']) {
      expect(refusal(fn)).toBe(`extension function \`${fn}\` does not exist`);
      expect(extFunArity(fn)).toBeUndefined();
    }
  });

  test('counts its arguments, the receiver too, before it looks at them', () => {
    expect(refusal('ip')).toBe('wrong number of arguments provided to extension function `ip`: expected 1, got 0');
    expect(refusal('isInRange', 1)).toContain('expected 2, got 1');
    expect(refusal('isIpv4', 1, 2)).toContain('expected 1, got 2');
  });

  test('says which argument is of the wrong type, the first that is', () => {
    expect(applyExtFun('isInRange', [ip('::1'), 'x'])).toMatchObject({
      argument: 1,
      failure: { kind: 'typeError', message: 'type error: expected ipaddr, got string' },
    });
    expect(applyExtFun('lessThan', [1, 'x'])).toMatchObject({ argument: 0 });
    expect(applyExtFun('decimal', [1])).toMatchObject({ argument: 0, failure: { kind: 'typeError' } });
  });

  test('hints at the constructor when a string is given', () => {
    expect(applyExtFun('toDate', ['2024-01-01'])).toMatchObject({
      failure: { help: 'maybe you forgot to apply the `datetime` constructor?' },
    });
  });
});

const FUNCTIONS = [
  ...['decimal', 'ip', 'datetime', 'duration', 'unknown'],
  ...['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'],
  ...['isIpv4', 'isIpv6', 'isLoopback', 'isMulticast', 'isInRange'],
  ...['offset', 'durationSince', 'toDate', 'toTime', 'toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays'],
];

const VALUES: readonly Value[] = [
  ...['', '1.5', '10.0.0.1', '2025-01-01', '1h', 7, true],
  ...[decimal('1.5'), decimal('-922337203685477.5808')],
  ...[ip('10.0.0.1'), ip('10.0.0.0/8'), ip('::1')],
  ...[datetime('2025-01-01'), datetime('1969-12-31T23:59:59.999Z')],
  ...[duration('1h'), duration('-9223372036854775808ms'), CedarSet.from([1])],
];

/** Programs call them by themselves: they get what the checking call gives, and nothing where that has a failure. */
describe.each(FUNCTIONS)('%s', (fn) => {
  const arity = extFunArity(fn)!;
  const calls = VALUES.flatMap((a) => (arity === 1 ? [[a]] : VALUES.map((b) => [a, b])));

  test('gives the same, called by itself', () => {
    const alone = extFun(fn);
    for (const args of calls) {
      const checked = applyExtFun(fn, args);
      expect(alone(...args)).toEqual(isExtFunFailure(checked) ? undefined : checked);
    }
  });
});

test('what is not an extension function is refused', () => {
  expect(() => extFun('nonsense')).toThrow('`nonsense` is not an extension function');
});
