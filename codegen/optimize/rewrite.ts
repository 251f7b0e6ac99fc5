/**
 * Rewrite — one bottom-up walk over an IR tree; nodes that are shared stay shared.
 */
import { children, type Ir, withChildren } from '../ir/ir.ts';

/** Applies `step` to every node, operands first. Nodes that do not change are not copied. */
export function rewrite(ir: Ir, step: (ir: Ir) => Ir, shared = new Map<Ir, Ir>()): Ir {
  if (!ir.shared) return rewriteNode(ir, step, shared);
  const known = shared.get(ir);
  if (known !== undefined) return known;
  const rewritten = rewriteNode(ir, step, shared);
  const result: Ir = rewritten.shared ? rewritten : { ...rewritten, shared: true };
  shared.set(ir, result);
  return result;
}

function rewriteNode(ir: Ir, step: (ir: Ir) => Ir, shared: Map<Ir, Ir>): Ir {
  const before = children(ir);
  const after = before.map((child) => rewrite(child, step, shared));
  return step(after.every((child, i) => child === before[i]) ? ir : withChildren(ir, after));
}
