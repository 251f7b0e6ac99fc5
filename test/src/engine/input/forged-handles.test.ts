/**
 * Forged handles — objects that look like the handle of a store, but that the store has not given out, are uids like any other, or are refused.
 */
import { describe, expect, test } from 'vitest';
import type { NodeOwner } from '../../../../codegen/runtime/store/entity-handle.ts';
import { compile, type Engine, EntityHandle, EntityStore } from '../../../../src/index.ts';

const POLICIES = 'permit(principal, action, resource); forbid(principal == User::"bob", action, resource);';
const ENTITIES = ['alice', 'bob', 'carol'].map((id) => ({ uid: { type: 'User', id }, attrs: {}, parents: [] }));

/** Each says that it is Bob. */
const FORGERIES: readonly (readonly [string, (alice: EntityHandle, store: EntityStore) => unknown])[] = [
  ['a new handle of the store', (_, store) => new EntityHandle('User', 'bob', store.handles)],
  ['a new handle of a graph', ({ graph }) => new EntityHandle('User', 'bob', graph as NodeOwner)],
  ['the members of a handle with another id', (alice) => ({ ...alice, id: 'bob' })],
  [
    'a handle with the members of another',
    (alice, store) => Object.assign(new EntityHandle('User', 'bob', store.handles), alice, { id: 'bob' }),
  ],
  ['what inherits from a handle', (alice) => Object.create(alice, { id: { value: 'bob', enumerable: true } })],
  [
    'what inherits from a handle all but its names',
    (alice) =>
      Object.create(alice, { type: { value: 'User', enumerable: true }, id: { value: 'bob', enumerable: true } }),
  ],
];

const QUESTIONS: readonly (readonly [string, (engine: Engine, request: object, store: EntityStore) => boolean])[] = [
  ['isAllowed', (engine, request, store) => engine.isAllowed(request as never, store)],
  ['isAuthorized', (engine, request, store) => engine.isAuthorized(request as never, store).decision === 'allow'],
];

describe.each(QUESTIONS)('%s', (_, ask) => {
  describe.each(FORGERIES)('%s', (_, forge) => {
    test.each([0, 100])('is not taken for the entity of another handle, after %s questions', (warmUp) => {
      const [engine, store] = [compile(POLICIES), EntityStore.from(ENTITIES)];
      const [alice, carol] = [store.handle('User::"alice"'), store.handle('User::"carol"')];
      const request = { principal: alice, action: 'Action::"view"', resource: carol };
      for (let i = 0; i <= warmUp; i++) expect(ask(engine, request, store)).toBe(true);
      for (const action of ['Action::"view"', store.handle('Action::"view"')])
        for (const context of [undefined, {}]) {
          const asked = { ...request, action, context, principal: forge(alice, store) };
          let allowed = false;
          try {
            allowed = ask(engine, asked, store);
          } catch (error) {
            expect(error).toHaveProperty('name', 'DataError');
          }
          expect(allowed).toBe(false);
          // It left nothing behind.
          expect(ask(engine, { ...asked, principal: alice }, store)).toBe(true);
          expect(ask(engine, { ...asked, principal: store.handle('User::"bob"') }, store)).toBe(false);
        }
    });
  });

  test('a handle of an entity that the store has swept is a uid like any other', () => {
    const [engine, store] = [compile(POLICIES), EntityStore.from(ENTITIES)];
    const bob = store.handle('User::"bob"');
    const other = EntityStore.from([]).handle('User::"bob"');
    store.remove(bob);
    for (const principal of [bob, other])
      expect(ask(engine, { principal, action: 'Action::"view"', resource: 'Doc::"d"' }, store)).toBe(false);
  });
});
