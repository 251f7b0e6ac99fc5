/**
 * Shape — a policy without its literals: what policies can share code by.
 *
 * Literals inside sets, records and calls stay, so that those remain constants.
 */
import { EntityUid } from '../../src/value/entity-uid.ts';
import type { Prim } from '../../src/value/value.ts';
import { children, type Ir, type IrPolicy, nodesIn, withChildren } from '../ir/ir.ts';
import { primKind } from '../ir/kind.ts';
import { printIr } from '../ir/print.ts';
import { type Comparison, leadingEqualityOf } from './leading-equality.ts';

export interface Skeleton {
  /** Policies with the same key share code. */
  readonly key: string;
  /** The policy with parameters instead of literals. */
  readonly policy: IrPolicy;
  /** The entities that are named in it all the same. */
  readonly uids: NamedUids;
  /** The parameters from this one on are in the condition. */
  readonly conditionFrom: number;
  readonly leadingEquality: Comparison | undefined;
}

/** The entities that a policy names. Of those in scopes it asks only whether they are the entities of the request or above them. */
export interface NamedUids {
  readonly inScopes: readonly EntityUid[];
  readonly inCondition: readonly EntityUid[];
}

/** A skeleton, and what fills its parameters for one policy. */
export interface Parameterized {
  readonly skeleton: Skeleton;
  readonly literals: readonly Prim[];
}

/** The action is not part of a skeleton: the dispatch has settled it. */
export function parameterize(policy: IrPolicy): Parameterized {
  const literals: Prim[] = [];
  const shared = new Map<Ir, Ir>();
  const open = (ir: Ir | undefined) => ir && withParams(ir, literals, shared);
  const [principal, resource] = [open(policy.principal), open(policy.resource)];
  const conditionFrom = literals.length;
  const skeletonPolicy: IrPolicy = { ...policy, principal, resource, condition: open(policy.condition) };
  const parts = [skeletonPolicy.principal, skeletonPolicy.resource, skeletonPolicy.condition].map((ir) =>
    ir === undefined ? '-' : printIr(ir),
  );
  const key = [policy.effect, ...parts].join('\n');
  const [uids, leadingEquality] = [uidsIn(skeletonPolicy), leadingEqualityOf(skeletonPolicy)];
  return { skeleton: { key, policy: skeletonPolicy, uids, conditionFrom, leadingEquality }, literals };
}

export function uidsIn({ principal, action, resource, condition }: IrPolicy): NamedUids {
  return { inScopes: uidsOf([principal, action, resource]), inCondition: uidsOf([condition]) };
}

function uidsOf(parts: readonly (Ir | undefined)[]): EntityUid[] {
  return nodesIn(parts).flatMap((node) => (node.op === 'lit' && node.value instanceof EntityUid ? [node.value] : []));
}

/** `shared` are the nodes so far that more than one has as operand: their literals become parameters once. */
function withParams(ir: Ir, literals: Prim[], shared: Map<Ir, Ir>): Ir {
  if (!ir.shared) return parameterizeNode(ir, literals, shared);
  const known = shared.get(ir);
  if (known !== undefined) return known;
  const skeletonPolicy = parameterizeNode(ir, literals, shared);
  shared.set(ir, skeletonPolicy);
  return skeletonPolicy;
}

function parameterizeNode(ir: Ir, literals: Prim[], shared: Map<Ir, Ir>): Ir {
  switch (ir.op) {
    case 'lit':
      if (typeof ir.value === 'boolean') return ir;
      return { op: 'param', index: literals.push(ir.value) - 1, kind: primKind(ir.value), span: ir.span };
    case 'set':
    case 'record':
    case 'call':
      return ir;
    default:
      return withChildren(
        ir,
        children(ir).map((child) => withParams(child, literals, shared)),
      );
  }
}
