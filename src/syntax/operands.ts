/**
 * Operands — the expressions directly inside of an expression, for walks that keep a stack of their own.
 */
import { unreachable } from '../value/unreachable.ts';
import type { Expr } from './core.ts';

/** Puts the operands on the stack, the last one first, so that the first is taken first. */
export function pushOperands(e: Expr, open: Expr[]): void {
  switch (e.kind) {
    case 'lit':
    case 'var':
    case 'slot':
      return;
    case 'ite':
      open.push(e.else, e.then, e.test);
      return;
    case 'and':
    case 'or':
    case 'binaryApp':
      open.push(e.right, e.left);
      return;
    case 'unaryApp':
      open.push(e.arg);
      return;
    case 'getAttr':
    case 'hasAttr':
      open.push(e.expr);
      return;
    case 'set':
      for (let i = e.elements.length - 1; i >= 0; i--) open.push(e.elements[i]!);
      return;
    case 'record':
      for (let i = e.fields.length - 1; i >= 0; i--) open.push(e.fields[i]!.expr);
      return;
    case 'call':
      for (let i = e.args.length - 1; i >= 0; i--) open.push(e.args[i]!);
      return;
    default:
      unreachable(e);
  }
}
