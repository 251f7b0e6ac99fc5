/**
 * Validator agrees with formal validator — the same policies pass, and what the soundness theorem promises of them is seen to hold.
 *
 * `CEDARMILL_CASES` sets the number of cases, `CEDARMILL_SEED` the first of their seeds.
 */
import { expect, test } from 'vitest';
import { isAuthorized } from '../../src/model/authorizer.ts';
import { checkRequest, conformingEntities } from '../../src/validator/conformance/conformance.ts';
import { ConformanceError } from '../../src/validator/conformance/conformance-error.ts';
import { validatePolicy } from '../../src/validator/validate.ts';
import { Entities } from '../../src/value/entities.ts';
import { arbitraryCase, type Case } from '../arbitrary/case.ts';
import { Random } from '../arbitrary/random.ts';
import { formalCase } from './formal-case.ts';
import { entitiesAreValid, formalSchema, requestIsValid, validates } from './formal-validator.ts';

const numRuns = Number(process.env.CEDARMILL_CASES ?? 1500);
const firstSeed = Number(process.env.CEDARMILL_SEED ?? Date.now());

const ALLOWED = ['entityDoesNotExist', 'arithBoundsError', 'extensionError'];

test('the same policies pass, and then err only as the theorem allows', () => {
  const seen = { passed: 0, failed: 0, checked: 0, allowedErrors: 0 };
  for (let seed = firstSeed; seed < firstSeed + numRuns; seed++) {
    const generated = arbitraryCase(new Random(seed));
    const { statics } = formalCase(generated);
    const schema = formalSchema(generated.schema);
    const conform = entitiesAreValid(generated.entities, schema);
    const requests = generated.requests.filter((request) => conform && requestIsValid(request, schema));
    for (const policy of statics) {
      const passes = validates(policy, schema);
      const diagnostics = validatePolicy(policy, generated.schema).map(({ diagnostic }) => diagnostic);
      const problems = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
      expect(problems.length === 0, `seed ${seed}, ${policy.id}: ${problems}`).toBe(passes);
      seen[passes ? 'passed' : 'failed']++;
      for (const request of passes ? requests : []) {
        const { errors } = isAuthorized(request, Entities.from(generated.entities), [policy]);
        expect(
          errors.filter(({ kind }) => !ALLOWED.includes(kind)),
          `seed ${seed}`,
        ).toEqual([]);
        seen.checked++;
        seen.allowedErrors += errors.length;
      }
    }
  }
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(numRuns / 100);
});

test('the same requests and entities conform to a schema', () => {
  const seen = new Map<string, number>();
  const count = (what: string): unknown => seen.set(what, (seen.get(what) ?? 0) + 1);
  for (let seed = firstSeed; seed < firstSeed + numRuns; seed++) {
    const generated = arbitraryCase(new Random(seed));
    const schema = formalSchema(generated.schema);
    for (const request of generated.requests) {
      const valid = checkRequest(request, generated.schema) === undefined;
      expect(valid, `seed ${seed}`).toBe(requestIsValid(request, schema));
      count(`request ${valid}`);
    }
    const valid = doConform(generated);
    expect(valid, `seed ${seed}`).toBe(entitiesAreValid(generated.entities, schema));
    count(`entities ${valid}`);
  }
  expect([...seen.keys()].sort()).toEqual(['entities false', 'entities true', 'request false', 'request true']);
});

function doConform({ entities, schema }: Case): boolean {
  try {
    conformingEntities(entities, schema);
    return true;
  } catch (error) {
    if (error instanceof ConformanceError) return false;
    throw error;
  }
}
