/**
 * Plan node — rows that an index has found are not asked again for what their scopes demand, and are asked for all else.
 */
import { describe, expect, test } from 'vitest';
import { CompiledPolicies } from '../../../codegen/compile.ts';
import { planOf } from '../../../codegen/plan/planner.ts';
import { compile, EntityStore, PolicySet, parsePolicies } from '../../../src/index.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';

/** `%` is a letter that differs from policy to policy; links have it in the slot. */
const SCOPES = [
  { scope: 'principal in G::"%", action, resource', slots: 'principal in ?principal, action, resource' },
  { scope: 'principal == U::"%", action, resource', slots: 'principal == ?principal, action, resource' },
  { scope: 'principal is U in G::"%", action, resource', slots: 'principal is U in ?principal, action, resource' },
  {
    scope: 'principal is U, action, resource is R in G::"%"',
    slots: 'principal is U, action, resource is R in ?resource',
  },
  { scope: 'principal in G::"%", action, resource is R', slots: 'principal in ?principal, action, resource is R' },
  {
    scope: 'principal in G::"%", action, resource == R::"a"',
    slots: 'principal in ?principal, action, resource == R::"a"',
  },
  {
    scope: 'principal is U in G::"b", action, resource in G::"%"',
    slots: 'principal is U in G::"b", action, resource in ?resource',
  },
];

const LETTERS = ['a', 'b', 'c'];
const uid = (type: string, id: string) => ({ type, id });
const UIDS = ['U', 'V', 'R'].flatMap((type) => [...LETTERS, 'd'].map((id) => uid(type, id)));

/** The groups `a` and `b` are nested. `d` is in none. */
const STORE = EntityStore.from([
  { uid: uid('G', 'a'), attrs: {}, parents: [uid('G', 'b')] },
  { uid: uid('G', 'b'), attrs: {}, parents: [] },
  { uid: uid('G', 'c'), attrs: {}, parents: [] },
  ...UIDS.map(({ type, id }) => ({
    uid: uid(type, id),
    attrs: { x: 1 },
    parents: id === 'd' ? [] : [uid('G', id)],
  })),
]);

function setOf(scope: string): PolicySet {
  const policies = LETTERS.map((id) => `@id("${id}") permit(${scope.replace('%', id)}) when { resource.x == 1 };`);
  return PolicySet.of(parsePolicies(policies.join('\n')).policies);
}

function linksOf(scope: string, slots: string): PolicySet {
  const set = PolicySet.of(parsePolicies(`permit(${slots}) when { resource.x == 1 };`).policies);
  const slot = slots.includes('?principal') ? 'principal' : 'resource';
  const type = scope.includes('U::"%"') ? 'U' : 'G';
  for (const id of LETTERS) set.link({ templateId: 'policy0', id, slotEnv: { [slot]: new EntityUid(type, id) } });
  return set;
}

function answersOf(set: PolicySet, options: object) {
  const engine = compile(set, options);
  return UIDS.flatMap((principal) =>
    UIDS.map((resource) => {
      const { determiningPolicies } = engine.isAuthorized({ principal, action: 'A::"a"', resource }, STORE);
      const allowed = engine.isAllowed({ principal, action: 'A::"a"', resource }, STORE);
      expect(allowed).toBe(determiningPolicies.length > 0);
      return determiningPolicies;
    }),
  );
}

describe.each(SCOPES)('$scope', ({ scope, slots }) => {
  const set = setOf(scope);

  test('is looked up as the model decides', () => {
    const expected = answersOf(set, { mode: 'interpret' });
    expect(expected.flat()).not.toEqual([]);
    expect(answersOf(set, { indexFrom: 1 })).toEqual(expected);
  });

  test('is linked as the model decides', () => {
    const links = linksOf(scope, slots);
    const expected = answersOf(links, { mode: 'interpret' });
    expect(expected.flat()).not.toEqual([]);
    expect(answersOf(links, {})).toEqual(expected);
  });

  test('is asked for types alone', () => {
    const compiled = CompiledPolicies.of(set);
    const text = compiled.emit(planOf([...compiled.statics.values()], [], 1), { testAction: false });
    expect(text).not.toMatch(/\$mask|\$ancestors|(principal|resource) ===/);
    expect(text.includes('principal.$type !== "U"')).toBe(scope.includes('is U'));
    expect(text.includes('resource.$type !== "R"')).toBe(scope.includes('is R'));
  });
});

describe('what is the same for all rows', () => {
  const X = [undefined, true, false, 1];
  const CONDITIONS = [
    'resource.x',
    '!resource.x',
    'resource.x && resource.n == %',
    'resource.n == % && resource.x',
    'resource has x && resource.x && resource.n == %',
    'principal == resource.owner || resource.x',
    'resource.x && (resource.n == % || resource.x)',
  ];
  const store = EntityStore.from(
    X.flatMap((x, i) => [
      { uid: uid('U', `${i}`), attrs: {}, parents: [uid('G', 'b')] },
      {
        uid: uid('R', `${i}`),
        attrs: { n: i % 3, owner: { __entity: uid('U', '1') }, ...(x === undefined ? {} : { x }) },
        parents: [],
      },
    ]),
  );

  test.each(CONDITIONS)('of `%s`, is decided and errs as in the model', (condition) => {
    const policies = [0, 1, 2].flatMap((n) =>
      ['permit', 'forbid'].map(
        (effect) =>
          `@id("${effect} ${n}") ${effect}(principal in G::"b", action == A::"${effect}", resource) when { ${condition.replaceAll('%', `${n}`)} };`,
      ),
    );
    const set = PolicySet.of(
      parsePolicies([...policies, 'permit(principal, action == A::"forbid", resource);'].join('\n')).policies,
    );
    const [compiled, model] = [compile(set, { indexFrom: 1 }), compile(set, { mode: 'interpret' })];
    for (const effect of ['permit', 'forbid'])
      for (const p of X.keys())
        for (const r of X.keys()) {
          const request = { principal: uid('U', `${p}`), action: uid('A', effect), resource: uid('R', `${r}`) };
          const expected = model.isAuthorized(request, store);
          expect(compiled.isAuthorized(request, store)).toEqual(expected);
          expect(compiled.isAllowed(request, store)).toBe(expected.decision === 'allow');
        }
  });

  test.each([
    ['resource.x && resource.n == %', true],
    ['resource.n == % && resource.x', false],
    ['[1, 2, 3].containsAll(resource.l) && resource.x', false],
  ])('of `%s`, is asked before rows are looked for: %s', (condition, before) => {
    const text = `permit(principal in G::"b", action, resource) when { ${condition.replace('%', '1')} };`;
    const compiled = CompiledPolicies.of(PolicySet.of(parsePolicies(text).policies));
    const nodes = planOf([...compiled.statics.values()], [], 1);
    const emitted = (only: 'decide' | 'full') => compiled.emit(nodes, { testAction: false, only });
    const isBefore = (code: string) => code.indexOf('resource._') < code.indexOf('.first(');
    expect(isBefore(emitted('decide'))).toBe(before);
    expect(isBefore(emitted('full'))).toBe(false);
  });
});
