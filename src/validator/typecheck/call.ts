/**
 * Typecheck call — extension functions. Strict mode wants literals for the constructors, and they must be good ones.
 *
 * Spec:  Cedar.Validation.Typechecker: typeOfCall, typeOfConstructor
 */

import type { ExtensionTypeName } from '../../schema/type.ts';
import type { Expr } from '../../syntax/core.ts';
import { applyExtFun, extFunParameters, isExtFunFailure } from '../../value/ext-fun.ts';
import { BOOL, LONG, NEVER, STRING, type Type } from '../type.ts';
import {
  invalidArgument,
  nonLiteralConstructor,
  undefinedFunction,
  wrongNumberOfArguments,
} from '../wording/validation-error.ts';
import type { Known } from './capability.ts';
import { type Answer, answerFrom, type Checker, failure } from './checker.ts';
import type { ExprOf } from './typed-expression.ts';
import { typedCall } from './typed-node.ts';

/** What a constructor's argument is meant to be. */
const CONSTRUCTORS: ReadonlyMap<string, string> = new Map([
  ['ip', 'IP address'],
  ['decimal', 'a decimal value'],
  ['datetime', 'a datetime value'],
  ['duration', 'a duration value'],
]);

const RESULTS: ReadonlyMap<string, Type> = new Map<string, Type>([
  ['ip', { kind: 'ext', name: 'ipaddr' }],
  ['decimal', { kind: 'ext', name: 'decimal' }],
  ['datetime', { kind: 'ext', name: 'datetime' }],
  ['offset', { kind: 'ext', name: 'datetime' }],
  ['toDate', { kind: 'ext', name: 'datetime' }],
  ['duration', { kind: 'ext', name: 'duration' }],
  ['durationSince', { kind: 'ext', name: 'duration' }],
  ['toTime', { kind: 'ext', name: 'duration' }],
  ['toMilliseconds', LONG],
  ['toSeconds', LONG],
  ['toMinutes', LONG],
  ['toHours', LONG],
  ['toDays', LONG],
  ['unknown', NEVER],
]);

export function typeOfCall(checker: Checker, expr: ExprOf<'call'>, known: Known): Answer {
  const { fn, args, span } = expr;
  const params = extFunParameters(fn);
  if (params === undefined) {
    checker.report(undefinedFunction(fn, span));
    return refused(checker, expr, undefined, known);
  }
  const type = RESULTS.get(fn) ?? BOOL;
  if (!acceptsArguments(checker, expr, params.length)) return refused(checker, expr, type, known);
  const answers = args.map((arg, i) => checker.expect(arg, known, [parameterType(params[i]!)]));
  return answerFrom(answers, typedCall(expr, answers, type));
}

/** Still looks for problems in the arguments. */
function refused(checker: Checker, expr: ExprOf<'call'>, type: Type | undefined, known: Known): Answer {
  const args = expr.args.map((arg) => checker.typeOf(arg, known));
  return failure(typedCall(expr, args, type));
}

function parameterType(name: string): Type {
  return name === 'string' ? STRING : { kind: 'ext', name: name as ExtensionTypeName };
}

/** Reports everything that is wrong with the arguments before their types are looked at. */
function acceptsArguments(checker: Checker, { fn, args, span }: ExprOf<'call'>, arity: number): boolean {
  const before = checker.problems.length;
  if (args.length !== arity) checker.report(wrongNumberOfArguments(arity, args.length, span));
  const what = CONSTRUCTORS.get(fn);
  if (what === undefined) return checker.problems.length === before;
  const text = onlyText(args);
  const result = text === undefined ? undefined : applyExtFun(fn, [text]);
  if (result !== undefined && isExtFunFailure(result))
    checker.report(invalidArgument(what, text!, result.failure.help, span));
  if (checker.isStrict && args.some(({ kind }) => kind !== 'lit')) checker.report(nonLiteralConstructor(span));
  return checker.problems.length === before;
}

function onlyText(args: readonly Expr[]): string | undefined {
  const [arg] = args;
  return args.length === 1 && arg?.kind === 'lit' && typeof arg.value === 'string' ? arg.value : undefined;
}
