/**
 * Extension functions — what each does with its arguments; one table for model, JSON data and compiled programs.
 *
 * Spec:  Cedar.Spec.ExtFun: call
 */

import { Datetime, parseDatetime } from './datetime.ts';
import { Decimal, parseDecimal } from './decimal.ts';
import { Duration, parseDuration } from './duration.ts';
import {
  containsUnknown,
  EvaluationFailure,
  extensionTypeError,
  typeError,
  unknownExtensionFunction,
  wrongArity,
} from './evaluation-error.ts';
import { IpAddr, parseIpAddr } from './ipaddr.ts';
import { once } from './once.ts';
import { has } from './own-member.ts';
import { CompilerBug } from './unreachable.ts';
import type { Ext, Value } from './value.ts';

/** The result of a call that has no value; `argument` is the index of the argument at fault, `undefined` for the call itself. */
export interface ExtFunFailure {
  readonly failure: EvaluationFailure;
  readonly argument: number | undefined;
}

interface ExtType<T extends Ext> {
  /** Each asks for a class of its own, for which V8 looks at the object's layout alone. */
  readonly is: (value: unknown) => value is T;
  readonly name: string;
  readonly constructorName: string;
}

const DECIMAL: ExtType<Decimal> = {
  is: (value) => value instanceof Decimal,
  name: 'decimal',
  constructorName: 'decimal',
};
const IP: ExtType<IpAddr> = { is: (value) => value instanceof IpAddr, name: 'ipaddr', constructorName: 'ip' };
const DATETIME: ExtType<Datetime> = {
  is: (value) => value instanceof Datetime,
  name: 'datetime',
  constructorName: 'datetime',
};
const DURATION: ExtType<Duration> = {
  is: (value) => value instanceof Duration,
  name: 'duration',
  constructorName: 'duration',
};

/** Parameter types in order; `string` for constructors. */
interface ExtFunEntry {
  readonly params: readonly ('string' | ExtType<Ext>)[];
  readonly apply: (...args: never[]) => Value | EvaluationFailure;
}

function fromString(apply: (text: string) => Value | EvaluationFailure): ExtFunEntry {
  return { params: ['string'], apply };
}

function unary<A extends Ext>(type: ExtType<A>, apply: (a: A) => Value | EvaluationFailure): ExtFunEntry {
  return { params: [type], apply };
}

function binary<A extends Ext, B extends Ext>(
  left: ExtType<A>,
  right: ExtType<B>,
  apply: (a: A, b: B) => Value | EvaluationFailure,
): ExtFunEntry {
  return { params: [left, right], apply };
}

const table = once(
  (): ReadonlyMap<string, ExtFunEntry> =>
    new Map([
      ['decimal', fromString(parseDecimal)],
      ['lessThan', binary(DECIMAL, DECIMAL, (a, b) => a.scaled < b.scaled)],
      ['lessThanOrEqual', binary(DECIMAL, DECIMAL, (a, b) => a.scaled <= b.scaled)],
      ['greaterThan', binary(DECIMAL, DECIMAL, (a, b) => a.scaled > b.scaled)],
      ['greaterThanOrEqual', binary(DECIMAL, DECIMAL, (a, b) => a.scaled >= b.scaled)],
      ['ip', fromString(parseIpAddr)],
      ['isIpv4', unary(IP, (a) => a.family === 4)],
      ['isIpv6', unary(IP, (a) => a.family === 6)],
      ['isLoopback', unary(IP, (a) => a.isLoopback())],
      ['isMulticast', unary(IP, (a) => a.isMulticast())],
      ['isInRange', binary(IP, IP, (a, b) => a.isInRange(b))],
      ['datetime', fromString(parseDatetime)],
      ['duration', fromString(parseDuration)],
      ['offset', binary(DATETIME, DURATION, (a, b) => a.offset(b))],
      ['durationSince', binary(DATETIME, DATETIME, (a, b) => a.durationSince(b))],
      ['toDate', unary(DATETIME, (a) => a.toDate())],
      ['toTime', unary(DATETIME, (a) => a.toTime())],
      ['toMilliseconds', unary(DURATION, (a) => a.ms)],
      ['toSeconds', unary(DURATION, (a) => a.in('seconds'))],
      ['toMinutes', unary(DURATION, (a) => a.in('minutes'))],
      ['toHours', unary(DURATION, (a) => a.in('hours'))],
      ['toDays', unary(DURATION, (a) => a.in('days'))],
      ['unknown', { params: ['string'], apply: (name: string) => containsUnknown(name) }],
    ]),
);

/** Number of arguments, the receiver of a method included; `undefined` for a name that is not an extension function. */
export function extFunArity(fn: string): number | undefined {
  return table().get(fn)?.params.length;
}

/** Names of the parameters' types, the receiver of a method first; `undefined` for a name that is not an extension function. */
export function extFunParameters(fn: string): readonly string[] | undefined {
  return table()
    .get(fn)
    ?.params.map((param) => (param === 'string' ? param : param.name));
}

/** What an extension function gives; `undefined` where `applyExtFun` has a failure. */
export type ExtFun = (...args: readonly unknown[]) => Value | undefined;

/**
 * The function alone, for programs, which call it often and ask only after a failure what is wrong. It takes as many arguments as `extFunArity` says. Throws
 * for a name that is not an extension function.
 */
export function extFun(fn: string): ExtFun {
  const { params, apply } = table().get(fn) ?? unreachableFunction(fn);
  const [left, right] = params.map((param) => (param === 'string' ? isString : param.is));
  const run = apply as (...args: readonly unknown[]) => Value | EvaluationFailure;
  return right === undefined
    ? (a) => (left!(a) ? unlessFailed(run(a)) : undefined)
    : (a, b) => (left!(a) && right(b) ? unlessFailed(run(a, b)) : undefined);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function unlessFailed(result: Value | EvaluationFailure): Value | undefined {
  return result instanceof EvaluationFailure ? undefined : result;
}

function unreachableFunction(fn: string): never {
  throw new CompilerBug(`\`${fn}\` is not an extension function`);
}

/** Checks in order: that the function exists, how many arguments it takes, the type of each, the content. */
export function applyExtFun(fn: string, args: readonly Value[]): Value | ExtFunFailure {
  const entry = table().get(fn);
  if (entry === undefined) return { failure: unknownExtensionFunction(fn), argument: undefined };
  const { params, apply } = entry;
  if (args.length !== params.length)
    return { failure: wrongArity(fn, params.length, args.length), argument: undefined };
  for (const [i, param] of params.entries()) {
    const failure = checkArgument(param, args[i]!);
    if (failure !== undefined) return { failure, argument: i };
  }
  const result = (apply as (...args: readonly Value[]) => Value | EvaluationFailure)(...args);
  return result instanceof EvaluationFailure ? { failure: result, argument: undefined } : result;
}

function checkArgument(param: 'string' | ExtType<Ext>, arg: Value): EvaluationFailure | undefined {
  if (param === 'string') return typeof arg === 'string' ? undefined : typeError(['string'], arg);
  return param.is(arg) ? undefined : extensionTypeError(param.name, param.constructorName, arg);
}

/** Tells the result of `applyExtFun` apart. */
export function isExtFunFailure(result: Value | ExtFunFailure): result is ExtFunFailure {
  return typeof result === 'object' && has(result, 'failure');
}
