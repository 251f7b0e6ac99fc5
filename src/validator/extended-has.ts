/**
 * Extended has — `e has a.b` is one test to the official build, though it means `e has a && e.a has b`.
 *
 * So its receiver is looked at once, and typing stops at the first name that is wrong.
 */
import type { ExprOf } from './typed-expression.ts';

/** Is this the `&& e.a has b` of `e has a.b`? Then it has its receiver from there: not an equal one, the same. */
export function isNextOfHas({ left, right }: ExprOf<'and'>): boolean {
  const before = left.kind === 'and' ? left.right : left;
  if (right.kind !== 'hasAttr' || right.expr.kind !== 'getAttr' || before.kind !== 'hasAttr') return false;
  return right.expr.expr === before.expr && right.expr.attr === before.attr;
}
