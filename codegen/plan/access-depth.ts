/**
 * Access depth — how far from the request's entities a policy can look, so that only those entities are loaded.
 *
 * Sound: a policy reaches an entity as one of the request, as one that it names, or inside a value of an attribute or tag. So after n such steps it has
 * gone at most n steps, and the longest chain of steps in its text bounds them all.
 *
 * Spec:  Cedar.Validation.Levels, which bounds the same more closely for validated policies
 */
import { unreachable } from '../../src/value/unreachable.ts';
import { children, type Ir, type IrPolicy } from '../ir/ir.ts';
import type { AccessDepth } from '../runtime/graph/request-graph.ts';

export const MIN_DEPTH: AccessDepth = { values: 0, ancestors: 0, principal: false, resource: false };

export function accessDepthOf({ principal, action, resource, condition }: IrPolicy): AccessDepth {
  const parts = [principal, action, resource, condition];
  return parts.reduce((far, ir) => (ir ? deeper(far, walk(ir, new Map()).accessDepth) : far), MIN_DEPTH);
}

export function deeper(a: AccessDepth, b: AccessDepth): AccessDepth {
  return {
    values: Math.max(a.values, b.values),
    ancestors: Math.max(a.ancestors, b.ancestors),
    principal: a.principal || b.principal,
    resource: a.resource || b.resource,
  };
}

/** `steps` of the value itself, and the reach of all that is asked on the way to it. */
interface Walked {
  readonly steps: number;
  readonly accessDepth: AccessDepth;
}

/** An entity that a policy names, or finds in a value, may be the principal or the resource. */
function climbing(left: Ir): AccessDepth {
  const name = left.op === 'var' ? left.name : undefined;
  return {
    ...MIN_DEPTH,
    principal: name === undefined || name === 'principal',
    resource: name === undefined || name === 'resource',
  };
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
  const accessDepth = below.reduce((far, each) => deeper(far, each.accessDepth), MIN_DEPTH);
  switch (ir.op) {
    case 'getAttr':
    case 'hasAttr':
    case 'getTag':
    case 'hasTag':
      return { steps: steps + 1, accessDepth: deeper(accessDepth, { ...MIN_DEPTH, values: steps + 1 }) };
    case 'mem':
      return { steps, accessDepth: deeper(accessDepth, { ...climbing(ir.left), ancestors: below[0]!.steps }) };
    case 'lit':
    case 'param':
    case 'var':
    case 'ite':
    case 'and':
    case 'or':
    case 'not':
    case 'neg':
    case 'isEmpty':
    case 'like':
    case 'is':
    case 'eq':
    case 'less':
    case 'lessEq':
    case 'add':
    case 'sub':
    case 'mul':
    case 'contains':
    case 'containsAll':
    case 'containsAny':
    case 'set':
    case 'record':
    case 'call':
      return { steps, accessDepth };
    default:
      return unreachable(ir);
  }
}
