/**
 * Sharp — what a partial response says by the sharper rules, beside the official results.
 *
 * What was sharpened is evaluated once more: a field that was projected may be a value.
 */
import type { Decision } from '../value/response.ts';
import { type PartialResponse, ResidualPolicy } from './authorize.ts';
import { evaluate, type Known } from './evaluate.ts';
import { isNeverTrue, sharpen } from './sharpen.ts';

export interface SharpResponse {
  /** Every policy and link with its sharper residual, in policy order. */
  readonly policies: readonly ResidualPolicy[];
  /** The ids of policies that are left over, but that no completion satisfies; they may err. */
  readonly neverSatisfied: readonly string[];
  /** The decision of every completion, if it is known; known wherever the official one is. */
  readonly decision: Decision | undefined;
  /** Those of the policies that the decision may still depend on. */
  readonly relevant: readonly ResidualPolicy[];
}

export function sharpResponse({ policies, known }: PartialResponse): SharpResponse {
  const sharpened = policies.map((policy) => sharpPolicy(policy, known));
  const neverSatisfied: string[] = [];
  const possible: ResidualPolicy[] = [];
  for (const policy of sharpened) {
    if (policy.outcome === 'residual' && isNeverTrue(policy.residual)) neverSatisfied.push(policy.id);
    else if (policy.outcome === 'residual' || policy.outcome === 'true') possible.push(policy);
  }
  const { decision, relevant } = decide(possible);
  return { policies: sharpened, neverSatisfied, decision, relevant };
}

/** The same one where nothing can be said more sharply. */
function sharpPolicy(policy: ResidualPolicy, known: Known): ResidualPolicy {
  if (policy.outcome !== 'residual') return policy;
  const sharper = sharpen(policy.residual, known);
  return sharper === policy.residual ? policy : new ResidualPolicy(policy.policy, evaluate(sharper, known));
}

/** `possible` are the policies that some completion may satisfy. */
function decide(possible: readonly ResidualPolicy[]): Pick<SharpResponse, 'decision' | 'relevant'> {
  const [forbids, permits] = [
    possible.filter(({ effect }) => effect === 'forbid'),
    possible.filter(({ effect }) => effect === 'permit'),
  ];
  if (permits.length === 0 || forbids.some(isTrue)) return { decision: 'deny', relevant: [] };
  const certain = permits.find(isTrue);
  if (certain === undefined) return { decision: undefined, relevant: possible };
  // One permit is enough, and it is there already.
  return forbids.length === 0
    ? { decision: 'allow', relevant: [] }
    : { decision: undefined, relevant: [...forbids, certain] };
}

function isTrue({ outcome }: ResidualPolicy): boolean {
  return outcome === 'true';
}
