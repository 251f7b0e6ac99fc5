/**
 * Door — the two functions by which an engine is asked, a copy for each engine.
 *
 * V8 keeps what it learns about a call with the text of the function, so engines that shared this one would each spoil the others' calls: the dispatcher
 * of a program is called at once where its call has met no other, and some five times slower where it has met many.
 */
import { load } from '../load/load.ts';
import type { Decider } from '../runtime/program/loaded.ts';

/** What an engine keeps for its door. */
export interface EntryStubState<Request, Entities> {
  /** The entities of the last request, which are most often those of the next. */
  entities: Entities | undefined;
  /** What decides requests about them. */
  dispatcher: Decider<Request> | undefined;
  /** Finds what decides requests about other entities. */
  readonly other: (entities: Entities) => Decider<Request>;
}

export interface EntryStub<Request, Entities> {
  isAllowed(request: Request, entities: Entities): boolean;
  isAuthorized(request: Request, entities: Entities): ReturnType<Decider<Request>['isAuthorized']>;
}

export function emitEntryStub<Request, Entities>(
  state: EntryStubState<Request, Entities>,
): EntryStub<Request, Entities> {
  const of = (name: string) =>
    `${name}: (request, entities) =>
      entities === state.entities ? state.dispatcher.${name}(request) : state.other(entities).${name}(request),`;
  const text = `return { ${of('isAllowed')} ${of('isAuthorized')} };`;
  return load<(of: EntryStubState<Request, Entities>) => EntryStub<Request, Entities>>(['state'], text)(state);
}
