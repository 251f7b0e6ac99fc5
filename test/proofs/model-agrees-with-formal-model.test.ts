/**
 * Model agrees with formal model — the model that is read beside the specification, and the model that the proofs are about.
 *
 * `CEDARMILL_CASES` sets the number of cases, `CEDARMILL_SEED` the first of the seeds of those that fit a schema.
 */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { isAuthorized } from '../../src/model/authorizer.ts';
import { Entities } from '../../src/value/entities.ts';
import { arbitraryCase } from '../arbitrary/case.ts';
import { Random } from '../arbitrary/random.ts';
import { anyCase } from './arbitrary-case.ts';
import { formalCase } from './formal-case.ts';
import { formalEntities, formalRequest } from './formal-data.ts';
import { decide, isAuthorized as formalIsAuthorized, formallyAuthorized, sorted } from './formal-model.ts';

const numRuns = Number(process.env.CEDARMILL_CASES ?? 4000);
const firstSeed = Number(process.env.CEDARMILL_SEED ?? Date.now());
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

test('so they do on cases that fit a schema, with templates and links', () => {
  for (let seed = firstSeed; seed < firstSeed + numRuns / 4; seed++) {
    const generated = arbitraryCase(new Random(seed));
    const { policies, formal } = formalCase(generated);
    const [entities, formalData] = [Entities.from(generated.entities), formalEntities(generated.entities)];
    for (const request of generated.requests) {
      const response = isAuthorized(request, entities, policies);
      expect(formallyAuthorized(formalRequest(request), formalData, formal), `seed ${seed}`).toEqual(sorted(response));
    }
  }
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
