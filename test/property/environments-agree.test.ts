/**
 * Environments agree — typing once for the environments that agree finds what typing in each of them finds.
 */
import { expect, test } from 'vitest';
import type { Schema } from '../../src/schema/schema.ts';
import type { CorePolicy } from '../../src/syntax/core-policy.ts';
import { desugarPolicy } from '../../src/syntax/desugar.ts';
import { printPolicy } from '../../src/syntax/print.ts';
import { policyEnvironments } from '../../src/validator/environment.ts';
import { typecheckEverywhere } from '../../src/validator/relevance.ts';
import { typecheckPolicy } from '../../src/validator/typecheck/typecheck.ts';
import { arbitraryCase } from '../arbitrary/case.ts';
import { nearMiss } from '../arbitrary/near-miss.ts';
import { Random } from '../arbitrary/random.ts';
import { worldOf } from '../arbitrary/world.ts';

const SEED = Number(process.env.CEDARMILL_SEED ?? 7);
const CASES = Number(process.env.CEDARMILL_CASES ?? 1500);

interface Findings {
  readonly messages: readonly string[];
  readonly impossible: boolean;
}

function inEach(policy: CorePolicy, schema: Schema): Findings {
  const results = [...policyEnvironments(policy, schema)].map((each) => typecheckPolicy(policy, each, schema));
  const problems = results.flatMap((result) => (result.kind === 'typed' ? [] : result.problems));
  return {
    messages: distinct(problems.map(({ message }) => message)),
    impossible: results.every(({ kind }) => kind === 'irrelevant'),
  };
}

function atOnce(policy: CorePolicy, schema: Schema): Findings {
  const { problems, impossible } = typecheckEverywhere(policy, schema, 'strict');
  return { messages: distinct(problems.map(({ message }) => message)), impossible };
}

function distinct(messages: readonly string[]): string[] {
  return [...new Set(messages)].sort();
}

test(`each environment for itself finds the same (seed ${SEED})`, () => {
  const random = new Random(SEED);
  const seen = { clean: 0, problems: 0, impossible: 0 };
  for (let i = 0; i < CASES; i++) {
    const { schema, policies } = arbitraryCase(random);
    const world = worldOf(random, schema);
    for (const given of policies) {
      const policy = random.chance(60) ? nearMiss(random, world, given) : given;
      const core = desugarPolicy(policy);
      const expected = inEach(core, schema);
      expect(atOnce(core, schema), printPolicy(policy)).toEqual(expected);
      seen[expected.messages.length > 0 ? 'problems' : 'clean']++;
      if (expected.impossible) seen.impossible++;
    }
  }
  console.log(seen);
  expect(Object.values(seen).every((n) => n > CASES / 20)).toBe(true);
});
