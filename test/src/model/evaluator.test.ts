/**
 * Evaluator — every construct against every kind of operand, and which error comes first.
 */
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/model/evaluator.ts';
import { parseExpression } from '../../../src/parser/text/text.ts';
import { desugar } from '../../../src/syntax/desugar.ts';
import { Entities, type Entity } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { EvaluationError } from '../../../src/value/evaluation-error.ts';
import { CedarRecord } from '../../../src/value/record.ts';
import type { Request } from '../../../src/value/request.ts';
import { CedarSet } from '../../../src/value/set.ts';
import { Unknown } from '../../../src/value/unknown.ts';
import type { Value } from '../../../src/value/value.ts';

const uid = (type: string, id: string) => new EntityUid(type, id);
const fields = (values: Record<string, Value>) => new Map(Object.entries(values));

function entity(name: EntityUid, parents: EntityUid[], attrs = {}, tags = {}): Entity {
  return { uid: name, parents, attrs: fields(attrs), tags: fields(tags) };
}

const entities = Entities.from([
  entity(uid('User', 'a'), [uid('Team', 't')], { n: 1, constructor: 'own' }, { k: 'v', n: 2 }),
  entity(uid('Team', 't'), [uid('Org', 'o'), uid('Org', 'gone')]),
  entity(uid('Org', 'o'), [uid('Org', 'top')]),
  entity(uid('User', 'bare'), []),
]);

const request: Request = {
  principal: uid('User', 'a'),
  action: uid('Action', 'view'),
  resource: uid('Doc', 'missing'),
  context: new CedarRecord(fields({ min: -(2n ** 63n), max: 2n ** 63n - 1n, s: 'x', r: new CedarRecord(new Map()) })),
};

function valueIn(text: string, req = request): Value {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  return evaluate(desugar(parsed.value), req, entities);
}

/** The value, or the kind of the error. */
function outcome(text: string, req = request): string {
  try {
    return `${valueIn(text, req)}`;
  } catch (error) {
    if (error instanceof EvaluationError) return error.kind;
    throw error;
  }
}

function failure(text: string): EvaluationError {
  try {
    valueIn(text);
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
  throw new Error(`${text} has a value`);
}

/** One operand of each kind. */
const OPERANDS = {
  bool: 'true',
  long: '1',
  string: '"a"',
  entity: 'principal',
  set: '[1]',
  'set of entities': '[Team::"t"]',
  record: '{a: 1}',
  ip: 'ip("1.1.1.1")',
  decimal: 'decimal("1.0")',
  datetime: 'datetime("2024-01-01")',
  duration: 'duration("1h")',
} as const;
type Kind = keyof typeof OPERANDS;
const KINDS = Object.keys(OPERANDS) as Kind[];

describe('an operator has a value for the operands of its kinds only', () => {
  test.each<[string, (x: string) => string, Kind[]]>([
    ['!', (x) => `!(${x})`, ['bool']],
    ['-', (x) => `-(${x})`, ['long']],
    ['if', (x) => `if ${x} then 1 else 2`, ['bool']],
    ['&& on the left', (x) => `(${x}) && true`, ['bool']],
    ['&& on the right', (x) => `true && (${x})`, ['bool']],
    ['|| on the left', (x) => `(${x}) || true`, ['bool']],
    ['|| on the right', (x) => `false || (${x})`, ['bool']],
    ['+ on the left', (x) => `(${x}) + 1`, ['long']],
    ['+ on the right', (x) => `1 + (${x})`, ['long']],
    ['- on the left', (x) => `(${x}) - 1`, ['long']],
    ['* on the right', (x) => `1 * (${x})`, ['long']],
    ['like', (x) => `(${x}) like "a*"`, ['string']],
    ['is', (x) => `(${x}) is User`, ['entity']],
    ['in on the left', (x) => `(${x}) in Team::"t"`, ['entity']],
    ['in on the right', (x) => `principal in (${x})`, ['entity', 'set of entities']],
    ['has', (x) => `(${x}) has zz`, ['entity', 'record']],
    ['contains', (x) => `(${x}).contains(1)`, ['set', 'set of entities']],
    ['containsAll on the left', (x) => `(${x}).containsAll([1])`, ['set', 'set of entities']],
    ['containsAll on the right', (x) => `[1].containsAll(${x})`, ['set', 'set of entities']],
    ['containsAny on the left', (x) => `(${x}).containsAny([1])`, ['set', 'set of entities']],
    ['containsAny on the right', (x) => `[1].containsAny(${x})`, ['set', 'set of entities']],
    ['isEmpty', (x) => `(${x}).isEmpty()`, ['set', 'set of entities']],
    ['hasTag on the left', (x) => `(${x}).hasTag("k")`, ['entity']],
    ['hasTag on the right', (x) => `principal.hasTag(${x})`, ['string']],
    ['getTag on the left', (x) => `(${x}).getTag("k")`, ['entity']],
    ['isIpv4', (x) => `(${x}).isIpv4()`, ['ip']],
    ['lessThan', (x) => `(${x}).lessThan(${x})`, ['decimal']],
    ['toDate', (x) => `(${x}).toDate()`, ['datetime']],
    ['toDays', (x) => `(${x}).toDays()`, ['duration']],
    ['< with itself', (x) => `(${x}) < (${x})`, ['long', 'datetime', 'duration']],
    ['>= with itself', (x) => `(${x}) >= (${x})`, ['long', 'datetime', 'duration']],
    ['== with a Long', (x) => `(${x}) == 1`, KINDS],
    ['contains of it', (x) => `[1].contains(${x})`, KINDS],
  ])('%s', (_, of, kinds) => {
    const fine = KINDS.filter((kind) => outcome(of(OPERANDS[kind])) !== 'typeError');
    expect(fine).toEqual(kinds);
  });

  test('kinds that compare do so only with their own', () => {
    const pairs = KINDS.flatMap((a) => KINDS.map((b) => [a, b] as const));
    const fine = pairs.filter(([a, b]) => outcome(`${OPERANDS[a]} <= ${OPERANDS[b]}`) !== 'typeError');
    expect(fine).toEqual([
      ['long', 'long'],
      ['datetime', 'datetime'],
      ['duration', 'duration'],
    ]);
  });
});

describe('value', () => {
  test.each([
    ['if true then 1 else 1 + "a"', '1'],
    ['false && 1', 'false'],
    ['true || 1', 'true'],
    ['context.max - 1 + 1 == context.max', 'true'],
    ['context.min < context.max', 'true'],
    ['9007199254740993 == 9007199254740992', 'false'],
    ['2 * 3 - 10', '-4'],
    ['principal is User in Team::"t"', 'true'],
    ['principal is Team in (1 + "a")', 'false'],
    ['principal in Team::"t"', 'true'],
    ['principal in Org::"top"', 'true'],
    ['principal in Org::"gone"', 'true'],
    ['principal in Org::"other"', 'false'],
    ['resource in resource', 'true'],
    ['resource in [Org::"o", resource]', 'true'],
    ['resource in Org::"o"', 'false'],
    ['principal in []', 'false'],
    ['Org::"top" in Org::"o"', 'false'],
    ['principal has n', 'true'],
    ['principal has k', 'false'],
    ['principal has toString', 'false'],
    ['principal has constructor', 'true'],
    ['context has "__proto__"', 'false'],
    ['{"__proto__": 1}["__proto__"]', '1'],
    ['resource has n', 'false'],
    ['resource has n.m', 'false'],
    ['context has r.zz', 'false'],
    ['principal.n', '1'],
    ['principal.hasTag("n") && principal.getTag("n") == 2', 'true'],
    ['principal.hasTag("constructor")', 'false'],
    ['resource.hasTag("k")', 'false'],
    ['[1, 1, 2] == [2, 1]', 'true'],
    ['[[1, 2], [2, 1]] == [[1, 2]]', 'true'],
    ['[1, 2].containsAll([])', 'true'],
    ['[1, 2].containsAny([])', 'false'],
    ['[].isEmpty()', 'true'],
    ['[1, "a", principal].contains(User::"a")', 'true'],
    ['{a: {b: 1}}.a.b', '1'],
    ['"a*c" like "a\\*c" && !("abc" like "a\\*c")', 'true'],
    ['"abc" like "a\\x2ac"', 'true'],
    ['duration("1h") < duration("61m")', 'true'],
    ['datetime("2024-01-01").offset(duration("1d")) == datetime("2024-01-02")', 'true'],
  ])('%s is %s', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });
});

describe('error', () => {
  test.each([
    ['-context.min', 'integer overflow while attempting to negate the value `-9223372036854775808`'],
    ['--9223372036854775808', 'integer overflow while attempting to negate the value `-9223372036854775808`'],
    ['context.max + 1', 'integer overflow while attempting to add the values `9223372036854775807` and `1`'],
    ['context.min - 1', 'integer overflow while attempting to subtract the values `-9223372036854775808` and `1`'],
    ['context.max * 2', 'integer overflow while attempting to multiply the values `9223372036854775807` and `2`'],
    ['resource.n', 'entity `Doc::"missing"` does not exist'],
    ['resource.getTag("k")', 'entity `Doc::"missing"` does not exist'],
    ['principal.k', '`User::"a"` does not have the attribute `k`'],
    ['principal.getTag("zz")', '`User::"a"` does not have the tag `zz`'],
    ['context.zz', 'record does not have the attribute `zz`'],
    ['context.toString', 'record does not have the attribute `toString`'],
    ['1 + "a"', 'type error: expected long, got string'],
    ['"a" < 1', 'type error: expected long, got string'],
    ['"a" < duration("1h")', 'type error: expected duration, got string'],
    ['"a" < "b"', 'type error: expected one of [long, datetime, duration], got string'],
    ['principal.n.m', 'type error: expected one of [record, (entity of type `any_entity_type`)], got long'],
    ['!principal', 'type error: expected bool, got (entity of type `User`)'],
    ['principal in [Team::"t", 1]', 'type error: expected (entity of type `any_entity_type`), got long'],
    ['ip("x").isIpv4()', 'error while evaluating `ipaddr` extension function: invalid IP address: x'],
    ['ip()', 'wrong number of arguments provided to extension function `ip`: expected 1, got 0'],
  ])('%s', (text, message) => {
    expect(failure(text).message).toBe(message);
  });
});

describe('the first error wins', () => {
  test.each([
    ['both operands are evaluated before either is checked', '"a" + (-true)', 'expected long, got bool'],
    ['of a method too', '1.contains(1 + "a")', 'expected long, got string'],
    ['the left operand is checked first', '"a" + true', 'got string'],
    ['fields are evaluated in the order of their names', '{b: 1 + "a", a: -true}', 'got bool'],
    ['which is that of code points', '{"\u{1f600}": 1 + "a", "\uffee": -true}', 'got bool'],
    ['elements in the order they are written', '[1 + "a", -true]', 'got string'],
    ['arguments before their number', 'ip(-true, 1)', 'got bool'],
    ['the receiver of hasTag before the tag', '1.hasTag(2)', 'got long'],
  ])('%s', (_, text, message) => {
    expect(failure(text).message).toContain(message);
  });
});

test('a missing attribute that is a tag is told apart, and a missing tag that is an attribute', () => {
  expect(failure('principal.k').help).toBe(
    'available attributes: [constructor,n]; note that a tag (not an attribute) named `k` does exist',
  );
  expect(failure('User::"bare".n').help).toBe('`User::"bare"` does not have any attributes');
  expect(failure('principal.getTag("constructor")').help).toBe(
    'available tags: [k,n]; note that an attribute (not a tag) named `constructor` does exist',
  );
});

test('an error points at the smallest expression that fails', () => {
  expect(failure('true && (1 + "a" == 2)').span).toMatchObject({ start: 13, end: 16 });
  expect(failure('principal.n == resource.n').span).toMatchObject({ start: 15, end: 23 });
  expect(failure('1 == context.zz').span).toMatchObject({ start: 5, end: 15 });
});

test.each(['&&', '||'])('a chain of 20,000 terms with %s does not overflow the stack', (operator) => {
  const term = operator === '&&' ? 'true' : 'false';
  const chain = Array<string>(20_000).fill(term).join(` ${operator} `);
  expect(outcome(chain)).toBe(term);
  expect(outcome(`${chain} ${operator} 1`)).toBe('typeError');
});

describe('an unknown in the data', () => {
  const unknown = new Unknown('x');
  const context = new CedarRecord(fields({ u: unknown, v: 1, s: CedarSet.from([1, unknown]) }));
  const decide = (text: string) => outcome(text, { ...request, context });

  test.each([
    ['context.v == 1'],
    ['context has u'],
    ['true || context.u'],
    ['!(false && context.u)'],
    ['{a: context.u, b: true}.b'],
  ])('does not matter to %s', (text) => {
    expect(decide(text)).toBe('true');
  });

  test.each([
    ['context.u == 1'],
    ['1 != context.u'],
    ['context == context'],
    ['context.u || true'],
    ['context.s.contains(1)'],
    ['[1].contains(context.u)'],
    ['[1].containsAny(context.s)'],
    ['context.s.isEmpty()'],
    ['context.u.a'],
    ['context.u < 1'],
    ['context.u in principal'],
    ['principal in [context.u]'],
    ['context.u like "a"'],
    ['ip(context.u).isIpv4()'],
  ])('is an error in %s', (text) => {
    expect(decide(text)).toBe('extensionError');
  });
});
