/**
 * Typecheck hierarchy — `in` and `is`: what the schema says of entities before there are any.
 *
 * Spec:  Cedar.Validation.Typechecker: typeOfInₑ, typeOfInₛ, typeOfActionInSet, typeOfUnaryApp (is)
 */
import type { Expr } from '../../syntax/core.ts';
import { EntityUid, isActionType } from '../../value/entity-uid.ts';
import { ANY_ENTITY, BOOL, boolType, entityTypesOf, FALSE, SET_OF_ENTITIES, type Type } from '../type.ts';
import { TRY } from '../wording/validation-error.ts';
import type { Known } from './capability.ts';
import { type Answer, answerFrom, type Checker, failure } from './checker.ts';
import { literalIn } from './comparison.ts';
import { actionDescends, mayDescend } from './descent.ts';
import type { ExprOf } from './typed-expression.ts';
import { typedBinaryApp, typedUnaryApp } from './typed-node.ts';

const ENTITY = [ANY_ENTITY];
const ENTITIES = [SET_OF_ENTITIES, ANY_ENTITY];

export function typeOfIn(checker: Checker, expr: ExprOf<'binaryApp'>, known: Known): Answer {
  const left = checker.expect(expr.left, known, ENTITY, () => TRY.contains);
  const right = checker.expect(expr.right, known, ENTITIES, ({ kind }) => {
    if (kind === 'set') return TRY.contains;
    return kind === 'string' ? TRY.like : undefined;
  });
  if (!left.ok || !right.ok) return failure(typedBinaryApp(expr, left, right, BOOL));
  const type = actionMembership(checker, expr) ?? membership(checker, left.typed.type, right.typed.type);
  return answerFrom([left, right], typedBinaryApp(expr, left, right, type));
}

/** An action that is known, in entities that are known, is looked up. Whatever is not an action holds no action. */
function actionMembership(checker: Checker, { left, right }: ExprOf<'binaryApp'>): Type | undefined {
  const action = uidIn(checker, left);
  const groups = uidsIn(checker, right);
  if (action === undefined || groups === undefined || !isActionType(action.type)) return undefined;
  return boolType(groups.some((group) => isActionType(group.type) && actionDescends(action, group, checker.schema)));
}

function uidIn(checker: Checker, expr: Expr): EntityUid | undefined {
  const value = literalIn(checker, expr);
  return value instanceof EntityUid ? value : undefined;
}

function uidsIn(checker: Checker, expr: Expr): readonly EntityUid[] | undefined {
  if (expr.kind !== 'set') {
    const uid = uidIn(checker, expr);
    return uid === undefined ? undefined : [uid];
  }
  const uids = expr.elements.flatMap((element) => uidIn(checker, element) ?? []);
  return uids.length === expr.elements.length ? uids : undefined;
}

/** False if no entity of a left type can ever be in one of a right type. */
function membership({ schema }: Checker, left: Type | undefined, right: Type | undefined): Type {
  const below = entityTypesOf(left);
  const above = entityTypesOf(right?.kind === 'set' ? right.element : right);
  if (below === undefined || above === undefined) return BOOL;
  return below.some((a) => above.some((b) => mayDescend(a, b, schema))) ? BOOL : FALSE;
}

export function typeOfIs(checker: Checker, expr: ExprOf<'unaryApp'>, asked: string, known: Known): Answer {
  const arg = checker.expect(expr.arg, known, ENTITY, () => TRY.noTypeTest);
  const { type } = arg.typed;
  if (type === undefined || type.kind === 'never') return failure(typedUnaryApp(expr, arg, BOOL));
  const types = entityTypesOf(type);
  if (types === undefined) return answerFrom([arg], typedUnaryApp(expr, arg, BOOL));
  if (!types.includes(asked)) return answerFrom([arg], typedUnaryApp(expr, arg, FALSE));
  return answerFrom([arg], typedUnaryApp(expr, arg, types.length === 1 ? boolType(true) : BOOL));
}
