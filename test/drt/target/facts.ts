/**
 * Facts — conditions about literals alone, as text: what values are, and what the operations on them give, at the edges.
 *
 * Small, so that a question to the official build holds many.
 */

import { printPattern } from '../../../src/syntax/print.ts';
import type { Long } from '../../../src/value/long.ts';
import { quote } from '../../../src/value/quote.ts';
import { EXTENSION_TEXT_MAKERS } from '../../arbitrary/extension-text.ts';
import { arbitraryPattern, patternNear } from '../../arbitrary/pattern.ts';
import { STRINGS } from '../../arbitrary/pool.ts';
import type { Random } from '../../arbitrary/random.ts';
import { arbitraryLong, type Constructor, extensionText, nearEdge } from '../../arbitrary/value.ts';

const FUNCTIONS = ['decimal', 'ip', 'datetime', 'duration'] as const;
const METHODS = {
  decimal: ['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'],
  ip: ['isInRange'],
  datetime: ['durationSince'],
  duration: [],
} as const;
const PARTS = {
  decimal: [],
  ip: ['isIpv4', 'isIpv6', 'isLoopback', 'isMulticast'],
  datetime: ['toDate', 'toTime'],
  duration: ['toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays'],
} as const;

/** A condition that is true, is false or errs; what it is, is all that is asked. */
export function fact(random: Random): string {
  switch (random.int(7)) {
    case 0:
      return sum(random);
    case 1:
      return like(random);
    case 2:
      return sameCollections(random);
    case 3:
      return random.chance(40) ? sameClock(random) : extension(random);
    default:
      return extension(random);
  }
}

function extension(random: Random): string {
  const fn = random.pick(FUNCTIONS);
  const [a, b] = [call(random, fn), call(random, fn)];
  const [methods, parts]: (readonly string[])[] = [METHODS[fn], PARTS[fn]];
  const ways = [
    `${a} == ${random.chance(30) ? a : b}`,
    ...methods!.map(
      (method) => `${a}.${method}(${b}) == ${method === 'durationSince' ? call(random, 'duration') : true}`,
    ),
    ...parts!.map((part) => `${a}.${part}() == ${b}.${part}()`),
    ...parts!.filter((part) => part.startsWith('is')).map((part) => `${a}.${part}()`),
    ...(fn === 'datetime' || fn === 'duration' ? [`${a} < ${b}`, `${a} <= ${b}`] : []),
    ...(fn === 'datetime'
      ? [`${a}.offset(${call(random, 'duration')}) == ${b}`, `${a}.offset(duration("1ms")).toTime() < ${a}.toTime()`]
      : []),
    `[${a}].contains(${b})`,
  ];
  return random.pick(ways);
}

const ZONES = ['Z', '+0000', '-0000', '+0130', '-0130', '+2359', '-0001'] as const;

/** The same time of the clock in two zones: which is the earlier one, and by how much. */
function sameClock(random: Random): string {
  const clock = random.pick(['2024-02-29T00:00:00', '1970-01-01T12:30:45', '1969-12-31T23:59:59.999']);
  const [a, b] = [random.pick(ZONES), random.pick(ZONES)].map((zone) => `datetime("${clock}${zone}")`);
  return random.pick([
    `${a} < ${b}`,
    `${a} == ${b}`,
    `${a}.durationSince(${b}) < duration("${random.pick(['-', ''])}1h")`,
  ]);
}

function call(random: Random, fn: Constructor): string {
  const text = random.chance(40) ? EXTENSION_TEXT_MAKERS[fn](random) : extensionText(random, fn);
  return `${fn}(${JSON.stringify(text)})`;
}

function sum(random: Random): string {
  const op = random.pick(['+', '-', '*']);
  const [a, b] = terms(random, op);
  // The difference to a neighbour tells a rounded result.
  const close = BigInt(a) + (op === '-' ? -BigInt(b) : BigInt(b)) + BigInt(random.between(-1, 1));
  const right = random.chance(70) && op !== '*' ? inRange(close) : arbitraryLong(random);
  return `(${a} ${op} ${b}) ${random.pick(['==', '<', '<='])} ${right}`;
}

/** Any two, or two whose sum or difference is near where Longs are represented otherwise. */
function terms(random: Random, op: string): readonly [Long, Long] {
  if (random.chance(40)) return [arbitraryLong(random), arbitraryLong(random)];
  const result = nearEdge(random);
  const a = random.chance(50) ? BigInt(arbitraryLong(random)) : result / 2n + BigInt(random.between(-3, 3));
  return [a, inRange(op === '-' ? a - result : result - a)];
}

function inRange(long: bigint): bigint {
  return BigInt.asIntN(64, long);
}

function like(random: Random): string {
  const text = random.list(0, 4, () => random.pick(['a', 'a', 'b', '*', '\\'])).join('');
  const pattern = random.chance(70) ? patternNear(random, text) : arbitraryPattern(random);
  return `${quote(text)} like "${printPattern(pattern)}"`;
}

/** Sets and records that differ in order, in a name, in a level of nesting, or in nothing. */
function sameCollections(random: Random): string {
  const few = [literal(random), literal(random)];
  const [a, b, c] = [collection(random, few, 2), collection(random, few, 2), collection(random, few, 1)];
  const op = random.pick(['==', '!=', 'contains', 'containsAll', 'containsAny']);
  return op.startsWith('c') ? `[${a}, ${c}].${op}(${op === 'contains' ? b : `[${b}, ${a}]`})` : `[${a}] ${op} [${b}]`;
}

/** Draws from few literals, so that two are often alike. */
function collection(random: Random, few: readonly string[], depth: number): string {
  const inner = () => (depth > 0 && random.chance(30) ? collection(random, few, depth - 1) : random.pick(few));
  if (random.chance(50)) return `[${random.list(0, 2, inner).join(', ')}]`;
  const names = random.some(['a', 'b', '"c d"'], 45);
  return `{${names.map((name) => `${name}: ${inner()}`).join(', ')}}`;
}

function literal(random: Random): string {
  return random.pick([
    '1',
    '2',
    'true',
    '"a"',
    '"1"',
    'User::"a"',
    'Group::"a"',
    'ip("::1")',
    'ip("::1/128")',
    'decimal("1.0")',
    'decimal("1.00")',
  ]);
}

/** A policy whose one literal may be no literal of the language. */
export function literalText(random: Random): string {
  return `permit(principal, action, resource) when { ${oddLiteral(random)} };`;
}

function oddLiteral(random: Random): string {
  const name = random.pick([
    'a',
    'if',
    'in',
    'is',
    'has',
    'like',
    'then',
    'true',
    'principal',
    'when',
    '__cedar',
    '_a',
    'a1',
    'type',
    'é',
  ]);
  switch (random.int(7)) {
    case 0: {
      const near = random.pick([2n ** 63n, 2n ** 64n, 2n ** 31n, 10n ** 19n]) + BigInt(random.between(-2, 2));
      return `${random.pick(['', '-', '--', '-(', '- '])}${near} == 0`.replace(/-\((\d+)/, '-($1)');
    }
    case 1:
      return `"${oddEscape(random)}" == ""`;
    case 2:
      return `"" like "${oddEscape(random)}"`;
    case 3:
      return `context.${name} == 1`;
    case 4:
      return `context has ${random.pick([name, `${name}.${name}`, JSON.stringify(name), `a.${name}`])}`;
    case 5:
      return `${name}::${random.pick(['', `${name}::`])}"a" == principal`;
    default:
      return `principal is ${name}${random.pick(['', '::a', ' in resource', `::${name}`])}`;
  }
}

function oddEscape(random: Random): string {
  const hex = () => random.pick(['0', '7', '8', 'f', 'F', 'g', '']);
  const kinds = [
    () => `\\x${hex()}${hex()}`,
    () =>
      `\\u{${random.pick(['0', '41', 'd7ff', 'd800', 'dfff', 'e000', '10FFFF', '110000', '', '0000041', '1_0', 'g', ' 41'])}}`,
    () => `\\${random.pick(['n', 'r', 't', '0', '\\', "'", '"', '*', 'q', 'a', '/', 'b', '\n'])}`,
    () => random.pick([...STRINGS, 'a']).replace(/["\\\n\r]/g, ''),
  ];
  return random.list(1, 2, () => random.pick(kinds)()).join('');
}
