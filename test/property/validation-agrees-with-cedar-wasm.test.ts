/**
 * Validation agrees with cedar-wasm — same problems, in the same words at the same places, as the official build finds.
 *
 * Guesses at misspelt names are left out: where several are equally near, the official build picks one by hash order.
 */
import * as official from '@cedar-policy/cedar-wasm/nodejs';
import { expect, test } from 'vitest';
import { type ValidationAnswer, validate } from '../../src/cedar-wasm/index.ts';
import { slotsOf } from '../../src/syntax/desugar.ts';
import type { Policy, TemplateLink } from '../../src/syntax/policy.ts';
import { policyToJson } from '../../src/syntax/policy-json.ts';
import { printPolicy } from '../../src/syntax/print.ts';
import { caseIn, type Flavour, SMALL } from '../arbitrary/case.ts';
import { linkToData } from '../arbitrary/json.ts';
import { nearMiss } from '../arbitrary/near-miss.ts';
import { Random } from '../arbitrary/random.ts';
import { schemaText } from '../arbitrary/schema-text.ts';
import { arbitraryWorld } from '../arbitrary/world.ts';

const SEED = Number(process.env.CEDARMILL_SEED ?? 11);
const CASES = Number(process.env.CEDARMILL_CASES ?? 250);
const FLAVOURS: readonly Flavour[] = ['typed', 'loose', 'any'];

/** As text half of the time; longs as the official build takes them. */
function argument(random: Random, policy: Policy, links: readonly TemplateLink[]): unknown {
  const form = random.chance(50) ? printPolicy(policy) : policyToJson(policy);
  if (slotsOf(policy).length === 0) return plain({ staticPolicies: { [policy.id]: form } });
  const own = links.filter(({ templateId }) => templateId === policy.id).map(linkToData);
  return plain({ templates: { [policy.id]: form }, templateLinks: own });
}

/** The official build takes no bigint, and would round what it takes instead: so large numbers become smaller ones. */
function plain(value: unknown): unknown {
  const small = (inner: unknown) => (typeof inner === 'bigint' ? Number(inner % 2n ** 53n) : inner);
  return JSON.parse(JSON.stringify(value, (_, inner) => small(inner)));
}

/** What can be compared: problems in no order, without guesses. */
function comparable(answer: ValidationAnswer): readonly string[] {
  if (answer.type === 'failure') return ['failure'];
  return [...answer.validationErrors, ...answer.validationWarnings]
    .map(({ policyId, error }) => {
      const help = error.help?.replace(/did you mean `.*?`\?/s, 'did you mean …?');
      return JSON.stringify([policyId, error.message, help, error.severity, error.sourceLocations]);
    })
    .sort();
}

test(`policies near the edge of what is valid (seed ${SEED})`, () => {
  const random = new Random(SEED);
  const seen = { policies: 0, problems: 0, clean: 0 };
  for (let i = 0; i < CASES; i++) {
    const world = arbitraryWorld(random);
    const { policies, links } = caseIn(random, world, random.pick(FLAVOURS), SMALL);
    const schema = schemaText(world.schema);
    for (const given of policies) {
      const policy = random.chance(60) ? nearMiss(random, world, given) : given;
      const call = { schema, policies: argument(random, policy, links) };
      const expected = comparable(official.validate(call as official.ValidationCall) as ValidationAnswer);
      expect(comparable(validate(call as official.ValidationCall)), JSON.stringify(call)).toEqual(expected);
      seen.policies++;
      seen.problems += expected.length;
      if (expected.length === 0) seen.clean++;
    }
  }
  console.log(seen);
  expect(Math.min(seen.problems, seen.clean)).toBeGreaterThan(CASES / 2);
});
