/** Scan loop — that a list is scanned rightly with all attributes there and Longs, and with whatever may be in their place. */
import { describe, expect, test } from 'vitest';
import { compile, EntityStore, PolicySet, parsePolicies } from '../../../src/index.ts';

const POLICIES = Array.from(
  { length: 100 },
  (_, i) => `permit (principal, action, resource)
    when { principal.level >= ${i % 7} && resource has size && resource.size < ${i % 5} && principal.team == "team ${i % 3}" };`,
);

const set = PolicySet.of(parsePolicies(POLICIES.join('\n')).policies);
const [compiled, model] = [compile(set), compile(set, { mode: 'interpret' })];

/** `undefined` stands for an attribute that is not there. */
const LEVELS = [undefined, 0, 6, '4', true, 2n ** 60n, { __entity: { type: 'User', id: '1' } }, ['3']];
const SIZES = [undefined, 1, -(2n ** 60n), '1', { amount: 1 }];
const TEAMS = [undefined, 'team 1', 1];

describe.each(LEVELS.map((level) => [level]))('a list of policies, with a level of %s', (level) => {
  test.each(SIZES.flatMap((size) => TEAMS.map((team) => [size, team])))(
    'a size of %s and a team of %s',
    (size, team) => {
      const store = EntityStore.from([
        { uid: { type: 'User', id: 'u' }, attrs: present({ level, team }), parents: [] },
        { uid: { type: 'Doc', id: 'd' }, attrs: present({ size }), parents: [] },
      ]);
      const request = { principal: 'User::"u"', action: 'Action::"view"', resource: 'Doc::"d"' };
      const expected = model.isAuthorized(request, store);
      expect(compiled.isAuthorized(request, store)).toEqual(expected);
      expect(compiled.isAllowed(request, store)).toBe(expected.decision === 'allow');
    },
  );
});

function present(attrs: object): object {
  return Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== undefined));
}
