/**
 * Formal case — a generated case (test/arbitrary) as the formal model takes it, and as the model does.
 */
import type { Datum } from '../../proofs/generated/model.js';
import type { CorePolicy } from '../../src/syntax/core-policy.ts';
import { desugarPolicy, linkPolicy } from '../../src/syntax/desugar.ts';
import type { Case } from '../arbitrary/case.ts';
import { formalPolicy } from './formal-data.ts';

export interface FormalCase {
  readonly statics: readonly CorePolicy[];
  /** What takes part in authorization, linked by us. */
  readonly policies: readonly CorePolicy[];
  /** The same, linked by the formal model. */
  readonly formal: readonly Datum[];
}

export function formalCase({ policies, links }: Case): FormalCase {
  const core = new Map(policies.map((policy) => [policy.id, desugarPolicy(policy)]));
  const statics = [...core.values()].filter(({ principal, resource }) => !hasSlot(principal) && !hasSlot(resource));
  return {
    statics,
    policies: [...statics, ...links.map((link) => linkPolicy(core.get(link.templateId)!, link))],
    formal: [
      ...statics.map((policy) => formalPolicy(policy)),
      ...links.map((link) => formalPolicy(core.get(link.templateId)!, link.id, link.slotEnv)),
    ],
  };
}

function hasSlot(scope: CorePolicy['principal']): boolean {
  return 'entity' in scope && scope.entity.kind === 'slot';
}
