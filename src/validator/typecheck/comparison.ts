/**
 * Typecheck comparison — `==`, `<`, `<=` and the tests on sets.
 *
 * Spec:  Cedar.Validation.Typechecker: typeOfEq, typeOfBinaryApp (less, lessEq, contains, containsAll, containsAny), ifLubThenBool
 */

import type { Expr } from '../../syntax/core.ts';
import { EntityUid } from '../../value/entity-uid.ts';
import { has } from '../../value/own-member.ts';
import type { Prim } from '../../value/value.ts';
import { ANY_SET, BOOL, boolType, FALSE, isEntity, LONG, type Type } from '../type.ts';
import { type Advice, incompatibleTypes, type MUST_AGREE, TRY, unexpectedType } from '../wording/validation-error.ts';
import type { Known } from './capability.ts';
import { type Answer, answerFrom, type Checker, failure } from './checker.ts';
import { leastUpperBound } from './least-upper-bound.ts';
import { areDisjoint } from './subtype.ts';
import type { ExprOf } from './typed-expression.ts';
import { typedBinaryApp, typedUnaryApp } from './typed-node.ts';

type Binary = ExprOf<'binaryApp'>;

export function typeOfEq(checker: Checker, expr: Binary, known: Known): Answer {
  const left = checker.typeOf(expr.left, known);
  const right = checker.typeOf(expr.right, known);
  const [a, b] = [left.typed.type, right.typed.type];
  const constant = areDisjoint(a, b) ? FALSE : literalEquality(checker, expr);
  const typed = typedBinaryApp(expr, left, right, constant ?? BOOL);
  if (constant !== undefined || comparable(checker, expr, a, b, 'eq')) return answerFrom([left, right], typed);
  return failure(typed);
}

/** Two literals are compared here and now, whatever their types; `action` counts as its uid. */
function literalEquality(checker: Checker, { left, right }: Binary): Type | undefined {
  const a = literalIn(checker, left);
  const b = literalIn(checker, right);
  if (a === undefined || b === undefined) return undefined;
  return boolType(a instanceof EntityUid && b instanceof EntityUid ? a.equals(b) : a === b);
}

/** The value of a literal, the environment's action among them. */
export function literalIn(checker: Checker, expr: Expr): Prim | undefined {
  if (expr.kind === 'lit') return expr.value;
  return expr.kind === 'var' && expr.name === 'action' ? checker.environment.action.uid : undefined;
}

/** Strict mode compares only what can be equal. */
function comparable(
  checker: Checker,
  { span }: Expr,
  a: Type | undefined,
  b: Type | undefined,
  what: keyof typeof MUST_AGREE,
): boolean {
  if (!checker.isStrict || a === undefined || b === undefined) return true;
  const bound = leastUpperBound(a, b, checker.mode);
  if (has(bound, 'type')) return true;
  checker.report(incompatibleTypes([a, b], bound.problem, what, span));
  return false;
}

const DATETIME: Type = { kind: 'ext', name: 'datetime' };
const DURATION: Type = { kind: 'ext', name: 'duration' };
const ORDERED: readonly Type[] = [DATETIME, DURATION, LONG];

/** The one of the ordered types that this is. */
function orderedType(type: Type): Type | undefined {
  return ORDERED.find((each) => each.kind === type.kind && (each.kind !== 'ext' || sameName(each, type)));
}

function sameName(a: Type, b: Type): boolean {
  return a.kind === 'ext' && b.kind === 'ext' && a.name === b.name;
}

export function typeOfLess(checker: Checker, expr: Binary, known: Known): Answer {
  const left = checker.typeOf(expr.left, known);
  const right = checker.typeOf(expr.right, known);
  const typed = typedBinaryApp(expr, left, right, BOOL);
  const [a, b] = [left.typed.type, right.typed.type];
  if (a === undefined || b === undefined || (a.kind === 'never' && b.kind === 'never')) return failure(typed);
  const wrong = unordered(a, b);
  if (wrong.left !== undefined) checker.report(unexpectedType(wrong.left, a, undefined, expr.left.span));
  if (wrong.right !== undefined) checker.report(unexpectedType(wrong.right, b, undefined, expr.right.span));
  return wrong.left === undefined && wrong.right === undefined ? answerFrom([left, right], typed) : failure(typed);
}

/** What was expected of the sides that are at fault. */
function unordered(a: Type, b: Type): { left?: readonly Type[]; right?: readonly Type[] } {
  const [left, right] = [orderedType(a), orderedType(b)];
  if (a.kind === 'never') return right === undefined ? { right: ORDERED } : {};
  if (b.kind === 'never') return left === undefined ? { left: ORDERED } : {};
  if (left !== undefined && left === right) return {};
  if (left === LONG) return { right: [left] };
  if (right === LONG) return { left: [right] };
  if (left !== undefined) return { right: [left] };
  if (right !== undefined) return { left: [right] };
  return { left: ORDERED, right: ORDERED };
}

const SETS = [ANY_SET];

function notASet(actual: Type): Advice | undefined {
  if (isEntity(actual)) return TRY.in;
  if (actual.kind === 'record') return TRY.has;
  return actual.kind === 'string' ? TRY.like : undefined;
}

export function typeOfContains(checker: Checker, expr: Binary, known: Known): Answer {
  const left = checker.expect(expr.left, known, SETS, notASet);
  const right = checker.typeOf(expr.right, known);
  const typed = typedBinaryApp(expr, left, right, BOOL);
  const { type } = left.typed;
  const element = type?.kind === 'set' ? type.element : undefined;
  const fits = comparable(checker, expr, element, right.typed.type, 'contains');
  return fits ? answerFrom([left, right], typed) : failure(typed);
}

/** `containsAll` and `containsAny`. */
export function typeOfContainsMany(checker: Checker, expr: Binary, known: Known): Answer {
  const left = checker.expect(expr.left, known, SETS, notASet);
  const right = checker.expect(expr.right, known, SETS, () => TRY.singleContains);
  const typed = typedBinaryApp(expr, left, right, BOOL);
  const fits = comparable(checker, expr, left.typed.type, right.typed.type, 'containsAllOrAny');
  return fits ? answerFrom([left, right], typed) : failure(typed);
}

export function typeOfIsEmpty(checker: Checker, expr: ExprOf<'unaryApp'>, known: Known): Answer {
  const arg = checker.expect(expr.arg, known, SETS, ({ kind }) =>
    kind === 'string' ? TRY.equalsEmptyString : undefined,
  );
  return answerFrom([arg], typedUnaryApp(expr, arg, BOOL));
}
