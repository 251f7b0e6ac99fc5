/**
 * Compiled set — a policy set that was prepared for many calls, decided by emitted code.
 *
 * A set that is asked a few times only is left to the model: compiling it takes as long as some hundred calls. So is one where code may not be generated,
 * as under a Content Security Policy without `unsafe-eval`; the answers are the same.
 *
 * Twin:  src/model/authorizer.ts
 */
import {
  BoundProgram,
  type CallEntities,
  CodeGenerationForbidden,
  CompiledPolicies,
  entityLayoutsOf,
  HandleStore,
} from '../../codegen/index.ts';
import { BoundPrograms } from '../engine/bound-programs.ts';
import { EntityStore } from '../engine/entity-store.ts';
import { CallEntitiesCache } from '../engine/input/call-entities.ts';
import { callReading } from '../engine/input/call-reading.ts';
import { RequestCheck } from '../engine/input/request-check.ts';
import type { RequestInput } from '../engine/input/request-input.ts';
import { RequestReader } from '../engine/input/request-reader.ts';
import type { Schema } from '../schema/schema.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import type { Entities } from '../value/entities.ts';
import type { Response } from '../value/response.ts';
import type { FollowingStore, ListedEntities } from './entities-cache.ts';

/** Calls that the model decides before a set is compiled. */
const CALLS_BEFORE_CODE = 3;

/** Schemas that the programs of one set are kept for. */
const SCHEMAS_AT_MOST = 8;

/** How a call is read. */
interface Reading {
  /** Entities fit it. */
  readonly schema: Schema | undefined;
  /** Whether requests must, too. */
  readonly validateRequest: boolean;
}

export class CompiledSet {
  readonly #policies: PolicySet;
  readonly #programs = new Map<Schema | undefined, SetPrograms>();
  #calls = 0;
  #isForbidden = false;

  constructor(policies: PolicySet) {
    this.#policies = policies;
  }

  /**
   * `undefined` if the model is to decide.
   *
   * Throws `DataError` and `ConformanceError` for requests that the model would not be asked about.
   */
  isAuthorized(
    request: RequestInput,
    entities: ListedEntities,
    { schema, validateRequest }: Reading,
  ): Response | undefined {
    if (this.#isForbidden || this.#calls < CALLS_BEFORE_CODE) {
      this.#calls++;
      return undefined;
    }
    try {
      const programs = this.#programsFor(validateRequest ? schema : undefined);
      if (entities.isStable)
        return programs.answer(request, entities.follower((all) => new StoreOfCall(all, schema)).entities);
      // Entities of a call are read as the schema says for requests.
      const mayRead = entities.few !== undefined && (validateRequest || schema === undefined);
      return mayRead ? programs.isAuthorized(request, entities.few) : undefined;
    } catch (error) {
      if (!(error instanceof CodeGenerationForbidden)) throw error;
      this.#isForbidden = true;
      return undefined;
    }
  }

  /** Another set has its name now: nothing follows the stores any more. */
  release(): void {
    for (const programs of this.#programs.values()) programs.release();
    this.#programs.clear();
  }

  #programsFor(schema: Schema | undefined): SetPrograms {
    const known = this.#programs.get(schema);
    if (known !== undefined) return known;
    const [oldest] = this.#programs;
    if (this.#programs.size >= SCHEMAS_AT_MOST && oldest !== undefined) {
      oldest[1].release();
      this.#programs.delete(oldest[0]);
    }
    const made = new SetPrograms(this.#policies, schema);
    this.#programs.set(schema, made);
    return made;
  }
}

/** The entities of a call in a store, which follows what changes from call to call. */
class StoreOfCall implements FollowingStore {
  readonly entities: EntityStore;

  constructor(entities: Entities, schema: Schema | undefined) {
    this.entities = EntityStore.of(entities, schema === undefined ? {} : { schema });
  }

  exchange(...changed: Parameters<FollowingStore['exchange']>): void {
    this.entities.handles.exchange(...changed);
  }
}

class SetPrograms extends BoundPrograms<BoundProgram<RequestInput>> {
  readonly #policies: PolicySet;
  readonly #compiled: CompiledPolicies;
  readonly #schema: Schema | undefined;
  readonly #check: RequestCheck | undefined;
  readonly #callEntities: CallEntitiesCache;

  constructor(policies: PolicySet, schema: Schema | undefined) {
    const compiled = CompiledPolicies.of(policies);
    const check = schema && new RequestCheck(schema);
    super(new RequestReader(() => compiled.contextAttributes, check));
    this.#policies = policies;
    this.#compiled = compiled;
    this.#schema = schema;
    this.#check = check;
    this.#callEntities = new CallEntitiesCache(schema);
  }

  answer(request: RequestInput, store: EntityStore): Response {
    const { cache } = this;
    const response = cache.entities === store ? cache.isAuthorized(request) : undefined;
    return response ?? this.isAuthorized(request, store);
  }

  protected override bind(store: EntityStore | undefined): BoundProgram<RequestInput> {
    const check = this.#check;
    return new BoundProgram<RequestInput>(this.#compiled, this.#policies, store?.handles ?? new HandleStore(), {
      requestTypes: check && ((action) => check.typesOf(action)),
      callReading: store === undefined ? callReading(this.#schema) : undefined,
      calls: store === undefined ? { layouts: this.#schema && entityLayoutsOf(this.#schema) } : undefined,
      cache: this.cache,
    });
  }

  protected override callEntitiesOf(entities: readonly object[]): CallEntities {
    return this.#callEntities.read(entities);
  }

  /** A prepared set never changes. */
  protected override derive(): void {}
}
