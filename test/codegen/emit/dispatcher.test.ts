/**
 * Dispatcher — that cases of many policies are written in blocks, and decide as the model does.
 */
import { describe, expect, test } from 'vitest';
import { CompiledPolicies } from '../../../codegen/compile.ts';
import { emitDispatcher } from '../../../codegen/emit/dispatcher.ts';
import { inlineOf } from '../../../codegen/plan/planner.ts';
import { print } from '../../../codegen/print/statement.ts';
import { compile, EntityStore, PolicySet, parsePolicies } from '../../../src/index.ts';

const COUNT = 150;

const set = PolicySet.of(
  parsePolicies(
    Array.from(
      { length: COUNT },
      (_, i) => `${i % 3 === 0 ? 'forbid' : 'permit'}(principal, action, resource) when { context.n == ${i} };`,
    ).join('\n'),
  ).policies,
);

describe('a dispatcher with a case of more than 64 policies', () => {
  const compiled = CompiledPolicies.of(set);
  const nodes = [...compiled.statics.values()].map(inlineOf);

  function functionsOf(count: number): (string | undefined)[] {
    const cases = [{ number: 1, nodes: nodes.slice(0, count), types: undefined }];
    const text = print(emitDispatcher(cases, compiled.fields, { testAction: false }, undefined));
    return Array.from(text.matchAll(/^function ((?:full|decide|forbids|permits)\d*)\(/gm), ([, name]) => name);
  }

  test('is written in blocks, as V8 does not optimize a function of all of them', () => {
    expect(functionsOf(64)).toEqual(['full2', 'full', 'decide2', 'decide']);
    expect(functionsOf(COUNT)).toEqual([
      ...['full3', 'full4', 'full5', 'full2', 'full'],
      ...['forbids', 'permits', 'permits2', 'decide2', 'decide'],
    ]);
  });

  test('decides as the model does, on both sides of each end of a block', () => {
    const model = compile(set, { mode: 'interpret' });
    const engine = compile(set, { warmUp: 0, indexFrom: Number.POSITIVE_INFINITY });
    const store = EntityStore.from([]);
    for (const n of [0, 1, 2, 62, 63, 64, 65, 127, 128, 129, 147, 148, 149, 150, 'text']) {
      const request = { principal: 'U::"a"', action: 'A::"a"', resource: 'R::"a"', context: { n } };
      const expected = model.isAuthorized(request, store);
      expect(engine.isAuthorized(request, store)).toEqual(expected);
      expect(engine.isAllowed(request, store)).toBe(expected.decision === 'allow');
    }
  });
});
