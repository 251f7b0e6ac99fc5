/**
 * Layers — a store with the entities of a request on top is looked at as it stands: nothing is copied, and what the request brings comes first.
 */
import { describe, expect, test } from 'vitest';
import { ConformanceError, compile, EntitiesError, EntityStore, parseSchema } from '../../../src/index.ts';
import { engineIn, MODES } from './modes.ts';

const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Doc::"draft"' };
const team = (id: string, ...parents: string[]) => ({ uid: `Team::"${id}"`, attrs: {}, parents });
const alice = (...parents: string[]) => ({ uid: 'User::"alice"', attrs: {}, parents });
const doc = (attrs: object) => ({ uid: 'Doc::"draft"', attrs, parents: [] });

describe.each(MODES)('a store with entities on top, in mode %s', (mode) => {
  test('leads from what the request brings to what the store has, and back', () => {
    const engine = engineIn(
      mode,
      `permit (principal in Team::"all", action, resource) when { resource.owner == principal && Team::"own".open };
       forbid (principal, action, resource) when { resource in Folder::"locked" };`,
    );
    const store = EntityStore.from([
      team('eng', 'Team::"all"'),
      { uid: 'Folder::"specs"', attrs: {}, parents: ['Folder::"top"'] },
    ]);
    const own = [
      alice('Team::"eng"'),
      doc({ owner: { __entity: { type: 'User', id: 'alice' } } }),
      { uid: 'Team::"own"', attrs: { open: true }, parents: [] },
    ];
    expect(engine.isAllowed(request, store.with(own))).toBe(true);
    expect(engine.isAuthorized(request, store.with(own)).determiningPolicies).toEqual(['policy0']);
    expect(engine.isAllowed(request, store.with(own.slice(0, 2)))).toBe(false);
    const top = { uid: 'Folder::"top"', attrs: {}, parents: ['Folder::"locked"'] };
    const draft = { ...own[1]!, parents: ['Folder::"specs"'] };
    expect(engine.isAuthorized(request, store.with([own[0]!, draft, own[2]!, top])).determiningPolicies).toEqual([
      'policy1',
    ]);
    expect(engine.isAllowed(request, store)).toBe(false);
    expect(store.size).toBe(2);
  });

  test('shows the store as it is when it is asked', () => {
    const engine = engineIn(mode, 'permit (principal in Team::"all", action, resource);');
    const store = EntityStore.from([team('eng', 'Team::"all"')]);
    for (let i = 0; i < 3; i++) {
      expect(engine.isAllowed(request, store.with([alice('Team::"eng"')]))).toBe(true);
      store.remove('Team::"eng"');
      expect(engine.isAllowed(request, store.with([alice('Team::"eng"')]))).toBe(false);
      store.upsert(team('eng', 'Team::"all"'));
    }
  });
});

test('nothing is copied for a question, and listing or changing takes a copy of its own', () => {
  const engine = compile('permit (principal in Team::"all", action, resource);');
  const store = EntityStore.from([team('eng', 'Team::"all"')]);
  const both = store.with([alice('Team::"eng"')]);
  expect(engine.isAllowed(request, both)).toBe(true);
  expect(both.layers).toBeDefined();
  expect([...both].map(({ uid }) => `${uid}`)).toEqual(['Team::"eng"', 'User::"alice"']);
  expect(both.layers).toBeUndefined();
  both.upsert(alice());
  expect(engine.isAllowed(request, both)).toBe(false);
  expect([store.size, both.size, both.with([doc({})]).size]).toEqual([1, 2, 3]);
});

test('the two together have no cycle', () => {
  const store = EntityStore.from([team('a', 'Team::"b"')]);
  expect(() => store.with([team('b', 'Team::"a"')])).toThrow(EntitiesError);
  expect(() => store.with([team('b', 'Team::"c"'), team('c', 'Team::"a"')])).toThrow(EntitiesError);
  expect(store.with([team('b', 'Team::"c"')]).size).toBe(2);
});

describe('with a schema', () => {
  const schema = parseSchema(`entity Team; entity User in [Team]; entity Doc { n: Long };
    action view appliesTo { principal: User, resource: Doc };`).schema!;
  const policies = 'permit (principal in Team::"all", action == Action::"view", resource) when { resource.n > 3 };';

  test('what the request brings fits it', () => {
    const engine = compile(policies, { schema });
    const store = EntityStore.from([team('all')], { schema });
    expect(engine.isAllowed(request, store.with([alice('Team::"all"'), doc({ n: 4 })]))).toBe(true);
    expect(() => store.with([doc({ n: 'four' })])).toThrow(ConformanceError);
    expect(() => store.with([doc({})])).toThrow(ConformanceError);
  });

  test('a store that was not read by it is not taken for one that was', () => {
    const engine = compile(policies, { schema });
    const both = EntityStore.from([team('all')]).with([alice('Team::"all"'), doc({ n: 'four' })]);
    expect(engine.isAuthorized(request, both)).toMatchObject({ decision: 'deny', errors: [{ kind: 'typeError' }] });
  });
});
