/**
 * Formal — the formal model, whose laws are proved, as JavaScript that Dafny made of it, against the model.
 */
import type { Case } from '../../arbitrary/case.ts';
import { isAuthorized, sorted } from '../../proofs/formal-model.ts';
import type { Finding } from '../finding.ts';
import { modelResponses, policySetOf } from './authorize.ts';

export function checkFormal(given: Case): Finding | undefined {
  const policies = [...policySetOf(given).policies()];
  for (const [i, response] of modelResponses(given, policies).entries()) {
    const formal = isAuthorized(given.requests[i]!, given.entities, policies);
    const ours = sorted(response);
    if (JSON.stringify(formal) !== JSON.stringify(ours)) {
      return { target: 'formal', judge: 'formal model', what: `request ${i}`, expected: ours, actual: formal };
    }
  }
  return undefined;
}
