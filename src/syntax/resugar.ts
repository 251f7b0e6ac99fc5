/**
 * Resugar — core expressions as surface ones, for printing and the JSON policy format.
 *
 * The core forms stay (`!(a <= b)`, not `a > b`), but for `has a.b.c`, which the official build knows as one node.
 */
import { unreachable } from '../value/unreachable.ts';
import type { BinaryOp, Expr, UnaryOp } from './core.ts';
import { spine } from './core.ts';
import type { BinaryOperator, Expression } from './expression.ts';
import { chainAt, type HasChain } from './extended-has.ts';

export function resugar(e: Expr): Expression {
  const { span } = e;
  switch (e.kind) {
    case 'lit':
    case 'var':
    case 'slot':
      return e;
    case 'ite':
      return { kind: 'ite', test: resugar(e.test), then: resugar(e.then), else: resugar(e.else), span };
    case 'and':
    case 'or':
      return resugarChain(e);
    case 'unaryApp':
      return resugarUnary(e.op, resugar(e.arg), span);
    case 'binaryApp':
      return { kind: 'binary', op: OPERATOR[e.op], left: resugar(e.left), right: resugar(e.right), span };
    case 'getAttr':
      return { kind: 'getAttr', expr: resugar(e.expr), attr: e.attr, span };
    case 'hasAttr':
      return { kind: 'hasAttr', expr: resugar(e.expr), attrs: [e.attr], span };
    case 'set':
      return { kind: 'set', elements: e.elements.map(resugar), span };
    case 'record':
      return { kind: 'record', fields: e.fields.map(({ name, expr }) => ({ name, expr: resugar(expr) })), span };
    case 'call':
      return { kind: 'call', fn: e.fn, args: e.args.map(resugar), span };
    default:
      return unreachable(e);
  }
}

function resugarUnary(op: UnaryOp, arg: Expression, span: Expr['span']): Expression {
  switch (op.kind) {
    case 'not':
      return { kind: 'unary', op: '!', arg, span };
    case 'neg':
    case 'isEmpty':
      return { kind: 'unary', op: op.kind, arg, span };
    case 'like':
      return { kind: 'like', expr: arg, pattern: op.pattern, span };
    case 'is':
      return { kind: 'is', expr: arg, type: op.type, typeSpan: op.typeSpan, in: undefined, span };
    default:
      return unreachable(op);
  }
}

const OPERATOR: Readonly<Record<BinaryOp, BinaryOperator>> = {
  eq: '==',
  mem: 'in',
  hasTag: 'hasTag',
  getTag: 'getTag',
  less: '<',
  lessEq: '<=',
  add: '+',
  sub: '-',
  mul: '*',
  contains: 'contains',
  containsAll: 'containsAll',
  containsAny: 'containsAny',
};

/** In a loop along the left spine; tests that were written as one `has` are one again. */
function resugarChain(chain: Extract<Expr, { kind: 'and' | 'or' }>): Expression {
  const { kind, span } = chain;
  const operands = spine<Expr>(chain, kind);
  let left: Expression | undefined;
  for (let i = 0; i < operands.length; ) {
    const test = kind === 'and' ? chainAt(operands, i) : undefined;
    const right = test === undefined ? resugar(operands[i]!) : resugarHas(test);
    left = left === undefined ? right : { kind, left, right, span };
    i += test?.attrs.length ?? 1;
  }
  return left!;
}

function resugarHas({ receiver, attrs, span }: HasChain): Expression {
  return { kind: 'hasAttr', expr: resugar(receiver), attrs, span };
}
