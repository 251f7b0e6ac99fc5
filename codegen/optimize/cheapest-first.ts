/**
 * Cheapest first — where only the decision counts, the policies of an effect are run in the order of their cost.
 *
 *     before  permit … when { resource in principal.folders };  permit … when { resource.isPublic };
 *     after   permit … when { resource.isPublic };  permit … when { resource in principal.folders };
 *
 * Sound: the decision asks whether any policy of the effect is satisfied, and neither its order nor another's error changes that.
 *
 * Spec:  Cedar.Thm.Authorization: isAuthorized is order-independent
 */
import { unreachable } from '../../src/value/unreachable.ts';
import { children, type Ir, type IrPolicy } from '../ir/ir.ts';
import { kindOf } from '../ir/kind.ts';

/** Policies with what they are expected to cost, in the order of it; those of equal cost stay in order. */
export function cheapestFirst<P extends { readonly kind: keyof typeof FINDING; readonly policy: IrPolicy }>(
  parts: readonly P[],
): readonly P[] {
  const costs = new Map(parts.map((part) => [part, costOf(part.policy) + FINDING[part.kind]]));
  return [...parts].sort((a, b) => costs.get(a)! - costs.get(b)!);
}

/** To find candidates, and to run some of them. */
const FINDING = { inline: 0, indexLookup: 20, linkLookup: 20, columnScan: 40 } as const;

function costOf({ principal, action, resource, condition }: IrPolicy): number {
  return chain(
    [principal, action, resource, condition].filter((part) => part !== undefined),
    new Set(),
  );
}

/** Whether it costs less to evaluate than to find candidates. */
export function isCheaperThanFinding(ir: Ir): boolean {
  return cost(ir, new Set()) < FINDING.indexLookup;
}

/** An operand is reached about every other time. */
function chain(operands: readonly Ir[], shared: Set<Ir>): number {
  return operands.reduceRight((rest, operand) => cost(operand, shared) + rest / 2, 0);
}

/** In loads of memory, roughly. What is shared costs once. */
function cost(ir: Ir, shared: Set<Ir>): number {
  if (ir.shared) {
    if (shared.has(ir)) return 0;
    shared.add(ir);
  }
  if (ir.op === 'and' || ir.op === 'or') return chain(ir.operands, shared);
  const operands = children(ir).reduce((sum, child) => sum + cost(child, shared), 0);
  return operands + own(ir);
}

function own(ir: Ir): number {
  switch (ir.op) {
    case 'lit':
    case 'param':
    case 'var':
    case 'and':
    case 'or':
    case 'not':
    case 'ite':
      return 0;
    case 'getAttr':
    case 'hasAttr':
    case 'is':
    case 'neg':
    case 'less':
    case 'lessEq':
      return 1;
    case 'eq':
      return kindOf(ir.left) === 'any' && kindOf(ir.right) === 'any' ? 3 : 1;
    case 'mem':
      return kindOf(ir.right) === 'entity' ? 4 : 8;
    case 'like':
    case 'isEmpty':
    case 'contains':
    case 'hasTag':
    case 'add':
    case 'sub':
    case 'mul':
      return 5;
    case 'containsAll':
    case 'containsAny':
    case 'getTag':
    case 'set':
    case 'record':
    case 'call':
      return 15;
    default:
      return unreachable(ir);
  }
}
