/**
 * Bound programs — the programs of one engine, by the store that they are bound to, and one for the entities that come with requests.
 *
 * Technique: an index of the stores that were asked about last, and before it an inline cache of one entry.
 *
 * INVARIANT: the inline cache names a store only while the program behind it may answer. Every change of what programs were made of begins with
 * `forget`, by which the next request comes here; and here a program is looked up only after all that was interrupted is thrown away.
 *
 * INVARIANT: a request is read, and decided, by the policies of one moment. They say what is read, so what was interrupted is derived again before;
 * reading may run code of the asker, so after a change in between all of it is done once more.
 *
 * Memory: a store keeps the graphs that follow it. They are released when nobody has the engine any more, so they lead neither to it nor to the policy
 * set, whose listeners may lead to it.
 *
 * Long because every way of asking ends here, and all of them heed the same changes.
 */

import type { CallEntities, CallReader, Dispatcher, Node, RequestGraph } from '../../codegen/index.ts';
import { EntitySource } from '../value/entity-source.ts';
import { forgetReleased, releaseWhenCollected } from '../value/finalizer.ts';
import type { Response } from '../value/response.ts';
import { requireEntities } from './entities-input.ts';
import { EntityStore } from './entity-store.ts';
import { type FastPath, type InlineCache, NO_FAST_PATH } from './inline-cache.ts';
import type { RequestInput } from './input/request-input.ts';
import type { ReadRequest, RequestNodes, RequestReader, RequestTarget } from './input/request-reader.ts';
import { SourcesOnTop, StoreCallEntities } from './layered-entities.ts';
import { ofOneMoment } from './one-moment.ts';
import { releasedError } from './released-error.ts';

/** How many stores an engine is bound to at a time; the one that was not asked about the longest gives way. */
const STORES = 8;
/** A request that is decided the slow way costs some five others. */
const SAMPLED_EVERY = 64;

/** The fast path of requests that bring their entities. */
type CallPath = Pick<Dispatcher<RequestInput>, 'isAllowedInCall' | 'isAuthorizedInCall'>;
type CallFunction<T> = (request: RequestInput, reader: CallReader, list: readonly unknown[]) => T | undefined;

/** What decides requests about one store, or about the entities of each request. */
export interface Bound extends RequestTarget {
  /** The fast path; it gives `undefined` for what it leaves to the others. */
  readonly dispatcher: (FastPath & CallPath) | undefined;
  /** What that takes lists of entities with. */
  readonly callReader: CallReader | undefined;
  isAllowed(principal: Node, action: Node, resource: Node, context: Node): boolean;
  isAuthorized(principal: Node, action: Node, resource: Node, context: Node): Response;
  /** A request for this action was decided elsewhere: the fast path may take the next. */
  met(action: Node): void;
  /** Stops following the store. */
  release(): void;
}

export abstract class BoundPrograms<P extends Bound> {
  readonly cache: InlineCache = { entities: undefined, ...NO_FAST_PATH };
  readonly #reader: RequestReader;
  readonly #byStore = new Map<EntityStore, P>();
  /** For entities that come with requests; none while it is in use, so that a request from within a request gets another. */
  #ofCalls: P | undefined = undefined;
  /** Changes when programs must not be used any more that are in use now. */
  #version = 0;
  #isStale = false;
  /** How many requests with own objects were left by fast paths since a program was bound. */
  #left = 0;
  #isReleased = false;

  constructor(reader: RequestReader) {
    this.#reader = reader;
  }

  /** A program for this store; for the entities of requests, if there is none. Nothing that is given to it leads to the engine or the policy set. */
  protected abstract bind(store: EntityStore | undefined): P;
  /** The entities of one request. */
  protected abstract callEntitiesOf(entities: readonly object[]): CallEntities;
  /** Whether programs for the entities of requests may read this store: with a schema they rely on it. */
  protected mayRead(_: EntityStore): boolean {
    return true;
  }
  /** The entities of such a store, as far as requests lead. */
  protected entitiesOf(store: EntityStore): CallEntities {
    return store.layers ?? new StoreCallEntities(store.handles);
  }
  /** Throws `UsageError` for an own object that is read by another schema than the engine's. */
  protected requireReadable(_: EntitySource): void {}
  /** Derives again what programs are made of. */
  protected abstract derive(): void;

  /** The slow path of `isAllowed`: any request about any entities. */
  isAllowed(request: RequestInput, entities: unknown): boolean {
    return this.#answer(request, entities, this.#ofCalls?.dispatcher?.isAllowedInCall, decide);
  }

  /** The slow path of `isAuthorized`. */
  isAuthorized(request: RequestInput, entities: unknown): Response {
    return this.#answer(request, entities, this.#ofCalls?.dispatcher?.isAuthorizedInCall, authorize);
  }

  #answer<T>(
    request: RequestInput,
    entities: unknown,
    inCall: CallFunction<T> | undefined,
    answer: (program: P, nodes: RequestNodes) => T,
  ): T {
    if (!(entities instanceof EntityStore))
      return this.#inCall(inCall, request, entities) ?? this.#ofCall(request, () => this.#listed(entities), answer);
    const mayRead = this.mayRead(entities);
    if (mayRead && entities.layers !== undefined) {
      const layers = this.entitiesOf(entities);
      return this.#inCall(inCall, request, [], layers) ?? this.#ofCall(request, () => layers, answer);
    }
    if (mayRead && namesSources(request) && !this.#isSample(entities)) {
      const decided = this.#inCall(inCall, request, [], this.entitiesOf(entities));
      if (decided !== undefined) return decided;
    }
    const read = this.#read(request);
    if (bringsSources(read)) return this.#ofSources(request, entities, read, answer);
    const program = this.programOf(entities);
    return answer(program, this.#reader.nodes(read, program));
  }

  /** Whether a program may still answer for the store: it follows it, and what it was made of has not changed. */
  protected isCurrent(store: EntityStore, program: P): boolean {
    return !this.#isStale && this.#byStore.get(store) === program && !program.graph.broken;
  }

  /** From here on nothing is answered but by what is looked up, or made, after `derive`, or after `resume`. Cannot fail. */
  protected suspend(): void {
    this.forget();
    this.#version++;
    this.#isStale = true;
  }

  /** All programs have followed the change that `suspend` began. */
  protected resume(): void {
    this.#isStale = false;
  }

  protected get isStale(): boolean {
    return this.#isStale;
  }

  /** The programs that are not in use. */
  protected get programs(): readonly P[] {
    return this.#ofCalls === undefined ? [...this.#byStore.values()] : [...this.#byStore.values(), this.#ofCalls];
  }

  /** Gives up the programs for which this holds. They are bound again when they are next needed. */
  protected dropWhere(condition: (program: P) => boolean): void {
    this.forget();
    for (const [store, program] of this.#byStore) if (condition(program)) this.#drop(store, program);
    const ofCalls = this.#ofCalls;
    if (ofCalls === undefined || !condition(ofCalls)) return;
    this.#ofCalls = undefined;
    ofCalls.release();
  }

  release(): void {
    this.suspend();
    this.#isReleased = true;
    this.dropWhere(() => true);
  }

  /** INVARIANT: the only place where the inline cache is emptied, besides a graph that breaks. */
  protected forget(): void {
    this.cache.entities = undefined;
    this.cache.isAllowed = NO_FAST_PATH.isAllowed;
    this.cache.isAuthorized = NO_FAST_PATH.isAuthorized;
  }

  #drop(store: EntityStore, program: P): void {
    this.#byStore.delete(store);
    release(program);
  }

  /** The program of a store, bound if it is not yet. */
  protected programOf(store: EntityStore): P {
    this.#requireCurrent();
    let program = this.#byStore.get(store);
    this.#byStore.delete(store);
    if (program === undefined || program.graph.broken) {
      if (program !== undefined) release(program);
      this.#makeRoom();
      program = this.bind(store);
      this.#left = 0;
      releaseWhenCollected(this, program.graph);
    }
    this.#byStore.set(store, program);
    this.#remember(store, program.dispatcher);
    return program;
  }

  /** V8 inlines a call as long as it has met one function: one that decides nothing is never called. */
  #remember(store: EntityStore, dispatcher: FastPath | undefined): void {
    if (dispatcher === undefined) return;
    this.cache.isAllowed = dispatcher.isAllowed;
    this.cache.isAuthorized = dispatcher.isAuthorized;
    this.cache.entities = store;
  }

  #makeRoom(): void {
    for (const [store, program] of this.#byStore) {
      if (this.#byStore.size < STORES) return;
      this.forget();
      this.#drop(store, program);
    }
  }

  #read(request: RequestInput): ReadRequest {
    return ofOneMoment(this.#current, () => this.#reader.read(request));
  }

  #listed(entities: unknown): CallEntities {
    requireEntities(entities);
    return this.callEntitiesOf(entities as readonly object[]);
  }

  #ofCall<T>(request: RequestInput, entities: () => CallEntities, answer: (program: P, nodes: RequestNodes) => T): T {
    return ofOneMoment(this.#current, () => this.#answerOfCall(request, entities(), answer));
  }

  /**
   * The fast path of requests that bring their entities. `undefined` for what it leaves to others, and where code of the asker that ran meanwhile has changed what
   * the program was made of.
   */
  #inCall<T>(
    ask: CallFunction<T> | undefined,
    request: RequestInput,
    entities: unknown,
    base?: CallEntities,
  ): T | undefined {
    const program = this.#ofCalls;
    const reader = program?.callReader;
    if (program === undefined || reader === undefined || ask === undefined || this.#isStale) return undefined;
    if (!Array.isArray(entities) || typeof request !== 'object' || request === null) return undefined;
    const version = this.#version;
    this.#ofCalls = undefined;
    try {
      reader.onTopOf(base);
      const answer = ask(request, reader, entities);
      return version === this.#version ? answer : undefined;
    } finally {
      if (version === this.#version && !program.graph.broken) this.#ofCalls = program;
    }
  }

  /** The program is out of reach while it is in use, since reading the entities may run code of the asker. */
  #answerOfCall<T>(
    request: RequestInput,
    callEntities: CallEntities,
    answer: (program: P, nodes: RequestNodes) => T,
  ): T {
    const read = this.#reader.read(request);
    const sources = this.#sourcesIn(read);
    const all = sources.length === 0 ? callEntities : new SourcesOnTop(callEntities, sources);
    this.#requireCurrent();
    const program = this.#ofCalls ?? this.bind(undefined);
    const version = this.#version;
    this.#ofCalls = undefined;
    try {
      (program.graph as RequestGraph).load(all);
      return answer(program, this.#reader.nodes(read, program));
    } finally {
      if (version === this.#version && !program.graph.broken) this.#ofCalls = program;
    }
  }

  /**
   * Own objects are decided by the fast path of their store's program once it knows the action. Of those that it leaves some are decided the slow way, by which
   * it hears of the action: the first ones, and then one in many.
   */
  #isSample(store: EntityStore): boolean {
    const { dispatcher } = this.programOf(store);
    return this.#left++ % SAMPLED_EVERY === 0 || dispatcher === undefined;
  }

  /** Own objects on top of a store. One that programs for calls may not read is copied with them. */
  #ofSources<T>(
    request: RequestInput,
    store: EntityStore,
    read: ReadRequest,
    answer: (program: P, nodes: RequestNodes) => T,
  ): T {
    if (this.mayRead(store)) {
      const program = this.programOf(store);
      program.met(this.#reader.action(read, program));
      return this.#ofCall(request, () => this.entitiesOf(store), answer);
    }
    const program = this.programOf(store.with(this.#sourcesIn(read)));
    return answer(program, this.#reader.nodes(read, program));
  }

  #sourcesIn({ principal, resource }: ReadRequest): readonly EntitySource[] {
    const sources = [principal, resource].filter((part) => part instanceof EntitySource);
    for (const source of sources) this.requireReadable(source);
    return sources;
  }

  /** The version of what programs are made of, once it is derived. */
  readonly #current = (): number => {
    this.#requireCurrent();
    return this.#version;
  };

  /** What was interrupted, or not followed, is derived again. Whatever that throws, it is thrown for every request until it succeeds. */
  #requireCurrent(): void {
    if (this.#isReleased) throw releasedError();
    if (!this.#isStale) return;
    this.dropWhere(() => true);
    this.derive();
    this.#isStale = false;
  }
}

function release(program: Bound): void {
  program.release();
  forgetReleased(program.graph);
}

function decide(program: Bound, { principal, action, resource, context }: RequestNodes): boolean {
  return program.isAllowed(principal, action, resource, context);
}

function authorize(program: Bound, { principal, action, resource, context }: RequestNodes): Response {
  return program.isAuthorized(principal, action, resource, context);
}

/** The same of a request that has not been read. */
function namesSources(request: RequestInput): boolean {
  if (typeof request !== 'object' || request === null) return false;
  return request.principal instanceof EntitySource || request.resource instanceof EntitySource;
}

function bringsSources({ principal, resource }: ReadRequest): boolean {
  return principal instanceof EntitySource || resource instanceof EntitySource;
}
