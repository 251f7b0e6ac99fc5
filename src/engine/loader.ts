/**
 * Loader — an engine whose entities are elsewhere: each request loads what its policies look into, in few rounds.
 *
 * Technique: batching by microtask, as DataLoader does. Requests that run at the same time share a call of the loader, and each entity is asked for
 * once in it. Nothing is kept between calls: the next request sees what the loader says then.
 *
 * Spec:  Cedar.TPE.BatchedEvaluator: isAuthorizedBatched
 */

import { DataError, DataPath } from '../parser/data/data-path.ts';
import { entityFromData } from '../parser/data/entities.ts';
import { uidFromData } from '../parser/data/uid.ts';
import { authorizeBatched, type BatchedOptions, wholeAnswer } from '../partial/batched.ts';
import type { LoadedEntity } from '../partial/loaded-entities.ts';
import type { Schema } from '../schema/schema.ts';
import { schemaGuide } from '../validator/conformance/typed-data.ts';
import { CedarmillError } from '../value/cedarmill-error.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { Response } from '../value/response.ts';
import { type RequestInput, requestFromInput } from './input/request-input.ts';
import type { QueryContext } from './query-context.ts';

/**
 * Entities of these uids, as JSON entities. One that is left out does not exist. `parents` are the direct parents, which are loaded in their turn; with
 * `ancestors`, a list of all of them, they need not be.
 */
export type LoadInput = (uids: readonly EntityUid[]) => Promise<Iterable<object | null | undefined>>;

export interface LoaderOptions {
  /** How often one request may call the loader. Default: as often as its policies' look-ups need, and a hierarchy of some height. */
  readonly maxRounds?: number | undefined;
}

/** The loader failed: neither a denial, nor a missing entity. `cause` is what it threw. */
export class LoadError extends CedarmillError {
  static override readonly kind = 'LoadError';
  override readonly name = 'LoadError';

  constructor(cause: unknown) {
    super('loaderFailed', `the loader failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

export class RemoteEngine {
  readonly #context: QueryContext;
  readonly #schema: Schema;
  readonly #batches: LoadBatches;
  readonly #maxRounds: number | undefined;

  /** Throws `SchemaRequired`. */
  constructor(context: QueryContext, load: LoadInput, { maxRounds }: LoaderOptions) {
    this.#context = context;
    this.#schema = context.schema('loading entities');
    this.#batches = new LoadBatches(load, this.#schema);
    this.#maxRounds = maxRounds;
  }

  /**
   * As `engine.isAuthorized` on the entities that the loader has. The promise fails with `LoadError` if the loader does, with `ConformanceError` or
   * `DataError` for what is wrong in the request or the entities, and with `InsufficientRounds`.
   */
  async isAuthorized(request: RequestInput): Promise<Response> {
    const whole = requestFromInput(request, { schema: this.#schema });
    return wholeAnswer(await this.#decide(whole, 'answer'), whole);
  }

  /** As `engine.isAllowed`; stops loading as soon as the decision is known. */
  async isAllowed(request: RequestInput): Promise<boolean> {
    const { response } = await this.#decide(requestFromInput(request, { schema: this.#schema }), 'decision');
    return response.decision === 'allow';
  }

  #decide(request: ReturnType<typeof requestFromInput>, until: BatchedOptions['until']) {
    const schema = this.#schema;
    const options = { until, maxRounds: this.#maxRounds };
    return authorizeBatched(this.#context.typed(schema), request, (uids) => this.#batches.load(uids), schema, options);
  }
}

/** Calls that are waiting for one answer. */
interface Batch {
  readonly asked: Map<string, EntityUid>;
  readonly answer: Promise<ReadonlyMap<string, LoadedEntity>>;
}

class LoadBatches {
  readonly #load: LoadInput;
  readonly #schema: Schema;
  #next: Batch | undefined;

  constructor(load: LoadInput, schema: Schema) {
    this.#load = load;
    this.#schema = schema;
  }

  /** The entities of these uids, and those that nobody asked for. */
  async load(uids: readonly EntityUid[]): Promise<readonly LoadedEntity[]> {
    this.#next ??= this.#open();
    const { asked, answer } = this.#next;
    for (const uid of uids) asked.set(uid.key, uid);
    const own = new Set(uids.map(({ key }) => key));
    return [...(await answer)].flatMap(([key, entity]) => (own.has(key) || !asked.has(key) ? [entity] : []));
  }

  #open(): Batch {
    const asked = new Map<string, EntityUid>();
    return { asked, answer: this.#send(asked) };
  }

  async #send(asked: ReadonlyMap<string, EntityUid>): Promise<ReadonlyMap<string, LoadedEntity>> {
    await settled();
    this.#next = undefined;
    const uids = [...asked.values()];
    const answered = await this.#call(uids);
    return entitiesFrom(answered, this.#schema);
  }

  async #call(uids: readonly EntityUid[]): Promise<Iterable<unknown>> {
    let answered: unknown;
    try {
      answered = await this.#load(uids);
    } catch (cause) {
      throw new LoadError(cause);
    }
    if (typeof answered === 'object' && answered !== null && Symbol.iterator in answered)
      return answered as Iterable<unknown>;
    throw new LoadError(new TypeError('expected a list of entities'));
  }
}

/** After the microtasks that are waiting, and those that they lead to: so long do requests of one moment take to ask. */
async function settled(): Promise<void> {
  for (let i = 0; i < MICROTASKS; i++) await undefined;
}

const MICROTASKS = 16;

function entitiesFrom(answered: Iterable<unknown>, schema: Schema): ReadonlyMap<string, LoadedEntity> {
  const path = DataPath.root('loaded', '');
  const guide = schemaGuide(schema);
  const found = new Map<string, LoadedEntity>();
  let i = 0;
  for (const data of answered) {
    const at = path.at(i++);
    if (data === null || data === undefined) continue;
    const entity = { ...entityFromData(data, at, { guide }), ancestors: ancestorsIn(data, at) };
    if (found.has(entity.uid.key)) throw new DataError(at, `\`${entity.uid}\` was loaded twice`);
    found.set(entity.uid.key, entity);
  }
  return found;
}

function ancestorsIn(data: unknown, path: DataPath): readonly EntityUid[] | undefined {
  const { ancestors } = data as { readonly ancestors?: unknown };
  if (ancestors === undefined) return undefined;
  if (!Array.isArray(ancestors)) throw new DataError(path.at('ancestors'), 'expected a list of entity uids');
  return ancestors.map((each, i) => uidFromData(each, path.at('ancestors').at(i)));
}
