/**
 * First clause — the attribute that policies of a shape compare with a literal before anything else, so that those of other literals need not be run.
 *
 *     before  permit … when { resource.team == "a" && … };  permit … when { resource.team == "b" && … };      both are run
 *     after   the first one only, where the team is "a"; both, where there is no team, for then both err
 *
 * Sound: what is compared is an attribute of principal, resource or context, so that the comparison errs only where the attribute is not there. Where it
 * is there and another one, the condition is false before any other part of it is evaluated; so the policy is neither satisfied nor erring.
 *
 * Spec:  Cedar.Thm.Authorization.Slicing: IsSoundPolicySlice
 */
import type { Ir, IrPolicy } from '../ir/ir.ts';

export interface FirstClause {
  readonly variable: 'principal' | 'resource' | 'context';
  readonly attribute: string;
  /** Where the literal stands that the shape leaves open. */
  readonly hole: number;
}

export function firstClauseOf({ condition }: IrPolicy): FirstClause | undefined {
  let first = condition;
  while (first?.op === 'and') first = first.operands[0];
  if (first?.op !== 'eq') return undefined;
  return comparison(first.left, first.right) ?? comparison(first.right, first.left);
}

function comparison(attribute: Ir, literal: Ir): FirstClause | undefined {
  if (literal.op !== 'hole' || attribute.op !== 'getAttr' || attribute.arg.op !== 'var') return undefined;
  const { name } = attribute.arg;
  return name === 'action' ? undefined : { variable: name, attribute: attribute.attr, hole: literal.index };
}
