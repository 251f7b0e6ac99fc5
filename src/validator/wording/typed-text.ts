/**
 * Typed text — the Cedar text of an expression inside a message, and the types that tell two of the same text apart.
 */
import type { BinaryOp } from '../../syntax/core.ts';
import type { BinaryOperator, Expression } from '../../syntax/expression.ts';
import { printExpression } from '../../syntax/print.ts';
import { unreachable } from '../../value/unreachable.ts';
import { operands, type TypedExpr } from '../typecheck/typed-expression.ts';
import { typeText } from './type-text.ts';

/** An expression of more nodes is not told: those that are in several places could make the text longer than memory is. */
const NODES_SHOWN = 10_000;

export function typedText(e: TypedExpr): { readonly text: string; readonly types: string } {
  if (nodesOf(e, new Map()) > NODES_SHOWN) return { text: '…', types: '' };
  const types: string[] = [];
  const expression = written(e, ({ type }) => types.push(type === undefined ? '' : typeText(type)));
  return { text: printExpression(expression), types: types.join(' ') };
}

/** The number of nodes in the text. `counted` are those of expressions that were met before. */
function nodesOf(e: TypedExpr, counted: Map<TypedExpr, number>): number {
  const known = counted.get(e);
  if (known !== undefined) return known;
  const nodes = operands(e).reduce((sum, operand) => sum + nodesOf(operand, counted), 1);
  counted.set(e, nodes);
  return nodes;
}

const OPERATORS: Readonly<Record<BinaryOp, BinaryOperator>> = {
  eq: '==',
  mem: 'in',
  less: '<',
  lessEq: '<=',
  add: '+',
  sub: '-',
  mul: '*',
  contains: 'contains',
  containsAll: 'containsAll',
  containsAny: 'containsAny',
  getTag: 'getTag',
  hasTag: 'hasTag',
};

/** The expression as somebody could have written it, without sugar; `visit` sees each node. */
function written(e: TypedExpr, visit: (e: TypedExpr) => void): Expression {
  const inner = (each: TypedExpr) => written(each, visit);
  const { span } = e;
  visit(e);
  switch (e.kind) {
    case 'lit':
      return { kind: 'lit', value: e.value, span };
    case 'var':
      return { kind: 'var', name: e.name, span };
    case 'slot':
      return { kind: 'slot', slot: e.slot, span };
    case 'ite':
      return { kind: 'ite', test: inner(e.test), then: inner(e.then), else: inner(e.else), span };
    case 'and':
    case 'or':
      return writtenChain(e, visit, inner);
    case 'unaryApp':
      return writtenUnary(e, inner(e.arg));
    case 'binaryApp':
      return { kind: 'binary', op: OPERATORS[e.op], left: inner(e.left), right: inner(e.right), span };
    case 'getAttr':
      return { kind: 'getAttr', expr: inner(e.expr), attr: e.attr, span };
    case 'hasAttr':
      return { kind: 'hasAttr', expr: inner(e.expr), attrs: [e.attr], span };
    case 'set':
      return { kind: 'set', elements: e.elements.map(inner), span };
    case 'record':
      return { kind: 'record', fields: e.fields.map(({ name, expr }) => ({ name, expr: inner(expr) })), span };
    case 'call':
      return { kind: 'call', fn: e.fn, args: e.args.map(inner), span };
    default:
      return unreachable(e);
  }
}

/** In a loop, as everywhere: a chain may be long. */
function writtenChain(
  e: TypedExpr & { kind: 'and' | 'or' },
  visit: (e: TypedExpr) => void,
  inner: (e: TypedExpr) => Expression,
): Expression {
  const links = [e];
  for (let { left } = e; left.kind === e.kind; { left } = left) {
    visit(left);
    links.push(left);
  }
  return links.reduceRight(
    (left, { kind, right, span }): Expression => ({ kind, left, right: inner(right), span }),
    inner(links.at(-1)!.left),
  );
}

function writtenUnary({ op, span }: TypedExpr & { kind: 'unaryApp' }, expr: Expression): Expression {
  switch (op.kind) {
    case 'like':
      return { kind: 'like', expr, pattern: op.pattern, span };
    case 'is':
      return { kind: 'is', expr, type: op.type, typeSpan: op.typeSpan, in: undefined, span };
    default:
      return { kind: 'unary', op: op.kind === 'not' ? '!' : op.kind, arg: expr, span };
  }
}
