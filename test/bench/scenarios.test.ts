/**
 * Scenarios — every benchmark scenario is a differential test too: what is timed must be right.
 */
import { describe, expect, test } from 'vitest';
import { disagreements } from '../../bench/oracle.ts';
import { handlesOf, policySetOf } from '../../bench/rivals/cedarmill.ts';
import { hand, handOf } from '../../bench/rivals/hand.ts';
import { answersOf, model } from '../../bench/rivals/model.ts';
import { SCENARIOS } from '../../bench/scenarios.ts';
import { compile, EntityStore } from '../../src/index.ts';
import { parseSchema } from '../../src/schema/parse-schema.ts';

describe.each(Object.entries(SCENARIOS))('%s', (_, { make, small, oracles }) => {
  const scenario = make(small);
  const { schema, diagnostics } = parseSchema(scenario.schema);
  const requests = [...scenario.requests.keys()].slice(0, 150);
  const answers = answersOf(scenario);

  test('is decided as the model decides, in every form', () => {
    expect(diagnostics).toEqual([]);
    for (const typed of [undefined, schema]) {
      const engine = compile(policySetOf(scenario), typed && { schema: typed, validate: false });
      const entities = scenario.entities.filter(({ uid }) => typed === undefined || uid.type !== 'Action');
      const store = EntityStore.from(entities, typed && { schema: typed });
      const handles = handlesOf(scenario, store);
      for (const i of requests) {
        const expected = answers(i);
        expect(engine.isAuthorized(handles[i]!, store)).toEqual(expected);
        expect(engine.isAllowed(handles[i]!, store)).toBe(expected.decision === 'allow');
        if (i < 20) expect(engine.isAuthorized(handles[i]!, entities)).toEqual(expected);
      }
    }
  });

  test('is decided alike by the function written by hand', () => {
    expect(disagreements([...model(scenario), ...hand(scenario)], requests)).toEqual([]);
  });

  const byHand = handOf(scenario);
  if (byHand !== undefined)
    test('is determined by the same policies by hand', () => {
      for (const i of requests) {
        const { decision, determiningPolicies } = byHand.isAuthorized(byHand.request(scenario.requests[i]!));
        expect({ decision, policies: [...determiningPolicies].sort() }).toEqual({
          decision: answers(i).decision,
          policies: [...answers(i).determiningPolicies].sort(),
        });
      }
    });

  if (oracles !== undefined)
    test('is decided alike in every row that is timed', () => {
      expect(disagreements([...model(scenario), ...oracles(scenario)], requests)).toEqual([]);
    });

  test('has requests of both outcomes', () => {
    const decisions = new Set(requests.map((i) => answers(i).decision));
    expect([...decisions].sort()).toEqual(['allow', 'deny']);
  });
});
