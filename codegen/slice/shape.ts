/**
 * Shape — a policy without its literals: what policies can share code by.
 *
 * Literals inside sets, records and calls stay, so that those remain constants.
 */
import { EntityUid } from '../../src/value/entity-uid.ts';
import type { Prim } from '../../src/value/value.ts';
import { children, type Ir, type IrPolicy, withChildren } from '../ir/ir.ts';
import { primKind } from '../ir/kind.ts';
import { printIr } from '../ir/print.ts';
import { type Comparison, firstClauseOf } from './first-clause.ts';

export interface Shape {
  /** Policies with the same key share code. */
  readonly key: string;
  /** The policy with holes in the place of literals. */
  readonly policy: IrPolicy;
  /** The entities that are named in it all the same. */
  readonly uids: readonly EntityUid[];
  readonly firstClause: Comparison | undefined;
}

/** A shape, and what fills its holes for one policy. */
export interface Shaped {
  readonly shape: Shape;
  readonly literals: readonly Prim[];
}

/** The action is not part of a shape: the dispatch has settled it. */
export function shapeOf(policy: IrPolicy): Shaped {
  const literals: Prim[] = [];
  const open = (ir: Ir | undefined) => ir && lift(ir, literals);
  const lifted: IrPolicy = {
    ...policy,
    principal: open(policy.principal),
    resource: open(policy.resource),
    condition: open(policy.condition),
  };
  const parts = [lifted.principal, lifted.resource, lifted.condition].map((ir) =>
    ir === undefined ? '-' : printIr(ir),
  );
  const key = [policy.effect, ...parts].join('\n');
  return { shape: { key, policy: lifted, uids: uidsIn(lifted), firstClause: firstClauseOf(lifted) }, literals };
}

/** The entities that a policy names. */
export function uidsIn({ principal, action, resource, condition }: IrPolicy): EntityUid[] {
  const uids: EntityUid[] = [];
  const open = [principal, action, resource, condition].filter((part) => part !== undefined);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.op === 'lit' && node.value instanceof EntityUid) uids.push(node.value);
    open.push(...children(node));
  }
  return uids;
}

function lift(ir: Ir, literals: Prim[]): Ir {
  switch (ir.op) {
    case 'lit':
      if (typeof ir.value === 'boolean') return ir;
      return { op: 'hole', index: literals.push(ir.value) - 1, like: primKind(ir.value), span: ir.span };
    case 'set':
    case 'record':
    case 'call':
      return ir;
    default:
      return withChildren(
        ir,
        children(ir).map((child) => lift(child, literals)),
      );
  }
}
