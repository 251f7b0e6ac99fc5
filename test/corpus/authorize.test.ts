/**
 * Authorize — every request of the official corpus, on the model and on compiled code: full answer and decision alone, sliced and not, with the
 * schema and without.
 *
 * Nothing is passed over; without the schema the cases under `tests/` are left out, whose entities cannot be read without it.
 */

import { expect, test } from 'vitest';
import { check as checkEmitted } from '../../codegen/print/check.ts';
import {
  compile,
  type Engine,
  EntityStore,
  parseSchema,
  type RequestInput,
  type Response,
  type Schema,
} from '../../src/index.ts';
import { type CorpusCase, type CorpusRequest, corpusArchive, corpusCases } from './corpus.ts';

const archive = corpusArchive();

test.runIf(archive !== undefined)('every request of the corpus gets its answer from every engine', () => {
  const wrong: string[] = [];
  const asked = { withSchema: 0, without: 0 };
  for (const given of corpusCases(archive!)) {
    const { schema } = parseSchema(given.schema);
    asked.withSchema += check(given, schema, wrong);
    if (given.id.startsWith('corpus-tests/')) asked.without += check(given, undefined, wrong);
  }
  expect(wrong).toEqual([]);
  expect(asked.withSchema).toBeGreaterThan(8000);
  expect(asked.without).toBeGreaterThan(7900);
});

/** How many requests were asked. Request validation is a matter of the drop-in's tests: some requests of the corpus do not fit on purpose. */
function check(given: CorpusCase, schema: Schema | undefined, wrong: string[]): number {
  const store = EntityStore.from(given.entities as object[], schema && { schema });
  const engines: Engine[] = [
    compile(given.policies, { mode: 'interpret' }),
    compile(given.policies, { check: checkEmitted }),
    compile(given.policies, { slice: false, optimize: false }),
    ...(schema === undefined ? [] : [compile(given.policies, { schema, validate: false })]),
  ];
  for (const request of given.requests) {
    for (const [i, engine] of engines.entries()) {
      // The engine with the schema refuses what does not fit; the corpus says of which requests that is not asked.
      if (i === 3 && request.validateRequest === false) continue;
      const problem = differs(engine, request, store);
      if (problem !== undefined) wrong.push(`${given.id}, ${request.description}, engine ${i}: ${problem}`);
    }
  }
  return given.requests.length;
}

function differs(engine: Engine, request: CorpusRequest, store: EntityStore): string | undefined {
  const { principal, action, resource, context } = request;
  const input = { principal, action, resource, context } as RequestInput;
  const answer = summary(engine.isAuthorized(input, store));
  const expected = JSON.stringify([request.decision, [...request.reason].sort(), [...new Set(request.errors)].sort()]);
  if (answer !== expected) return `${answer} for ${expected}`;
  return engine.isAllowed(input, store) === (request.decision === 'allow') ? undefined : 'decision alone is another';
}

function summary({ decision, determiningPolicies, errors }: Response): string {
  return JSON.stringify([
    decision,
    [...determiningPolicies].sort(),
    [...new Set(errors.map(({ policyId }) => policyId))].sort(),
  ]);
}
