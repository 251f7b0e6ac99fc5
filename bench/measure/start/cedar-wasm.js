/**
 * Cedar-wasm — the start of an application with the official build.
 */
import { createRequire } from 'node:module';

export async function start({ policies, entities, request }) {
  const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs');
  cedar.preparsePolicySet('application', { staticPolicies: policies });
  const answer = cedar.statefulIsAuthorized({
    ...request,
    context: {},
    entities,
    preparsedPolicySetId: 'application',
  });
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join());
  return answer.response.decision === 'allow';
}
