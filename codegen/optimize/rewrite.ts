/**
 * Rewrite — one bottom-up walk over an IR tree.
 */
import { children, type Ir, withChildren } from '../ir/ir.ts';

/** Applies `step` to every node, operands first. Nodes that do not change are not copied. */
export function rewrite(ir: Ir, step: (ir: Ir) => Ir): Ir {
  const before = children(ir);
  const after = before.map((child) => rewrite(child, step));
  return step(after.every((child, i) => child === before[i]) ? ir : withChildren(ir, after));
}
