/**
 * Flatten chains — a chain inside a chain of the same connective becomes one.
 *
 *     a && (b && c)  →  a && b && c
 *
 * Sound: both evaluate a, then b, then c, stop at the first that decides, and demand a Bool of each that they reach.
 */
import { type Ir, withChildren } from '../ir/ir.ts';
import { rewrite } from './rewrite.ts';

export function flattenChains(ir: Ir): Ir {
  return rewrite(ir, (node) => {
    if (node.op !== 'and' && node.op !== 'or') return node;
    if (!node.operands.some((operand) => operand.op === node.op)) return node;
    return withChildren(
      node,
      node.operands.flatMap((operand) => (operand.op === node.op ? operand.operands : [operand])),
    );
  });
}
