/**
 * Children — the operands of a surface expression, to be taken out and put back: what shrinking and mutation walk by.
 */
import type { Expression } from '../../src/syntax/expression.ts';

export function childrenOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'lit':
    case 'var':
    case 'slot':
      return [];
    case 'ite':
      return [e.test, e.then, e.else];
    case 'and':
    case 'or':
    case 'binary':
      return [e.left, e.right];
    case 'unary':
      return [e.arg];
    case 'is':
      return e.in === undefined ? [e.expr] : [e.expr, e.in];
    case 'set':
      return e.elements;
    case 'record':
      return e.fields.map(({ expr }) => expr);
    case 'call':
      return e.args;
    default:
      return [e.expr];
  }
}

/** The same expression with other operands. */
export function withChildrenOf(e: Expression, next: readonly Expression[]): Expression {
  switch (e.kind) {
    case 'lit':
    case 'var':
    case 'slot':
      return e;
    case 'ite':
      return { ...e, test: next[0]!, then: next[1]!, else: next[2]! };
    case 'and':
    case 'or':
    case 'binary':
      return { ...e, left: next[0]!, right: next[1]! };
    case 'unary':
      return { ...e, arg: next[0]! };
    case 'is':
      return { ...e, expr: next[0]!, in: next[1] };
    case 'set':
      return { ...e, elements: next };
    case 'record':
      return { ...e, fields: e.fields.map(({ name }, i) => ({ name, expr: next[i]! })) };
    case 'call':
      return { ...e, args: next };
    default:
      return { ...e, expr: next[0]! };
  }
}

/** How many nodes an expression has. */
export function sizeOf(e: Expression): number {
  return childrenOf(e).reduce((size, child) => size + sizeOf(child), 1);
}

/** The expression and all below it. */
export function nodesOf(e: Expression): Expression[] {
  return [e, ...childrenOf(e).flatMap(nodesOf)];
}

/** The expression with another in the place of one of its nodes. */
export function replace(e: Expression, target: Expression, by: Expression): Expression {
  if (e === target) return by;
  return withChildrenOf(
    e,
    childrenOf(e).map((child) => replace(child, target, by)),
  );
}
