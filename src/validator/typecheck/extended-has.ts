/**
 * Extended has — `e has a.b` is one test to the official build, though it means `e has a && e.a has b`.
 *
 * So its receiver is looked at once, and what is wrong with one name is not wrong with the next again.
 */
import type { ExprOf } from './typed-expression.ts';

/**
 * The `e has a` before this `&& e.a has b`, if the two were written as `e has a.b`: then they have not equal receivers, but the same.
 */
export function testBefore({ left, right }: ExprOf<'and'>): ExprOf<'hasAttr'> | undefined {
  const before = left.kind === 'and' ? left.right : left;
  if (right.kind !== 'hasAttr' || right.expr.kind !== 'getAttr' || before.kind !== 'hasAttr') return undefined;
  return right.expr.expr === before.expr && right.expr.attr === before.attr ? before : undefined;
}
