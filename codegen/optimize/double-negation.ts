/**
 * Double negation — two that cancel are dropped.
 *
 *     !!x  →  x   where x is surely a Bool
 *
 * Sound: negation errs only on what is not a Bool.
 */
import { type Ir, replacing } from '../ir/ir.ts';
import { kindOf } from '../ir/kind.ts';
import { rewrite } from './rewrite.ts';

export function dropDoubleNegation(ir: Ir): Ir {
  return rewrite(ir, (node) =>
    node.op === 'not' && node.arg.op === 'not' && kindOf(node.arg.arg) === 'bool'
      ? replacing(node.arg.arg, node)
      : node,
  );
}
