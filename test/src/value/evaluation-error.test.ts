/**
 * Evaluation errors — the words, and what the help offers.
 */
import { describe, expect, test } from 'vitest';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import * as error from '../../../src/value/evaluation-error.ts';
import { applyExtFun, extFunParameters, isExtFunFailure } from '../../../src/value/ext-fun.ts';
import { parseIpAddr } from '../../../src/value/ipaddr.ts';
import { CedarRecord } from '../../../src/value/record.ts';
import { CedarSet } from '../../../src/value/set.ts';
import { Unknown } from '../../../src/value/unknown.ts';
import { CompilerBug, unreachable } from '../../../src/value/unreachable.ts';
import type { Value } from '../../../src/value/value.ts';

const uid = new EntityUid('U', 'a');
const plain = ({ kind, message, help }: error.EvaluationFailure) => [kind, message, help];
const letters = (n: number) => [...'gfedcba'].slice(7 - n);

describe('what is not there', () => {
  test('an entity', () => {
    expect(plain(error.entityDoesNotExist(uid))).toEqual([
      'entityDoesNotExist',
      'entity `U::"a"` does not exist',
      undefined,
    ]);
  });

  test.each([
    [0, 'record does not have any attributes'],
    [1, 'available attributes: ["a"]'],
    [5, 'available attributes: ["a", "b", "c", "d", "e"]'],
    [7, 'available attributes: [a,b,c,d,e, ... (2 more attributes) ]'],
  ])('an attribute of a record of %i', (n, help) => {
    const message = 'record does not have the attribute `x`';
    expect(plain(error.recordAttrDoesNotExist('x', letters(n)))).toEqual(['attrDoesNotExist', message, help]);
  });

  test.each([
    [0, false, '`U::"a"` does not have any attributes'],
    [2, false, 'available attributes: [a,b]'],
    [5, true, 'available attributes: [a,b,c,d,e]; note that a tag (not an attribute) named `x` does exist'],
    [6, false, 'available attributes: [a,b,c,d,e, ... (1 more attributes) ]'],
  ])('an attribute of an entity of %i', (n, isTag, help) => {
    const message = '`U::"a"` does not have the attribute `x`';
    expect(plain(error.entityAttrDoesNotExist(uid, 'x', letters(n), isTag))).toEqual([
      'attrDoesNotExist',
      message,
      help,
    ]);
  });

  test.each([
    [0, false, '`U::"a"` does not have any tags'],
    [2, false, 'available tags: [a,b]'],
    [5, true, 'available tags: [a,b,c,d,e]; note that an attribute (not a tag) named `x` does exist'],
    [7, false, 'available tags: [a,b,c,d,e, ... (2 more attributes) ]'],
  ])('a tag of an entity of %i', (n, isAttr, help) => {
    const message = '`U::"a"` does not have the tag `x`';
    expect(plain(error.tagDoesNotExist(uid, 'x', letters(n), isAttr))).toEqual(['tagDoesNotExist', message, help]);
  });

  test('an extension function', () => {
    expect(plain(error.unknownExtensionFunction('f'))).toEqual([
      'extensionError',
      'extension function `f` does not exist',
      undefined,
    ]);
  });
});

const [day, hour] = [applyExtFun('datetime', ['2024-01-01']) as Value, applyExtFun('duration', ['1h']) as Value];
const [half, address] = [applyExtFun('decimal', ['0.5']) as Value, applyExtFun('ip', ['::1']) as Value];
const record = new CedarRecord(new Map([['a', 1 as Value]]));
const set = CedarSet.from([1]);

describe('values of a wrong type', () => {
  test.each<readonly [Value, string]>([
    [true, 'bool'],
    [1, 'long'],
    [2n ** 60n, 'long'],
    ['a', 'string'],
    [uid, '(entity of type `U`)'],
    [set, 'set'],
    [record, 'record'],
    [day, 'datetime'],
    [hour, 'duration'],
    [half, 'decimal'],
    [address, 'ipaddr'],
  ])('%s is called %s', (value, name) => {
    expect(plain(error.typeError(['nothing'], value))).toEqual([
      'typeError',
      `type error: expected nothing, got ${name}`,
      undefined,
    ]);
  });

  test('several types may have been expected', () => {
    expect(error.typeError(['set', 'record'], 1, 'try').message).toBe(
      'type error: expected one of [set, record], got long',
    );
    expect(error.typeError(['set', 'record'], 1, 'try').help).toBe('try');
  });

  test('an unknown is none', () => {
    const wanted = [
      'extensionError',
      'the expression contains unknown(s): `unknown("x")`',
      'consider using the partial evaluation APIs',
    ];
    expect(plain(error.typeError(['long'], new Unknown('x')))).toEqual(wanted);
    expect(plain(error.containsUnknown('x'))).toEqual(wanted);
  });

  test.each<readonly [Value, string | undefined]>([
    [set, '`in` is for checking the entity hierarchy; use `.contains()` to test set membership'],
    [record, '`in` is for checking the entity hierarchy; use `has` to test if a record has a key'],
    [uid, undefined],
    [1, undefined],
  ])('on the left of `in`, with %s on the right', (right, help) => {
    expect(plain(error.memTypeError(1, right))).toEqual([
      'typeError',
      'type error: expected (entity of type `any_entity_type`), got long',
      help,
    ]);
  });

  const only = 'Only types long, datetime, duration support comparison';
  const three = 'one of [long, datetime, duration]';
  test.each<readonly [Value, Value, 'left' | 'right', string, string, string | undefined]>([
    [1, 'a', 'right', 'long', 'string', undefined],
    [1, day, 'right', 'long', 'datetime', undefined],
    ['a', 1, 'left', 'long', 'string', undefined],
    [day, 1, 'left', 'long', 'datetime', undefined],
    [day, hour, 'right', 'datetime', 'duration', undefined],
    [hour, day, 'right', 'duration', 'datetime', undefined],
    [hour, 'a', 'right', 'duration', 'string', undefined],
    ['a', hour, 'left', 'duration', 'string', undefined],
    ['a', 'a', 'left', three, 'string', only],
    [half, set, 'left', three, 'decimal', only],
  ])('%s < %s: the %s one is wrong', (left, right, at, expected, actual, help) => {
    const failure = error.comparisonTypeError(left, right);
    expect(failure.at).toBe(at);
    expect(plain(failure.failure)).toEqual(['typeError', `type error: expected ${expected}, got ${actual}`, help]);
  });

  test('a text may lack its constructor', () => {
    const help = 'maybe you forgot to apply the `ip` constructor?';
    expect([
      error.extensionTypeError('ipaddr', 'ip', 'x').help,
      error.extensionTypeError('ipaddr', 'ip', 1).help,
    ]).toEqual([help, undefined]);
  });
});

describe('results beyond 64 bits', () => {
  test.each([
    ['add', 'add'],
    ['sub', 'subtract'],
    ['mul', 'multiply'],
  ] as const)('of %s', (op, verb) => {
    const message = `integer overflow while attempting to ${verb} the values \`1\` and \`2\``;
    expect(plain(error.binaryOverflow(op, 1, 2n))).toEqual(['arithBoundsError', message, undefined]);
  });

  test('of a negation', () => {
    const message = 'integer overflow while attempting to negate the value `7`';
    expect(plain(error.negationOverflow(7))).toEqual(['arithBoundsError', message, undefined]);
  });

  test.each<readonly [string, readonly Value[], string]>([
    ['decimal', ['9.99999'], 'decimal'],
    ['decimal', ['x'], 'decimal'],
    ['decimal', ['922337203685477.5808'], 'decimal'],
    ['ip', ['x'], 'ipaddr'],
    ['datetime', ['x'], 'datetime'],
    ['duration', ['x'], 'duration'],
    ['duration', ['9223372036854775808ms'], 'duration'],
    ['offset', [day, applyExtFun('duration', ['9223372036854775807ms']) as Value], 'offset'],
  ])('of %s name it, %#', (fn, args, name) => {
    const result = applyExtFun(fn, args);
    if (!isExtFunFailure(result)) throw new Error(`${result}`);
    expect(result.failure.kind).toBe('extensionError');
    expect(result.failure.message).toContain(`error while evaluating \`${name}\` extension function: `);
  });
});

describe('an address', () => {
  const long = '1234:1234:1234:1234:1234:1234:1234:1234/12800';
  test.each([
    [long, `error parsing IP address from string \`${long}\`: string length is too large`],
    ['é'.repeat(22), `error parsing IP address from string \`${'é'.repeat(22)}\`: string length is too large`],
    [
      '::ffff:127.0.0.1',
      'error parsing IP address from string: We do not accept IPv4 embedded in IPv6 (e.g., ::ffff:127.0.0.1). Found: `::ffff:127.0.0.1`',
    ],
    ['x', 'invalid IP address: x'],
    ['', 'invalid IP address: '],
    ['x/8', 'error parsing IP address from the string `x`: invalid IP address syntax'],
    ['/8', 'error parsing IP address from the string ``: invalid IP address syntax'],
    ['::/1000', 'error parsing prefix: string length 4 is too large'],
    ['1.1.1.1/100', 'error parsing prefix: string length 3 is too large'],
    ['1.1.1.1/a', 'error parsing prefix `a`: encountered non-digit'],
    ['1.1.1.1/01', 'error parsing prefix `01`: leading zero(s)'],
    ['1.1.1.1/', 'error parsing prefix from the string ``: cannot parse integer from empty string'],
    ['::/256', 'error parsing prefix from the string `256`: number too large to fit in target type'],
    ['::/255', 'error parsing prefix: 255 is larger than the limit 128'],
    ['1.1.1.1/33', 'error parsing prefix: 33 is larger than the limit 32'],
  ])('%s is refused', (text, reason) => {
    expect((parseIpAddr(text) as error.EvaluationFailure).message).toBe(
      `error while evaluating \`ipaddr\` extension function: ${reason}`,
    );
  });

  test.each(['::/0', '::/10', '::/100', '1.1.1.1/10', '1234:1234:1234:1234:1234:1234:1234:1234/128'])(
    '%s is accepted',
    (text) => expect(parseIpAddr(text)).toHaveProperty('prefix'),
  );
});

test('extension functions know the types of their parameters', () => {
  expect(extFunParameters('ip')).toEqual(['string']);
  expect(extFunParameters('offset')?.length).toBe(2);
  expect(extFunParameters('nothing')).toBeUndefined();
});

test('what cannot be is a bug of ours, and says what it was', () => {
  expect(() => unreachable({ op: 'odd' } as never)).toThrow(new CompilerBug('unreachable: {"op":"odd"}'));
  expect(new CompilerBug('x').name).toBe('CompilerBug');
  expect(new error.EvaluationError(error.entityDoesNotExist(uid), undefined).name).toBe('EvaluationError');
});
