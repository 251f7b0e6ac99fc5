/**
 * Extended has — `e has a.b` is one node to the official build, though it means `e has a && e.a has b`.
 *
 * The core tree says it as that conjunction, in which both tests share the receiver itself: an author who writes the conjunction makes two
 * receivers that are merely equal. So the one can be told from the other. Its receiver is looked at once, what is wrong with one name is not wrong
 * with the next again, and it is printed as it was written.
 */
import type { Expr } from './core.ts';
import type { Span } from './span.ts';

type And = Extract<Expr, { kind: 'and' }>;
type Has = Extract<Expr, { kind: 'hasAttr' }>;

/** The `e has a` before this `&& e.a has b`, if the two were written as `e has a.b`. */
export function testBefore({ left, right }: And): Has | undefined {
  const before = left.kind === 'and' ? left.right : left;
  return before.kind === 'hasAttr' && isNextTest(before, right) ? before : undefined;
}

/** Does `test` look into the attribute that `before` tests, and were the two written as one? */
export function isNextTest(before: Expr, test: Expr): test is Has {
  if (before.kind !== 'hasAttr' || test.kind !== 'hasAttr' || test.expr.kind !== 'getAttr') return false;
  return test.expr.expr === before.expr && test.expr.attr === before.attr;
}

/** `receiver has a.b.c` */
export interface HasChain {
  readonly receiver: Expr;
  readonly attrs: readonly string[];
  readonly span: Span | undefined;
}

/** The chain that begins with the test at `from`, of operands of one conjunction. */
export function chainAt(operands: readonly Expr[], from: number): HasChain | undefined {
  const first = operands[from];
  if (first?.kind !== 'hasAttr') return undefined;
  const attrs = [first.attr];
  for (let i = from + 1; i < operands.length && isNextTest(operands[i - 1]!, operands[i]!); i++)
    attrs.push((operands[i] as Has).attr);
  return { receiver: first.expr, attrs, span: first.span };
}
