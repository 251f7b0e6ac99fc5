/**
 * Node — short builders for surface expressions without spans.
 */

import type { Var } from '../../src/syntax/core.ts';
import type { BinaryOperator, Expression, ExpressionField, UnaryOperator } from '../../src/syntax/expression.ts';
import type { EntityType } from '../../src/value/entity-uid.ts';
import type { Pattern } from '../../src/value/pattern.ts';
import type { Prim } from '../../src/value/value.ts';

const span = undefined;

export function lit(value: Prim): Expression {
  return { kind: 'lit', value, span };
}

export function variable(name: Var): Expression {
  return { kind: 'var', name, span };
}

export function ite(test: Expression, then: Expression, otherwise: Expression): Expression {
  return { kind: 'ite', test, then, else: otherwise, span };
}

export function chain(kind: 'and' | 'or', left: Expression, right: Expression): Expression {
  return { kind, left, right, span };
}

export function unary(op: UnaryOperator, arg: Expression): Expression {
  return { kind: 'unary', op, arg, span };
}

export function binary(op: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', op, left, right, span };
}

export function getAttr(expr: Expression, attr: string): Expression {
  return { kind: 'getAttr', expr, attr, span };
}

export function hasAttr(expr: Expression, ...attrs: readonly string[]): Expression {
  return { kind: 'hasAttr', expr, attrs, span };
}

export function like(expr: Expression, pattern: Pattern): Expression {
  return { kind: 'like', expr, pattern, span };
}

export function is(expr: Expression, type: EntityType, inside?: Expression): Expression {
  return { kind: 'is', expr, type, typeSpan: span, in: inside, span };
}

export function set(elements: readonly Expression[]): Expression {
  return { kind: 'set', elements, span };
}

export function record(fields: readonly ExpressionField[]): Expression {
  return { kind: 'record', fields, span };
}

export function call(fn: string, ...args: readonly Expression[]): Expression {
  return { kind: 'call', fn, args, span };
}
