/**
 * Module engine — modules compiled ahead of time decide by the same slices of their policies as `compile` does; test/drt compares their answers.
 */
import { describe, expect, test } from 'vitest';
import { EntityStore } from '../../../src/index.ts';
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
