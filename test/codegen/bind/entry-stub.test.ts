/**
 * Door — that the entities of the last request lead to its dispatcher, and others to what is found for them.
 */
import { expect, test } from 'vitest';
import { type EntryStubState, emitEntryStub } from '../../../codegen/bind/entry-stub.ts';
import type { Decider } from '../../../codegen/runtime/program/loaded.ts';

const decider = (name: string): Decider<string> => ({
  isAllowed: (request) => `${name} decides ${request}` as never,
  isAuthorized: (request) => `${name} answers ${request}` as never,
});

test('a entryStub leads to the dispatcher of the last entities, or to what is found for others', () => {
  const state: EntryStubState<string, string> = {
    entities: 'known',
    dispatcher: decider('dispatcher'),
    other: (name) => decider(name),
  };
  const entryStub = emitEntryStub(state);
  expect([entryStub.isAllowed('r', 'known'), entryStub.isAuthorized('r', 'known')]).toEqual([
    'dispatcher decides r',
    'dispatcher answers r',
  ]);
  expect([entryStub.isAllowed('r', 'new'), entryStub.isAuthorized('r', 'new')]).toEqual([
    'new decides r',
    'new answers r',
  ]);
  state.entities = 'new';
  state.dispatcher = decider('another dispatcher');
  expect([entryStub.isAllowed('r', 'new'), entryStub.isAuthorized('r', 'known')]).toEqual([
    'another dispatcher decides r',
    'known answers r',
  ]);
});

test('no two doors share a function', () => {
  const [one, other] = [0, 1].map(() => emitEntryStub({ entities: undefined, dispatcher: undefined, other: decider }));
  expect(one!.isAllowed).not.toBe(other!.isAllowed);
});
