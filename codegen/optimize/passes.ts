/**
 * Passes — the optimizations of the IR, in their order. Each is a file, and can be switched off by its name.
 *
 * INVARIANT: none folds an error away, none changes the order of errors (test/property/fold-keeps-errors.test.ts).
 */
import type { Ir, IrPolicy } from '../ir/ir.ts';
import { dropDoubleNegation } from './double-negation.ts';
import { flattenChains } from './flatten-chains.ts';
import { foldConstants } from './fold-constants.ts';

export const PASSES = { flattenChains, dropDoubleNegation, foldConstants } as const;

export type PassName = keyof typeof PASSES;

/** `false` switches all passes off; an object those that it says are `false`. */
export type OptimizeOption = boolean | { readonly [pass in PassName]?: boolean | undefined };

export function optimize(ir: Ir, option: OptimizeOption = true): Ir {
  if (option === false) return ir;
  const names = (Object.keys(PASSES) as PassName[]).filter((name) => option === true || option[name] !== false);
  return names.reduce((result, name) => PASSES[name](result), ir);
}

export function optimizePolicy(policy: IrPolicy, option: OptimizeOption = true): IrPolicy {
  const { principal, action, resource, condition } = policy;
  const apply = (ir: Ir | undefined) => ir && optimize(ir, option);
  return {
    ...policy,
    principal: apply(principal),
    action: apply(action),
    resource: apply(resource),
    condition: apply(condition),
  };
}
