/**
 * Typecheck collection — set and record literals.
 *
 * Spec:  Cedar.Validation.Typechecker: typeOfSet, typeOf (record)
 */

import { compareCodePoints } from '../../value/code-point.ts';
import { has } from '../../value/own-member.ts';
import type { Attribute, Type } from '../type.ts';
import { emptySetForbidden, incompatibleTypes } from '../wording/validation-error.ts';
import type { Known } from './capability.ts';
import { type Answer, answerFrom, type Checker, failure, typeOfAnswer } from './checker.ts';
import { leastUpperBoundOf } from './least-upper-bound.ts';
import type { ExprOf } from './typed-expression.ts';

export function typeOfSet(checker: Checker, expr: ExprOf<'set'>, known: Known): Answer {
  const elements = expr.elements.map((element) => checker.typeOf(element, known));
  const typed = { ...expr, elements: elements.map((element) => element.typed) };
  if (elements.length === 0 && checker.isStrict) {
    checker.report(emptySetForbidden(expr.span));
    return failure({ ...typed, type: undefined });
  }
  const element = boundOfElements(checker, expr, elements.map(typeOfAnswer));
  if (element === undefined) return failure({ ...typed, type: undefined });
  return answerFrom(elements, { ...typed, type: { kind: 'set', element } });
}

function boundOfElements(checker: Checker, expr: ExprOf<'set'>, found: readonly (Type | undefined)[]) {
  const types = found.flatMap((type) => type ?? []);
  if (types.length < found.length) return undefined;
  const bound = leastUpperBoundOf(types, checker.mode);
  if (has(bound, 'type')) return bound.type;
  checker.report(incompatibleTypes(types, bound.problem, 'set', expr.span));
  return undefined;
}

export function typeOfRecord(checker: Checker, expr: ExprOf<'record'>, known: Known): Answer {
  const fields = [...expr.fields].sort((a, b) => compareCodePoints(a.name, b.name));
  const answers = fields.map((field) => checker.typeOf(field.expr, known));
  const typed = { ...expr, fields: fields.map(({ name }, i) => ({ name, expr: answers[i]!.typed })) };
  const attributes = new Map<string, Attribute>();
  for (const [i, { name }] of fields.entries()) {
    const type = typeOfAnswer(answers[i]!);
    if (type === undefined) return failure({ ...typed, type: undefined });
    attributes.set(name, { type, required: true });
  }
  return answerFrom(answers, { ...typed, type: { kind: 'record', attributes } });
}
