/**
 * Cheapest first — each line costs more than the one before it.
 */
import { describe, expect, test } from 'vitest';
import { cheapestFirst } from '../../../codegen/optimize/cheapest-first.ts';
import { policyOf } from '../of.ts';

function part(condition: string, kind: 'inline' | 'indexLookup' = 'inline', scope = 'principal, action, resource') {
  return { kind, policy: policyOf(`permit(${scope}) when { ${condition} };`), condition };
}

/** From cheap to dear. */
const LADDERS: Readonly<Record<string, readonly string[]>> = {
  'what is read': ['false', 'principal == resource', 'context.a == 1', 'context.a.b == 1', 'context.a.b == context.c'],
  'one of unknown kind, and both': ['context.a == 1', 'context.a == context.b'],
  'entities and sets to be in': ['principal == resource', 'principal in resource', 'principal in [resource]'],
  'a set to be in is unknown': ['principal in resource', 'principal in context.a'],
  operators: ['context.a < 1', 'context.a like "x"', 'decimal("1.0").lessThan(context.a)'],
  'containment of one and of many': ['context.a.contains(1)', 'context.a.containsAll([1])'],
  'the number of operands': ['context.a == 1 && context.b == 1', 'context.a == 1 && context.b == 1 && context.c == 1'],
  'what comes first': ['context.a && context.b like "x"', 'context.b like "x" && context.a'],
  'what comes first of an or': ['context.a || context.b like "x"', 'context.b like "x" || context.a'],
  tests: ['principal is User', 'context.a.contains(1)', 'context.a.containsAny([1])'],
  tags: ['principal has a', 'principal.hasTag("a")', 'principal.getTag("a") == 1'],
  sums: ['-context.a == 1', 'context.a + 1 == 1', '(context.a + 1) * 2 == 1'],
  emptiness: ['principal has a', 'context.a.isEmpty()', 'context.a.isEmpty() == context.b.isEmpty()'],
};

describe('policies', () => {
  test.each(Object.entries(LADDERS))('are ordered by %s', (_, ladder) => {
    const parts = ladder.map((condition) => part(condition));
    expect(cheapestFirst([...parts].reverse()).map(({ condition }) => condition)).toEqual(ladder);
  });

  test('of equal cost stay in order', () => {
    const free = ['true == true', 'if true then false else true', '!true', 'false'].map((condition) => part(condition));
    expect(cheapestFirst(free.slice(1))).toEqual(free.slice(1));
    const equal = ['context.a < 1', 'context.a <= 1', 'context has a == true', 'principal is A == true'];
    expect(cheapestFirst(equal.slice(0, 2).map((each) => part(each))).map((each) => each.condition)).toEqual(
      equal.slice(0, 2),
    );
    for (const same of [
      ['context.a + 1 == 1', 'context.a - 1 == 1', 'context.a * 1 == 1'],
      ['context.a like "x"', 'context.a.contains(1)', 'principal.a.hasTag("x")', 'context.a.isEmpty()'],
      ['principal has a', 'principal is A'],
    ]) {
      const parts = same.map((condition) => part(condition));
      expect(cheapestFirst(parts)).toEqual(parts);
      expect(cheapestFirst([...parts].reverse())).toEqual([...parts].reverse());
    }
  });

  test('cost what their scopes cost too', () => {
    const [open, closed] = [part('context.a'), part('context.a', 'inline', 'principal in G::"a", action, resource')];
    expect(cheapestFirst([closed, open])).toEqual([open, closed]);
  });

  test('in indexes come behind those of the same cost, and before much dearer ones', () => {
    const dear = '[1].containsAll([2]) && [1].containsAll([2]) && [1].containsAll([2]) == [1].containsAll([2])';
    const [inline, index, far] = [part('context.a'), part('context.a', 'indexLookup'), part(`(${dear}) == (${dear})`)];
    expect(cheapestFirst([far, index, inline])).toEqual([inline, index, far]);
  });

  test('are given in a list of its own', () => {
    const parts = [part('context.a like "x"'), part('context.a')];
    cheapestFirst(parts);
    expect(parts[0]?.condition).toBe('context.a like "x"');
  });
});
