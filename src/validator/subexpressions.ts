/**
 * Subexpressions — an expression and everything inside of it, as it was written and without recursion.
 */
import type { Expr } from '../syntax/core.ts';
import { unreachable } from '../value/unreachable.ts';
import { isNextOfHas } from './extended-has.ts';

export function* subexpressions(expr: Expr): IterableIterator<Expr> {
  const open = [expr];
  for (let e = open.pop(); e !== undefined; e = open.pop()) {
    if (e.kind === 'and' && isNextOfHas(e)) {
      // The receiver of the right side has been written only once.
      yield e;
      yield e.right;
      open.push(e.left);
      continue;
    }
    yield e;
    open.push(...children(e).reverse());
  }
}

/** The operands of an expression, from left to right. */
function children(e: Expr): Expr[] {
  switch (e.kind) {
    case 'lit':
    case 'var':
    case 'slot':
      return [];
    case 'ite':
      return [e.test, e.then, e.else];
    case 'and':
    case 'or':
    case 'binaryApp':
      return [e.left, e.right];
    case 'unaryApp':
      return [e.arg];
    case 'getAttr':
    case 'hasAttr':
      return [e.expr];
    case 'set':
      return [...e.elements];
    case 'record':
      return e.fields.map((field) => field.expr);
    case 'call':
      return [...e.args];
    default:
      return unreachable(e);
  }
}
