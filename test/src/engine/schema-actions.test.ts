/**
 * Schema actions — an engine with a schema knows the schema's action groups, whichever store it is asked about.
 */
import { describe, expect, test } from 'vitest';
import { EntityStore } from '../../../src/index.ts';
import { engineIn, MODES } from './modes.ts';

const SCHEMA = `
  entity User; entity Doc;
  action all;
  action writes in all;
  action edit in writes appliesTo { principal: User, resource: Doc };
  action view appliesTo { principal: User, resource: Doc };
`;
const POLICIES = 'permit (principal, action, resource); forbid (principal, action in Action::"all", resource);';
const request = (action: string) => ({ principal: 'User::"a"', action: `Action::"${action}"`, resource: 'Doc::"d"' });

const edit = { uid: { type: 'Action', id: 'edit' }, attrs: {}, parents: [] };
const view = { uid: { type: 'Action', id: 'view' }, attrs: {}, parents: [{ type: 'Action', id: 'all' }] };

describe.each(MODES)('%s', (mode) => {
  test.each([
    ['without the actions', []],
    ['with an action that has no parents there', [edit]],
    ['with an action that has other parents there', [view]],
  ])('a forbid of an action group holds for a store %s', (_, entities) => {
    const engine = engineIn(mode, POLICIES, SCHEMA);
    const store = EntityStore.from(entities);
    expect([engine.isAllowed(request('edit'), store), engine.isAllowed(request('view'), store)]).toEqual([false, true]);
    expect(engine.isAuthorized(request('edit'), store)).toMatchObject({
      decision: 'deny',
      determiningPolicies: ['policy1'],
    });
  });

  test('and goes on to hold while the store changes', () => {
    const engine = engineIn(mode, POLICIES, SCHEMA);
    const store = EntityStore.from([]);
    const answers = () => [engine.isAllowed(request('edit'), store), engine.isAllowed(request('view'), store)];
    expect(answers()).toEqual([false, true]);
    store.upsert(edit);
    store.upsert(view);
    expect(answers()).toEqual([false, true]);
    store.upsert({ uid: { type: 'Action', id: 'writes' }, attrs: {}, parents: [] });
    expect(answers()).toEqual([false, true]);
    store.remove('Action::"edit"');
    store.remove('Action::"writes"');
    expect(answers()).toEqual([false, true]);
  });

  test('an entity below an action is below what the schema has above it', () => {
    const policies = 'permit (principal, action, resource) when { principal in Action::"all" };';
    const store = EntityStore.from([{ uid: { type: 'User', id: 'a' }, attrs: {}, parents: [edit.uid] }]);
    expect(engineIn(mode, policies, SCHEMA).isAllowed(request('view'), store)).toBe(true);
    expect(engineIn(mode, policies).isAllowed(request('view'), store)).toBe(false);
  });

  test('engines with a schema and without share a store and do not disturb each other', () => {
    const store = EntityStore.from([view]);
    const [without, having] = [engineIn(mode, POLICIES), engineIn(mode, POLICIES, SCHEMA)];
    for (let turn = 0; turn < 3; turn++) {
      expect([without, having].map((engine) => engine.isAllowed(request('edit'), store))).toEqual([true, false]);
      expect([without, having].map((engine) => engine.isAllowed(request('view'), store))).toEqual([false, true]);
      store.upsert({ ...view, attrs: { turn } });
    }
  });
});
