/**
 * Fold constants — connectives and conditionals that a literal decides.
 *
 *     true && x        →  x            where x is surely a Bool (else the check that `&&` makes must stay)
 *     a && false && b  →  a && false   b is never evaluated
 *     a || true || b   →  a || true
 *     if true then x else y  →  x
 *     1 == 1           →  true
 *     !true            →  false
 *
 * Sound: what is dropped is either a literal of the connective's own neutral value, which cannot err and decides nothing, or stands behind an
 * operand that always decides. An operand that may err is never dropped, and the order of the others stays.
 */
import { valueEquals } from '../../src/value/equal.ts';
import { type Ir, type IrOf, replacing, withChildren } from '../ir/ir.ts';
import { kindOf } from '../ir/kind.ts';
import { rewrite } from './rewrite.ts';

export function foldConstants(ir: Ir): Ir {
  return rewrite(ir, fold);
}

function fold(ir: Ir): Ir {
  switch (ir.op) {
    case 'and':
    case 'or':
      return foldChain(ir);
    case 'not':
      return isBool(ir.arg) ? { op: 'lit', value: !ir.arg.value, span: ir.span } : ir;
    case 'ite':
      return isBool(ir.test) ? replacing(ir.test.value ? ir.then : ir.else, ir) : ir;
    case 'eq':
      return ir.left.op === 'lit' && ir.right.op === 'lit'
        ? { op: 'lit', value: valueEquals(ir.left.value, ir.right.value), span: ir.span }
        : ir;
    default:
      return ir;
  }
}

function isBool(ir: Ir): ir is IrOf<'lit'> & { readonly value: boolean } {
  return ir.op === 'lit' && typeof ir.value === 'boolean';
}

function foldChain(ir: IrOf<'and' | 'or'>): Ir {
  const decisive = ir.op === 'or';
  const end = ir.operands.findIndex((operand) => isBool(operand) && operand.value === decisive);
  const reached = end < 0 ? ir.operands : ir.operands.slice(0, end + 1);
  const kept = reached.filter((operand) => !isBool(operand) || operand.value === decisive);
  const [only] = kept;
  if (only === undefined) return { op: 'lit', value: !decisive, span: ir.span };
  if (kept.length === 1 && kindOf(only) === 'bool') return replacing(only, ir);
  if (kept.length === ir.operands.length) return ir;
  // One operand of unknown kind keeps its neighbour, so that its value is still checked.
  if (kept.length === 1) return withChildren(ir, [{ op: 'lit', value: !decisive, span: undefined }, only]);
  return withChildren(ir, kept);
}
