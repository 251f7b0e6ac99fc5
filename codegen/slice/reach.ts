/**
 * Reach — how far from a request's entities a policy can look, so that no more of the data than that need be made ready.
 *
 * Sound: an entity is known to a policy as one of the request or one that it names, or as part of a value that an attribute or tag of another
 * holds. So what it knows after n such steps is no further than n, and the longest chain of steps in its text bounds them all.
 *
 * Spec:  Cedar.Validation.LevelTypechecker, which bounds the same more closely for policies that were validated
 */
import { children, type Ir, type IrPolicy } from '../ir/ir.ts';
import type { Reach } from '../runtime/visit.ts';

/** Scopes ask for the ancestors of the request's own entities. */
export const NEAR: Reach = { values: 0, ancestors: 0 };

export function reachOf({ principal, action, resource, condition }: IrPolicy): Reach {
  const parts = [principal, action, resource, condition];
  return parts.reduce((far, ir) => (ir ? further(far, walk(ir, new Map()).reach) : far), NEAR);
}

export function further(a: Reach, b: Reach): Reach {
  return { values: Math.max(a.values, b.values), ancestors: Math.max(a.ancestors, b.ancestors) };
}

/** `steps` of the value itself, and the reach of all that is asked on the way to it. */
interface Walked {
  readonly steps: number;
  readonly reach: Reach;
}

function walk(ir: Ir, shared: Map<Ir, Walked>): Walked {
  if (!ir.shared) return walkNode(ir, shared);
  const walked = shared.get(ir) ?? walkNode(ir, shared);
  shared.set(ir, walked);
  return walked;
}

function walkNode(ir: Ir, shared: Map<Ir, Walked>): Walked {
  const below = children(ir).map((child) => walk(child, shared));
  const steps = below.reduce((most, each) => Math.max(most, each.steps), 0);
  const reach = below.reduce((far, each) => further(far, each.reach), NEAR);
  switch (ir.op) {
    case 'getAttr':
    case 'hasAttr':
    case 'getTag':
    case 'hasTag':
      return { steps: steps + 1, reach: further(reach, { values: steps + 1, ancestors: 0 }) };
    case 'mem':
      return { steps, reach: further(reach, { values: 0, ancestors: below[0]!.steps }) };
    default:
      return { steps, reach };
  }
}
