/**
 * Subexpressions — an expression and everything inside of it, as it was written and without recursion.
 */
import type { Expr } from '../../syntax/core.ts';
import { testBefore } from '../../syntax/extended-has.ts';
import { pushOperands } from '../../syntax/operands.ts';

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
    } else pushOperands(e, open);
  }
  return found;
}
