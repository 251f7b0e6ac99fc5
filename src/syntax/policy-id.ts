/**
 * Policy id — the `@id` annotation as a policy's id, as the official command line takes it.
 *
 * Parsers number policies (`policy0`, `policy1`, …) and leave the annotation alone.
 */
import type { Policy } from './policy.ts';

/**
 * The policy with the id that its `@id("…")` annotation gives; the policy itself if it has none.
 *
 *     const { policies } = parsePolicies('@id("owner") permit(principal, action, resource);');
 *     policies.map(withAnnotatedId)[0].id   // 'owner'
 */
export function withAnnotatedId(policy: Policy): Policy {
  const id = policy.annotations.find(({ key }) => key === 'id');
  return id === undefined ? policy : { ...policy, id: id.value ?? '' };
}
