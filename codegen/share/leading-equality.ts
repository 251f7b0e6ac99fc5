/**
 * Leading equality — the attribute that policies of a skeleton compare with a literal first. Policies with other literals need not run.
 *
 *     before  permit … when { resource.team == "a" && … };  permit … when { resource.team == "b" && … };      both are run
 *     after   the first one only, where the team is "a"; both, where there is no team, for then both err
 *
 * Sound: what is compared is an attribute of principal, resource or context, so that the comparison errs only where the attribute is not there. Where it
 * is there and another one, the condition is false before any other part of it is evaluated; so the policy is neither satisfied nor erring.
 *
 * Spec:  Cedar.Thm.Authorization.PolicySlice: IsSoundPolicySlice
 */
import type { Ir, IrOf, IrPolicy, ParamKind } from '../ir/ir.ts';

/** An attribute of a variable, and a literal that the skeleton leaves open. */
export interface Comparison {
  readonly variable: 'principal' | 'resource' | 'context';
  readonly attribute: string;
  readonly param: number;
  readonly kind: ParamKind;
}

export function leadingEqualityOf({ condition }: IrPolicy): Comparison | undefined {
  let first = condition;
  while (first?.op === 'and') first = first.operands[0];
  return first?.op === 'eq' ? comparisonOf(first) : undefined;
}

export function comparisonOf({ left, right }: IrOf<'eq'>): Comparison | undefined {
  return comparison(left, right) ?? comparison(right, left);
}

function comparison(attribute: Ir, literal: Ir): Comparison | undefined {
  if (literal.op !== 'param' || attribute.op !== 'getAttr' || attribute.arg.op !== 'var') return undefined;
  const { name } = attribute.arg;
  return name === 'action'
    ? undefined
    : { variable: name, attribute: attribute.attr, param: literal.index, kind: literal.kind };
}
