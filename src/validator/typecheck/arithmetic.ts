/**
 * Typecheck arithmetic — numbers, and `like`, which is to strings what they are to numbers.
 *
 * Spec:  Cedar.Validation.Typechecker: typeOfUnaryApp (neg, like), typeOfBinaryApp (add, sub, mul)
 */
import type { BinaryOp } from '../../syntax/core.ts';
import { BOOL, isEntity, LONG, STRING, type Type } from '../type.ts';
import { type Advice, TRY } from '../wording/validation-error.ts';
import type { Known } from './capability.ts';
import { type Answer, answerFrom, type Checker } from './checker.ts';
import type { ExprOf } from './typed-expression.ts';
import { typedBinaryApp, typedUnaryApp } from './typed-node.ts';

const NUMBER = [LONG];
const TEXT = [STRING];

/** `+`, `-` and `*`. */
export function typeOfArithmetic(checker: Checker, expr: ExprOf<'binaryApp'>, known: Known): Answer {
  const help = (actual: Type) => notANumber(expr.op, actual);
  const left = checker.expect(expr.left, known, NUMBER, help);
  const right = checker.expect(expr.right, known, NUMBER, help);
  return answerFrom([left, right], typedBinaryApp(expr, left, right, LONG));
}

function notANumber(op: BinaryOp, { kind }: Type): Advice | undefined {
  if (kind === 'set') return TRY.noSetOperation;
  return op === 'add' && kind === 'string' ? TRY.noConcatenation : undefined;
}

export function typeOfNeg(checker: Checker, expr: ExprOf<'unaryApp'>, known: Known): Answer {
  const arg = checker.expect(expr.arg, known, NUMBER);
  return answerFrom([arg], typedUnaryApp(expr, arg, LONG));
}

export function typeOfLike(checker: Checker, expr: ExprOf<'unaryApp'>, known: Known): Answer {
  const arg = checker.expect(expr.arg, known, TEXT, (actual) => (isEntity(actual) ? TRY.is : undefined));
  return answerFrom([arg], typedUnaryApp(expr, arg, BOOL));
}
