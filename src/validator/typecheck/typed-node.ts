/**
 * Typed node — the typed form of an expression from its operands' answers.
 *
 * Written out member by member: every part of every policy is made here once for each environment, and copying with `...` costs several times as much.
 */

import { testBefore } from '../../syntax/extended-has.ts';
import type { Type } from '../type.ts';
import type { Answer } from './checker.ts';
import type { ExprOf, TypedExpr } from './typed-expression.ts';

export function typedLit({ value, span }: ExprOf<'lit'>, type: Type | undefined): TypedExpr {
  return { kind: 'lit', value, type, span };
}

export function typedVar({ name, span }: ExprOf<'var'>, type: Type): TypedExpr {
  return { kind: 'var', name, type, span };
}

export function typedAnd(node: ExprOf<'and'>, left: Answer, right: Answer, type: Type): TypedExpr {
  const isChain = testBefore(node) !== undefined;
  return { kind: 'and', left: left.typed, right: right.typed, isChain, type, span: node.span };
}

export function typedOr({ span }: ExprOf<'or'>, left: Answer, right: Answer, type: Type): TypedExpr {
  return { kind: 'or', left: left.typed, right: right.typed, type, span };
}

export function typedUnaryApp({ op, span }: ExprOf<'unaryApp'>, arg: Answer, type: Type): TypedExpr {
  return { kind: 'unaryApp', op, arg: arg.typed, type, span };
}

export function typedBinaryApp(
  { op, span }: ExprOf<'binaryApp'>,
  left: Answer,
  right: Answer,
  type: Type | undefined,
): TypedExpr {
  return { kind: 'binaryApp', op, left: left.typed, right: right.typed, type, span };
}

export function typedGetAttr({ attr, span }: ExprOf<'getAttr'>, receiver: Answer, type: Type | undefined): TypedExpr {
  return { kind: 'getAttr', expr: receiver.typed, attr, type, span };
}

export function typedHasAttr({ attr, span }: ExprOf<'hasAttr'>, receiver: Answer, type: Type): TypedExpr {
  return { kind: 'hasAttr', expr: receiver.typed, attr, type, span };
}

export function typedCall({ fn, span }: ExprOf<'call'>, args: readonly Answer[], type: Type | undefined): TypedExpr {
  return { kind: 'call', fn, args: args.map(({ typed }) => typed), type, span };
}
