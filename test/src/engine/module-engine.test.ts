/**
 * Module engine — modules compiled ahead of time decide by the same slices of their policies as `compile` does; test/drt compares their answers.
 */
import { describe, expect, test } from 'vitest';
import { EntityStore, parseSchema, SchemaRequired } from '../../../src/index.ts';
import { engineIn } from './modes.ts';

const [ALICE, DOC] = ['User::"alice"', 'Doc::"plan"'];
const below = (id: string, ...parents: string[]) => ({
  uid: { type: 'Action', id },
  attrs: {},
  parents: parents.map((each) => ({ type: 'Action', id: each })),
});

describe('a module', () => {
  const policies = `
    @id("readers") permit (principal, action in Action::"read", resource);
    @id("writers") permit (principal, action in Action::"write", resource);
    @id("not-print") forbid (principal, action == Action::"print", resource);
  `;
  const determining = (engine: ReturnType<typeof engineIn>, action: string, store: EntityStore) =>
    engine.isAuthorized({ principal: ALICE, action, resource: DOC }, store).determiningPolicies;

  test('decides about actions by what they are below, in whatever combination', () => {
    const engine = engineIn('module', policies);
    const store = EntityStore.from([below('view', 'read'), below('edit', 'read', 'write'), below('print', 'read')]);
    for (const _ of [1, 2]) {
      expect(determining(engine, 'Action::"view"', store)).toEqual(['readers']);
      expect(determining(engine, 'Action::"edit"', store)).toEqual(['readers', 'writers']);
      expect(determining(engine, 'Action::"print"', store)).toEqual(['not-print']);
      expect(determining(engine, 'Action::"read"', store)).toEqual(['readers']);
      expect(determining(engine, 'Action::"other"', store)).toEqual([]);
    }
  });

  test('follows the hierarchy of actions when it changes', () => {
    const engine = engineIn('module', policies);
    const store = EntityStore.from([below('view', 'read')]);
    expect(determining(engine, 'Action::"view"', store)).toEqual(['readers']);
    store.upsert(below('view', 'write'));
    expect(determining(engine, 'Action::"view"', store)).toEqual(['writers']);
    store.remove('Action::"view"');
    expect(determining(engine, 'Action::"view"', store)).toEqual([]);
  });

  test('holds the requests of each action against what the schema says of it, though several meet the same policies', () => {
    const engine = engineIn(
      'module',
      'permit (principal, action, resource);',
      `entity User, Robot, Doc;
       action view appliesTo { principal: [User, Robot], resource: Doc };
       action sign appliesTo { principal: User, resource: Doc };`,
    );
    const store = new EntityStore();
    const ask = (action: string, principal: string) => engine.isAllowed({ principal, action, resource: DOC }, store);
    for (const _ of [1, 2, 3]) {
      expect(ask('Action::"view"', 'Robot::"r"')).toBe(true);
      expect(ask('Action::"sign"', ALICE)).toBe(true);
      expect(() => ask('Action::"sign"', 'Robot::"r"')).toThrow('principal type `Robot` is not valid');
    }
  });
});

describe('questions besides one request', () => {
  const schema = parseSchema(`
    entity Team; entity User in [Team] { level: Long }; entity Doc { owner: User, public: Bool };
    action view, edit appliesTo { principal: User, resource: Doc, context: { mfa: Bool } };
    action list appliesTo { principal: User, resource: Doc };
  `).schema!;
  const policies = `
    @id("public") permit (principal, action == Action::"view", resource) when { resource.public };
    @id("owner") permit (principal, action, resource) when { resource.owner == principal };
    @id("low") forbid (principal, action == Action::"edit", resource) unless { principal.level + 1 > 3 && context.mfa };
  `;
  const doc = (id: string, owner: string, isPublic: boolean) => ({
    uid: `Doc::"${id}"`,
    attrs: { owner: { type: 'User', id: owner }, public: isPublic },
    parents: [],
  });
  const store = EntityStore.from(
    [
      { uid: 'User::"alice"', attrs: { level: 1 }, parents: [] },
      { uid: 'User::"bob"', attrs: { level: 7 }, parents: [] },
      doc('plan', 'alice', false),
      doc('news', 'bob', true),
      doc('note', 'nobody', false),
    ],
    { schema },
  );
  const [compiled, module] = (['compile', 'module'] as const).map((mode) => engineIn(mode, policies, schema));
  const users = ['User::"alice"', 'User::"bob"', 'User::"nobody"'];
  const context = { mfa: true };

  test('have the answers of `compile`', () => {
    for (const principal of users) {
      for (const action of ['view', 'edit']) {
        const query = { principal, action, resource: 'Doc', context };
        const [expected, actual] = [compiled!, module!].map((engine) =>
          [...engine.allowedResources(query, store, { reasons: true })].map(({ uid, response }) => [
            `${uid}`,
            response,
          ]),
        );
        expect(actual).toEqual(expected);
        const [was, is] = [compiled!, module!].map((engine) =>
          engine.specialize({ principal, action, context }, store),
        );
        for (const row of ['Doc::"plan"', { type: 'Doc', id: 'news' }, store.handle('Doc::"note"'), 'Doc::"none"']) {
          expect(is!.isAllowed(row)).toBe(was!.isAllowed(row));
          expect(is!.isAuthorized(row)).toEqual(was!.isAuthorized(row));
        }
      }
      for (const resource of ['Doc::"plan"', 'Doc::"news"', 'Doc::"note"'])
        expect(module!.allowedActions({ principal, resource, context }, store)).toEqual(
          compiled!.allowedActions({ principal, resource, context }, store),
        );
    }
    const query = { principal: 'User', action: 'view', resource: 'Doc::"plan"', context };
    expect([...module!.allowedPrincipals(query, store)].map(String)).toEqual(['User::"alice"']);
  });

  test('of candidates that arrive one by one', async () => {
    async function* cursor() {
      yield 'Doc::"news"';
      yield 'Doc::"plan"';
    }
    const found: string[] = [];
    const query = { principal: 'User::"alice"', action: 'view', resource: 'Doc', context };
    for await (const uid of module!.allowedResources(query, store, { among: cursor() })) found.push(`${uid}`);
    expect(found).toEqual(['Doc::"news"', 'Doc::"plan"']);
  });

  test('about an unknown context are refused, for they would have to be evaluated in part', () => {
    expect(() => module!.allowedActions({ principal: users[0]!, resource: 'Doc::"plan"' }, store)).toThrow(
      'the context of `Action::"view"` is unknown, and a module decides about known contexts only',
    );
  });

  test('need a schema where types alone tell', () => {
    const engine = engineIn('module', policies);
    expect(() => engine.allowedActions({ principal: users[0]!, resource: 'Doc::"plan"' }, store)).toThrow(
      SchemaRequired,
    );
  });
});
