/**
 * Model agrees with formal model — the model that is read beside the specification, and the model that the proofs are about.
 *
 * `CEDARMILL_CASES` sets the number of cases.
 */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { isAuthorized } from '../../src/model/authorizer.ts';
import { Entities } from '../../src/value/entities.ts';
import { anyCase } from './arbitrary-case.ts';
import { decide, isAuthorized as formalIsAuthorized, sorted } from './formal-model.ts';

const numRuns = Number(process.env.CEDARMILL_CASES ?? 4000);
const seen = new Map<string, number>();

function count(outcome: string): void {
  seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
}

test('model and formal model give the same decision, determining policies and errors', () => {
  fc.assert(
    fc.property(anyCase, ({ request, entities, policies }) => {
      const response = isAuthorized(request, Entities.from(entities), policies);
      count(response.decision);
      for (const { kind } of response.errors) count(kind);
      expect(formalIsAuthorized(request, entities, policies)).toEqual(sorted(response));
      expect(decide(request, entities, policies)).toBe(response.decision);
    }),
    { numRuns },
  );
});

afterAll(() => {
  const missing = [
    'allow',
    'deny',
    'entityDoesNotExist',
    'attrDoesNotExist',
    'tagDoesNotExist',
    'typeError',
    'arithBoundsError',
    'extensionError',
  ];
  expect(missing.filter((outcome) => !seen.has(outcome))).toEqual([]);
});
