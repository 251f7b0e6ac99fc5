/**
 * Formal model agrees with Cedar — the model that the proofs are about gives the recorded answers of the official build.
 */
import { describe, expect, test } from 'vitest';
import { isAuthorized } from './formal-model.ts';
import { formalSchema, validates } from './formal-validator.ts';
import { entitiesOf, oraclePresent, policiesOf, recordedCases, requestOf, schemaOf } from './recorded-case.ts';

if (!oraclePresent)
  console.warn('CEDAR_ORACLE names no folder of recorded answers: the formal model is not held against them');

interface Answer {
  readonly type: string;
  readonly decision: string;
  readonly reason: readonly string[];
  readonly errors: readonly { readonly policyId: string }[];
  readonly validationErrors?: readonly { readonly policyId: string }[];
}

// Without the recorded answers there is nothing to compare with.
describe.skipIf(!oraclePresent)('formal model and official build', () => {
  test.each([
    ['eval', 950],
    ['eval-matrix', 180],
    ['authz', 90],
    ['int64', 5],
  ])('agree on recorded authorizations: %s', (kind, atLeast) => {
    const wrong: unknown[] = [];
    let compared = 0;
    for (const { id, call, expect } of recordedCases(kind)) {
      const [input] = call.args;
      const answer = expect as unknown as Answer;
      const policies = policiesOf(input);
      if (call.fn !== 'isAuthorized' || answer.type !== 'success' || input.schema || policies === undefined) continue;
      const formal = isAuthorized(requestOf(input), entitiesOf(input), policies);
      const [got, wanted] = [
        [formal.decision, formal.determiningPolicies, formal.errors.map(({ policyId }) => policyId)],
        [answer.decision, [...answer.reason].sort(), answer.errors.map(({ policyId }) => policyId).sort()],
      ];
      if (JSON.stringify(got) !== JSON.stringify(wanted)) wrong.push({ id, got, wanted });
      compared++;
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThanOrEqual(atLeast);
  });

  test('agree on which policies validate', () => {
    const wrong: unknown[] = [];
    let compared = 0;
    for (const { id, call, expect } of recordedCases('validate')) {
      const [input] = call.args;
      const answer = expect as unknown as Answer;
      const settings = input.validationSettings as { readonly mode?: string } | undefined;
      if (answer.type !== 'success' || settings?.mode === 'permissive') continue;
      const [policies, schema] = [policiesOf(input), schemaOf(input)];
      if (policies === undefined || schema === undefined) continue;
      const formal = formalSchema(schema);
      const got = policies
        .filter((policy) => !validates(policy, formal))
        .map((policy) => policy.id)
        .sort();
      const wanted = [...new Set(answer.validationErrors?.map(({ policyId }) => policyId))].sort();
      if (JSON.stringify(got) !== JSON.stringify(wanted)) wrong.push({ id, got, wanted });
      compared++;
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThanOrEqual(500);
  });
});
