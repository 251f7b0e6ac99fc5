/**
 * Formal — the formal model, whose laws are proved, as JavaScript that Dafny made of it, against the model.
 */
import { parsePolicies } from '../../../src/parser/text/policy.ts';
import { PolicySet } from '../../../src/syntax/policy-set.ts';
import type { Case } from '../../arbitrary/case.ts';
import { Random } from '../../arbitrary/random.ts';
import { isAuthorized, sorted } from '../../proofs/formal-model.ts';
import type { Finding } from '../finding.ts';
import { modelResponses, policySetOf } from './authorize.ts';
import { fact } from './facts.ts';

/** Facts beside each case. */
const FACTS = 24;

export function checkFormal(given: Case, seed: number): Finding | undefined {
  return checkSet(given, policySetOf(given)) ?? checkFacts(given, new Random(seed));
}

function checkSet(given: Pick<Case, 'entities' | 'requests'>, set: PolicySet): Finding | undefined {
  const policies = [...set.policies()];
  for (const [i, response] of modelResponses(given, policies).entries()) {
    const formal = isAuthorized(given.requests[i]!, given.entities, policies);
    const ours = sorted(response);
    if (JSON.stringify(formal) !== JSON.stringify(ours)) {
      return { target: 'formal', oracle: 'formal model', what: `request ${i}`, expected: ours, actual: formal };
    }
  }
  return undefined;
}

/** What literals are and what operations on them give, which any request tells. */
function checkFacts({ requests }: Case, random: Random): Finding | undefined {
  const texts = Array.from({ length: FACTS }, () => `permit(principal, action, resource) when { ${fact(random)} };`);
  const { policies } = parsePolicies(texts.join('\n'));
  return checkSet({ entities: [], requests: requests.slice(0, 1) }, PolicySet.of(policies));
}
