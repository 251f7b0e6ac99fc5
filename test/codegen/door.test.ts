/**
 * Door — that the entities of the last request lead to its front, and others to what is found for them.
 */
import { expect, test } from 'vitest';
import { type DoorState, openDoor } from '../../codegen/door.ts';
import type { Decider } from '../../codegen/runtime/loaded.ts';

const decider = (name: string): Decider<string> => ({
  isAllowed: (request) => `${name} decides ${request}` as never,
  isAuthorized: (request) => `${name} answers ${request}` as never,
});

test('a door leads to the front of the last entities, or to what is found for others', () => {
  const state: DoorState<string, string> = {
    entities: 'known',
    front: decider('front'),
    other: (name) => decider(name),
  };
  const door = openDoor(state);
  expect([door.isAllowed('r', 'known'), door.isAuthorized('r', 'known')]).toEqual([
    'front decides r',
    'front answers r',
  ]);
  expect([door.isAllowed('r', 'new'), door.isAuthorized('r', 'new')]).toEqual(['new decides r', 'new answers r']);
  state.entities = 'new';
  state.front = decider('another front');
  expect([door.isAllowed('r', 'new'), door.isAuthorized('r', 'known')]).toEqual([
    'another front decides r',
    'known answers r',
  ]);
});

test('no two doors share a function', () => {
  const [one, other] = [0, 1].map(() => openDoor({ entities: undefined, front: undefined, other: decider }));
  expect(one!.isAllowed).not.toBe(other!.isAllowed);
});
