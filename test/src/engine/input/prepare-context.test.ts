/**
 * Prepared contexts — in every engine they stand for the context that they were made from, as that was then.
 */
import { describe, expect, test } from 'vitest';
import { compile, type Decisions, EntityStore, parsePolicies, parseSchema } from '../../../../src/index.ts';
import { engineIn } from '../modes.ts';

const POLICIES = `
@id("tenant") permit(principal, action == Action::"view", resource) when { context.tenant == "acme" };
@id("inside") permit(principal, action == Action::"edit", resource) when { context.from.isInRange(ip("10.0.0.0/8")) };
@id("tags") permit(principal, action == Action::"view", resource) when { context has tags && context.tags.contains("a") };
@id("owner") permit(principal, action == Action::"edit", resource) when { context has on && context.on in Team::"t" };
`;

const { schema } = parseSchema(`
entity Team; entity User in [Team]; entity Doc;
type Seen = { tenant: String, tags?: Set<String> };
action view appliesTo { principal: User, resource: Doc, context: Seen };
action edit appliesTo { principal: User, resource: Doc, context: { from: ipaddr, on?: User } };
`);

const VIEW = { principal: 'User::"ann"', action: 'Action::"view"', resource: 'Doc::"d"' };
const EDIT = { ...VIEW, action: 'Action::"edit"' };
const INSIDE = { __extn: { fn: 'ip', arg: '10.1.2.3' } };
const ANN = { uid: 'User::"ann"', attrs: {}, parents: ['Team::"t"'] };

const ENGINES: Readonly<Record<string, () => Decisions>> = {
  compiled: () => compile(POLICIES, { warmUp: 0 }),
  'compiled, exact': () => compile(POLICIES, { warmUp: Number.POSITIVE_INFINITY }),
  'compiled with a schema': () => compile(POLICIES, { warmUp: 0, schema: schema!, validate: false }),
  interpreting: () => compile(POLICIES, { mode: 'interpret' }),
  'interpreting with a schema': () => compile(POLICIES, { mode: 'interpret', schema: schema!, validate: false }),
  module: () => engineIn('module', POLICIES),
  'module with a schema': () => engineIn('module', POLICIES, schema!),
};

/** Both answers, from a store and from a list, more often than a dispatcher needs to be made. */
function answers(engine: Decisions, request: typeof VIEW, context: object, store = new EntityStore()): unknown[] {
  const asked = { ...request, context };
  const seen = new Set<string>();
  for (let i = 0; i < 4; i++)
    for (const entities of [store, [...store]]) {
      const response = engine.isAuthorized(asked, entities);
      expect(engine.isAllowed(asked, entities)).toBe(response.decision === 'allow');
      seen.add(JSON.stringify([response.decision, response.determiningPolicies, response.errors]));
    }
  return [...seen];
}

describe.each(Object.entries(ENGINES))('%s', (_, make) => {
  test.each([
    ['primitives', VIEW, { tenant: 'acme' }],
    ['others', VIEW, { tenant: 'other' }],
    ['a set', VIEW, { tenant: 'other', tags: ['b', 'a'] }],
    ['an extension value', EDIT, { from: INSIDE }],
    [
      'an entity',
      EDIT,
      { from: { __extn: { fn: 'ip', arg: '192.168.0.1' } }, on: { __entity: { type: 'User', id: 'ann' } } },
    ],
  ] as const)('answers as for the context that was prepared: %s', (_, request, context) => {
    const engine = make();
    const store = EntityStore.from([ANN]);
    const expected = answers(make(), request, context, store);
    expect(expected).toHaveLength(1);
    expect(answers(engine, request, engine.prepareContext(context), store)).toEqual(expected);
  });

  test('two of them by turns, and plain ones between', () => {
    const engine = make();
    const store = new EntityStore();
    const [acme, other] = ['acme', 'other'].map((tenant) => engine.prepareContext({ tenant }));
    for (let i = 0; i < 5; i++) {
      expect(engine.isAllowed({ ...VIEW, context: acme! }, store)).toBe(true);
      expect(engine.isAllowed({ ...VIEW, context: { tenant: 'other' } }, store)).toBe(false);
      expect(engine.isAllowed({ ...VIEW, context: other! }, store)).toBe(false);
      expect(engine.isAllowed({ ...VIEW, context: { tenant: 'acme' } }, store)).toBe(true);
    }
  });

  test('later changes of what was given do not count, and getters are run once', () => {
    const engine = make();
    let runs = 0;
    const given = {
      get tenant() {
        runs++;
        return 'other';
      },
      tags: ['a'],
    };
    const context = engine.prepareContext(given);
    given.tags.pop();
    expect(answers(engine, VIEW, context)).toEqual([expect.stringContaining('"tags"')]);
    expect(runs).toBe(1);
  });

  test('an entity in it is as the store has it when a request is decided', () => {
    const engine = make();
    const store = new EntityStore();
    const context = engine.prepareContext({
      from: { __extn: { fn: 'ip', arg: '::1' } },
      on: { __entity: { type: 'User', id: 'ann' } },
    });
    expect(answers(engine, EDIT, context, store)[0]).toContain('"deny"');
    store.upsert(ANN);
    expect(answers(engine, EDIT, context, store)[0]).toContain('"allow"');
    store.upsert({ ...ANN, parents: [] });
    expect(answers(engine, EDIT, context, store)[0]).toContain('"deny"');
    store.upsert(ANN);
    store.remove('User::"ann"');
    expect(answers(engine, EDIT, context, store)[0]).toContain('"deny"');
  });

  test('what only looks like one is a context like any other', () => {
    const engine = make();
    const context = engine.prepareContext({ tenant: 'acme' });
    for (const like of [new Proxy(context, {}), Object.create(context), Object.create(Object.getPrototypeOf(context))])
      for (let i = 0; i < 3; i++)
        expect(() => engine.isAllowed({ ...VIEW, context: like }, new EntityStore())).toThrow(/`context`/);
  });
});

test('more of them than are remembered', () => {
  const engine = compile('permit(principal, action, resource) when { context.n == 300 };', { warmUp: 0 });
  const store = new EntityStore();
  const contexts = Array.from({ length: 600 }, (_, n) => engine.prepareContext({ n }));
  for (let round = 0; round < 3; round++) {
    const allowed = contexts.flatMap((context, n) => (engine.isAllowed({ ...VIEW, context }, store) ? [n] : []));
    expect(allowed).toEqual([300]);
  }
  const [one, other] = [contexts[44]!, contexts[300]!];
  for (const [context, expected] of [
    [one, false],
    [other, true],
    [one, false],
  ] as const)
    expect(engine.isAllowed({ ...VIEW, context }, store)).toBe(expected);
});

test('an error says the same as for the context itself', () => {
  const policies = '@id("p") permit(principal, action, resource) when { context.tenant == 1 || context.tenannt };';
  const [fast, exact] = [0, Number.POSITIVE_INFINITY].map((warmUp) => compile(policies, { warmUp }));
  const context = { tenant: 'acme', unread: { a: 1 } };
  const [expected] = answers(exact!, VIEW, context);
  expect(expected).toContain('tenannt');
  for (const engine of [fast!, exact!])
    expect(answers(engine, VIEW, engine.prepareContext(context))).toEqual([expected]);
});

test('it follows policies that read other attributes', () => {
  const engine = compile('@id("a") permit(principal, action, resource) when { context.a };', { warmUp: 0 });
  const context = engine.prepareContext({ a: false, b: true });
  expect(answers(engine, VIEW, context)[0]).toContain('"deny"');
  const { policies } = parsePolicies('permit(principal, action, resource) when { context.b };');
  engine.policies.add({ ...policies[0]!, id: 'b' });
  expect(answers(engine, VIEW, context)[0]).toContain('"b"');
  engine.policies.remove('b');
  expect(answers(engine, VIEW, context)[0]).toContain('"deny"');
});

test('a schema checks it for each action, and at once where the action is named', () => {
  const engine = compile(POLICIES, { schema: schema!, validate: false, warmUp: 0 });
  const store = new EntityStore();
  const context = engine.prepareContext({ from: '10.0.0.1' }, 'edit');
  for (let i = 0; i < 3; i++) {
    expect(engine.isAllowed({ ...EDIT, context }, store)).toBe(true);
    expect(() => engine.isAllowed({ ...VIEW, context }, store)).toThrow(/context\.from|tenant/);
  }
  expect(() => engine.prepareContext({ tenant: 'acme' }, 'edit')).toThrow(/from/);
  expect(() => engine.prepareContext({ from: 'nowhere' }, 'edit')).toThrow(/context\.from/);
  expect(() => engine.prepareContext({}, 'fly')).toThrow(/fly/);
});

test('queries take it', () => {
  const engine = compile(POLICIES, { schema: schema!, validate: false });
  const store = EntityStore.from([ANN, { uid: 'Doc::"d"', attrs: {}, parents: [] }], { schema: schema! });
  const context = engine.prepareContext({ tenant: 'acme' });
  const query = { principal: 'User::"ann"', action: 'view', context };
  expect([...engine.allowedResources({ ...query, resource: 'Doc' }, store)].map(String)).toEqual(['Doc::"d"']);
  expect(engine.specialize(query, store).isAllowed('Doc::"d"')).toBe(true);
  expect(engine.allowedActions({ principal: 'User::"ann"', resource: 'Doc::"d"', context }, store)).toEqual(['view']);
});

test.each([
  ['nothing', undefined, 'the context is missing'],
  ['null', null, '`context`'],
  ['a text', 'acme', '`context`'],
  ['a list', ['acme'], '`context`'],
  ['an escape', { __entity: { type: 'User', id: 'ann' } }, '`context`'],
  ['what is not a value', { a: { b: [1.5] } }, '`context.a.b[0]`'],
  ['a function that no policy reads', { unread: () => {} }, '`context.unread`'],
  ['a half character', { a: '\ud800' }, '`context.a`'],
] as const)('%s is refused', (_, given, message) => {
  expect(() => compile(POLICIES).prepareContext(given as never)).toThrow(message);
});

test('what holds itself is refused', () => {
  const given: Record<string, unknown> = {};
  given.a = [given];
  expect(() => compile(POLICIES).prepareContext(given)).toThrow('does it contain itself?');
});

test('an action without a schema is refused', () => {
  expect(() => compile(POLICIES).prepareContext({}, 'Action::"view"')).toThrow('the engine has none');
});

test('an entity in it, written with its escape, is that of each call', () => {
  const engine = compile('@id("a") permit(principal, action, resource) when { context.on.level > 1 };', { warmUp: 0 });
  const context = engine.prepareContext({ on: { __entity: { type: 'User', id: 'ann' } } });
  const user = (id: string, level: number) => ({ uid: { type: 'User', id }, attrs: { level }, parents: [] });
  for (let i = 0; i < 4; i++) {
    const lists = [
      [user('ann', 2)],
      [user('bob', 9), user('ann', 1)],
      [user('ann', 1), user('bob', 9)],
      [user('bob', 9)],
    ];
    const allowed = lists.map((list) => engine.isAllowed({ ...VIEW, context }, list));
    expect(allowed).toEqual([true, false, false, false]);
    const { errors } = engine.isAuthorized({ ...VIEW, context }, [user('bob', 9)]);
    expect(errors.map(({ message }) => message)).toEqual(['entity `User::"ann"` does not exist']);
  }
});
