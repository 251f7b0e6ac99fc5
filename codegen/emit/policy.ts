/**
 * Policy — one policy's statements: they fall through iff it is satisfied, and leave its label if it is not or errs.
 *
 *     owner: {
 *       if (resource._owner === undefined) break owner;
 *       if (resource._owner !== principal) break owner;
 *       satisfied = satisfied.next[0] ?? satisfied.grow(0, owner_row);
 *     }
 *
 * Conditions become jumps (condition.ts), values become expressions over constants and temporaries (value.ts).
 *
 * Twin:  src/model/evaluator.ts
 */
import type { Statement } from 'estree';
import type { Ir, IrPolicy } from '../ir/ir.ts';
import { AttributeEmitter } from './attribute.ts';
import { ConditionEmitter } from './condition.ts';
import type { Emitters } from './emitters.ts';
import { MembershipEmitter } from './membership.ts';
import { PolicyBody, type PolicyContext } from './policy-body.ts';
import { ValueEmitter } from './value.ts';

/** The statements before the one that says that the policy is satisfied; `parts` are those that the dispatch has not settled. */
export function emitPolicy(
  context: PolicyContext,
  label: string,
  policy: IrPolicy,
  parts: readonly (Ir | undefined)[],
): Statement[] {
  const body = new PolicyBody(context, label, policy);
  const emitters = emittersOf(body);
  for (const part of parts) {
    // Most requests have had their action tested by the dispatch, and coverage must not say that the clause was never reached.
    body.isMarked = part !== policy.action;
    if (part !== undefined) emitters.conditions.unless(part, label);
  }
  return body.statements;
}

function emittersOf(body: PolicyBody): Emitters {
  const emitters = {} as { -readonly [Key in keyof Emitters]: Emitters[Key] };
  emitters.conditions = new ConditionEmitter(body, emitters);
  emitters.values = new ValueEmitter(body, emitters);
  emitters.attributes = new AttributeEmitter(body, emitters);
  emitters.membership = new MembershipEmitter(body, emitters);
  return emitters;
}
