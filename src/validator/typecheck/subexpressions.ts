/**
 * Subexpressions — an expression and everything inside of it, as it was written and without recursion.
 */
import type { Expr } from '../../syntax/core.ts';
import { unreachable } from '../../value/unreachable.ts';
import { testBefore } from './extended-has.ts';

/**
 * What two nodes share stands twice in the list, as the official build names what is wrong with it twice. But a list that grows long for that is not
 * longer than the expression: then what is shared stands in it once.
 */
export function subexpressions(expr: Expr): readonly Expr[] {
  return listed(expr, undefined) ?? distinctSubexpressions(expr);
}

/** The same, but what is shared is in the list once. */
export function distinctSubexpressions(expr: Expr): readonly Expr[] {
  return listed(expr, new Set())!;
}

const LONG = 5_000;

/** Each expression before its operands; what is in `shared` already is passed over. Without that set, `undefined` if sharing makes the list long. */
function listed(expr: Expr, shared: Set<Expr> | undefined): Expr[] | undefined {
  const found: Expr[] = [];
  const open = [expr];
  let repeats = false;
  for (let e = open.pop(); e !== undefined; e = open.pop()) {
    if (e.shared) {
      repeats = true;
      if (shared?.has(e)) continue;
      shared?.add(e);
    }
    if (repeats && shared === undefined && found.length > LONG) return undefined;
    found.push(e);
    if (e.kind === 'and' && testBefore(e) !== undefined) {
      // The receiver of the right side has been written only once.
      found.push(e.right);
      open.push(e.left);
    } else pushChildren(e, open);
  }
  return found;
}

/** The operands of an expression, the last one first. */
function pushChildren(e: Expr, open: Expr[]): void {
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
