/**
 * Known arguments — what comes again is known by its content: nothing that a caller changes in place, or makes differently, is answered from before.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import {
  isAuthorized,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
} from '../../../src/cedar-wasm/index.ts';

const [USER, DOC] = [
  { type: 'User', id: 'alice' },
  { type: 'Doc', id: 'plan' },
];
const POLICIES = `
  permit (principal, action, resource) when { resource.public };
  permit (principal, action, resource) when { principal in resource.team && context.hour > 7 };
`;
const SCHEMA = `entity Team in [Team]; entity User in [Team]; entity Doc { public: Bool, team?: Team };
  action view appliesTo { principal: User, resource: Doc, context: { hour: Long } };`;

interface Json {
  [name: string]: unknown;
}

function entities(size: number): Json[] {
  const other = Array.from({ length: size - 2 }, (_, i) => ({
    uid: { type: 'Doc', id: `other${i}` },
    attrs: { public: false },
    parents: [],
  }));
  return [
    { uid: { ...USER }, attrs: {}, parents: [{ type: 'Team', id: 'eng' }] },
    { uid: { ...DOC }, attrs: { public: false, team: { __entity: { type: 'Team', id: 'eng' } } }, parents: [] },
    ...other,
  ];
}

const teamOf = (list: Json[]) => (list[1]!.attrs as { team: { __entity: Json } }).team;

const request = { principal: USER, action: { type: 'Action', id: 'view' }, resource: DOC, context: { hour: 9 } };

beforeEach(() => {
  expect(preparsePolicySet('set', { staticPolicies: POLICIES }).type).toBe('success');
  expect(preparseSchema('schema', SCHEMA).type).toBe('success');
});

type Answer = { type: string; response: { decision: string }; errors: { message: string }[] };
type Ask = (given: unknown, more?: object) => Answer;

const stateful: Ask = (given, more) =>
  statefulIsAuthorized({ ...request, preparsedPolicySetId: 'set', entities: given, ...more } as never) as never;
const typed: Ask = (given, more) => stateful(given, { preparsedSchemaName: 'schema', validateRequest: true, ...more });
const stateless: Ask = (given, more) =>
  isAuthorized({ ...request, policies: { staticPolicies: POLICIES }, entities: given, ...more } as never) as never;

describe.each<[string, Ask]>([
  ['statefulIsAuthorized', stateful],
  ['statefulIsAuthorized with a schema', typed],
  ['isAuthorized', stateless],
])('%s', (_, ask) => {
  const decisionOf = (given: unknown, more?: object) => ask(given, more).response.decision;

  describe.each([2, 40])('of %i entities', (size) => {
    test('sees what is changed in place, in both directions', () => {
      const list = entities(size);
      const [user, doc] = list as [Json, Json];
      for (let round = 0; round < 4; round++) {
        for (let i = 0; i < 6; i++) expect(decisionOf(list)).toBe('allow');
        user.parents = [];
        expect(decisionOf(list)).toBe('deny');
        (doc.attrs as Json).public = true;
        for (let i = 0; i < 3; i++) expect(decisionOf(list)).toBe('allow');
        (doc.attrs as Json).public = false;
        expect(decisionOf(list)).toBe('deny');
        (user.parents as unknown[]).push({ type: 'Team', id: 'eng' });
      }
    });

    test('is decided about its own entities, whatever a getter asks about others', () => {
      const [list, other] = [entities(size), entities(size)] as [Json[], Json[]];
      (other[1]!.attrs as Json).public = true;
      const sneaky = {
        get hour() {
          decisionOf(other);
          return 3;
        },
      };
      for (let i = 0; i < 12; i++) {
        expect(decisionOf(list, { context: sneaky })).toBe('deny');
        if (i % 3 === 0) expect(decisionOf(list)).toBe('allow');
        expect(decisionOf(other, { context: { hour: 3 } })).toBe('allow');
      }
    });

    test('tells a cycle that comes with a change, and one among what had changed before', () => {
      const list = entities(size);
      const [user, doc] = list as [Json, Json];
      list.push(
        { uid: { type: 'Team', id: 'eng' }, attrs: {}, parents: [] },
        { uid: { type: 'Team', id: 'all' }, attrs: {}, parents: [] },
      );
      const [eng, all] = list.slice(-2) as [Json, Json];
      for (let round = 0; round < 3; round++) {
        for (let i = 0; i < 12; i++) ask(list);
        eng.parents = [{ type: 'Team', id: 'all' }];
        const once = ask(list);
        all.parents = [{ type: 'Team', id: 'eng' }];
        expect(ask(list)).toMatchObject({ type: 'failure' });
        expect(ask(list)).toEqual(ask(JSON.parse(JSON.stringify(list))));
        all.parents = [];
        expect(ask(list)).toEqual(once);
        eng.parents = [];
        expect(decisionOf(list)).toBe('allow');
      }
      expect(user.parents).toHaveLength(1);
      expect(doc.parents).toHaveLength(0);
    });

    test('forgets an entity whose place another one takes', () => {
      const list = entities(size);
      const doc = list[1] as Json;
      (doc.attrs as Json).public = true;
      for (let i = 0; i < 8; i++) expect(decisionOf(list)).toBe('allow');
      doc.uid = { type: 'Doc', id: 'renamed' };
      for (let i = 0; i < 3; i++) expect(decisionOf(list)).toBe('deny');
      expect(decisionOf(list, { resource: { type: 'Doc', id: 'renamed' } })).toBe('allow');
    });

    test('says what is wrong with what has changed, and is right again when it is mended', () => {
      const list = entities(size);
      const user = list[0] as Json;
      for (let i = 0; i < 8; i++) ask(list);
      const { parents } = user;
      user.parents = 'Team';
      expect(ask(list)).toMatchObject({ type: 'failure' });
      user.parents = [{ type: 'User', id: 'bob' }];
      list.push({ uid: { type: 'User', id: 'bob' }, attrs: {}, parents: [USER] });
      expect(ask(list).errors[0]!.message).toMatch(/cycle|not allowed to have an ancestor/);
      list.pop();
      user.parents = parents;
      expect(decisionOf(list)).toBe('allow');
      list.push({ uid: USER, attrs: {}, parents: [] });
      expect(ask(list).errors[0]!.message).toContain('duplicate entity entry `User::"alice"`');
    });
  });

  test.each<[string, (list: Json[]) => void]>([
    ['a member that is not enumerable', (list) => Object.defineProperty(list[0], 'toJSON', { value: () => 1 })],
    ['a uid with a hidden `toJSON`', (list) => Object.defineProperty(list[0]!.uid, 'toJSON', { value: () => 1 })],
    ['a uid with one more member', (list) => Object.assign(list[0]!.uid as Json, { more: 1 })],
    ['a uid without an id', (list) => Object.assign(list[0]!, { uid: { type: 'User' } })],
    ['a uid with a hidden id', (list) => Object.defineProperty(list[0]!.uid, 'id', { enumerable: false })],
    ['a uid in another order', (list) => Object.assign(list[0]!, { uid: { id: 'bob', type: 'User' } })],
    ['a uid that inherits', (list) => Object.assign(list[0]!, { uid: Object.create(list[0]!.uid as Json) })],
    ['a list that has the members of a uid', (list) => Object.assign(list[0]!, { uid: Object.assign([], USER) })],
    ['a reference to another', (list) => Object.assign(teamOf(list).__entity, { id: 'other' })],
    ['a reference with one more member', (list) => Object.assign(teamOf(list), { more: 1 })],
    ['a reference with a hidden `toJSON`', (list) => Object.defineProperty(teamOf(list), 'toJSON', { value: () => 1 })],
    ['a reference to text', (list) => Object.assign(teamOf(list), { __entity: 'Team::"eng"' })],
    ['an inherited member', (list) => Object.setPrototypeOf(list[0]!, { uid: 1 })],
    ['a list that is written as something else', (list) => Object.assign(list, { toJSON: () => 1 })],
    ['a member named `__proto__`', (list) => list.push(JSON.parse('{ "__proto__": { "uid": 1 } }'))],
  ])('is not misled by %s', (_, change) => {
    const list = entities(2);
    for (let i = 0; i < 8; i++) ask(list);
    change(list);
    const asJson = JSON.parse(JSON.stringify(list));
    expect(ask(list)).toEqual(ask(asJson));
  });

  test.each([
    ['inherited', () => Object.assign(Object.create({ id: 'alice' }), { type: 'User' })],
    ['hidden', () => Object.defineProperty({ type: 'User' }, 'id', { value: 'alice' })],
  ])('takes no id that is %s', (_, principal) => {
    const list = entities(2);
    for (let i = 0; i < 8; i++) ask(list);
    const given = principal();
    const asJson = { principal: JSON.parse(JSON.stringify(given)) };
    expect(ask(list, { principal: given })).toEqual(ask(list, asJson));
    expect(ask(list, asJson)).toMatchObject({ type: 'failure' });
  });

  test('reads a getter each time', () => {
    const list = entities(2);
    let isPublic = false;
    (list[0] as Json).parents = [];
    Object.defineProperty(list[1]!.attrs, 'public', { get: () => isPublic, enumerable: true });
    for (let i = 0; i < 12; i++) {
      isPublic = i % 3 === 0;
      expect(decisionOf(list)).toBe(isPublic ? 'allow' : 'deny');
    }
  });

  test('gives answers that the caller may change', () => {
    const list = entities(2);
    for (let i = 0; i < 8; i++) {
      const { response } = ask(list) as unknown as { response: { diagnostics: { reason: string[] } } };
      expect(response.diagnostics.reason).toEqual(['policy1']);
      response.diagnostics.reason.push('mine');
    }
  });
});

describe('a prepared set', () => {
  test('that another one takes the place of is not asked any more', () => {
    const list = entities(2);
    for (let i = 0; i < 8; i++) expect(stateful(list).response.decision).toBe('allow');
    preparsePolicySet('set', { staticPolicies: 'forbid (principal, action, resource);' });
    for (let i = 0; i < 8; i++) expect(stateful(list).response.decision).toBe('deny');
  });

  test('that asks for unknowns is left to the model', () => {
    preparsePolicySet('set', { staticPolicies: 'permit (principal, action, resource) when { unknown("x") };' });
    const answers = Array.from({ length: 8 }, () => stateful(entities(2)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('refuses requests that do not fit the schema, however often it was asked', () => {
    const list = entities(2);
    for (let i = 0; i < 8; i++) {
      expect(typed(list).response.decision).toBe('allow');
      expect(typed(list, { context: { hour: 'nine' } }).errors[0]!.message).toContain('hour');
      expect(typed(list, { context: {} }).type).toBe('failure');
      expect(typed(list, { principal: { type: 'Robot', id: 'r' } }).errors[0]!.message).toContain('`Robot`');
      expect(typed(list, { principal: { type: 'Robot', id: 'r' }, validateRequest: false }).type).toBe('success');
    }
  });
});

describe('a policy set in a call', () => {
  test('is read again when it is changed in place', () => {
    const policies: Json = { staticPolicies: { a: 'permit (principal, action, resource);' } };
    const ask = () => (stateless([], { policies }) as Answer).response.decision;
    for (let i = 0; i < 4; i++) expect(ask()).toBe('allow');
    (policies.staticPolicies as Json).b = 'forbid (principal, action, resource);';
    for (let i = 0; i < 4; i++) expect(ask()).toBe('deny');
    delete (policies.staticPolicies as Json).b;
    expect(ask()).toBe('allow');
  });
});
