/**
 * Query methods — what every engine with policies offers besides one request: partial evaluation, permission queries, loading, what is needed.
 *
 * The questions are the same for generated code and for the model, so they are written once, on the engine's own `isAllowed` and `isAuthorized`.
 *
 * Size:  the docstrings of the public questions.
 */

import type { PreparedContext } from '../../codegen/index.ts';
import type { Filter } from '../filter/filter.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { authorizePartially } from '../partial/authorize.ts';
import type { Schema } from '../schema/schema.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import { type EntitiesInput, requireEntities } from './entities-input.ts';
import { EntityStore } from './entity-store.ts';
import type { FilterOptions } from './filter.ts';
import { filterMakerOf, readFilterOptions } from './filter-maker.ts';
import {
  type PartialEntityInput,
  type PartialRequestInput,
  partialEntitiesFromInput,
  partialRequestFromInput,
} from './input/partial-input.ts';
import { prepareContext } from './input/prepare-context.ts';
import type { TypeInput } from './input/type-input.ts';
import type { UidInput } from './input/uid-input.ts';
import { type LoaderOptions, type LoadInput, RemoteEngine } from './loader.ts';
import { type Needs, needsOf } from './needs.ts';
import { withSources } from './own-objects.ts';
import { PartialAnswer } from './partial-answer.ts';
import {
  type AllowedAction,
  type AllowedActionsQuery,
  type AllowedEntity,
  type AllowedPrincipalsQuery,
  type AllowedResourcesQuery,
  actionName,
  storeOf,
} from './permission-query.ts';
import type { PreparedFilter, PrepareFilterQuery } from './prepared-filter.ts';
import { actionsOf, entitiesOf, entitiesOfStream } from './queries.ts';
import { type OpenPart, QueryContext, type QueryHost } from './query-context.ts';
import { Specialization, type Specialized, type SpecializeQuery } from './specialize.ts';
import { StoreEntities } from './store-entities.ts';
import type {
  ActionInputOf,
  ActionMap,
  ActionOf,
  AllowedActionsQueryOf,
  AllowedPrincipalsQueryOf,
  AllowedResourcesQueryOf,
  AnyActions,
  AnyEntities,
  BindFilterQueryOf,
  EntitiesInputOf,
  EntityMap,
  PrepareFilterQueryOf,
  ResourceTypeOf,
  SpecializeQueryOf,
} from './typed-input.ts';

export interface WithReasons {
  /** Give the answers with the entities or actions, not these alone. */
  readonly reasons: true;
}

export interface Among<Candidates> {
  /** The candidates, if they are not the entities of the store. */
  readonly among: Candidates;
}

/** The questions besides one request that whole decisions answer. Queries for actions need a schema. */
export interface DecisionQueries<
  Actions extends ActionMap<Actions> = AnyActions,
  Entities extends EntityMap<Entities> = AnyEntities,
> {
  /**
   * A request to be asked of many resources: evaluated once as far as it goes, and what is left compiled. Answers follow changes of store and policies.
   *
   *     const may = engine.specialize({ principal: 'User::"alice"', action: 'view' }, store);
   *     docs.filter(may.isAllowed);
   */
  specialize<A extends ActionOf<Actions>>(
    query: SpecializeQueryOf<Actions, Entities, A>,
    entities: EntitiesInputOf<Entities>,
  ): Specialized;

  /**
   * The actions that a principal may do to a resource (officially `query_action`): their ids, or their uids where the schema has several types of actions.
   *
   *     engine.allowedActions({ principal: 'User::"alice"', resource: 'Doc::"plan"' }, store)   // ['view', 'edit']
   *
   * With `reasons` also those that depend on the context, if it is unknown.
   */
  allowedActions(
    query: AllowedActionsQueryOf<Actions, Entities>,
    entities: EntitiesInputOf<Entities>,
  ): ActionOf<Actions>[];
  allowedActions(
    query: AllowedActionsQueryOf<Actions, Entities>,
    entities: EntitiesInputOf<Entities>,
    options: WithReasons,
  ): AllowedAction[];

  /**
   * The resources of a type that a principal may do something to (officially `query_resource`), one by one: those of the store, or `among` others.
   *
   *     [...engine.allowedResources({ principal: 'User::"alice"', action: 'view', resource: 'Doc' }, store)]
   */
  allowedResources<A extends ActionOf<Actions>>(
    query: AllowedResourcesQueryOf<Actions, Entities, A>,
    entities: EntitiesInputOf<Entities>,
  ): IterableIterator<EntityUid>;
  allowedResources<A extends ActionOf<Actions>>(
    query: AllowedResourcesQueryOf<Actions, Entities, A>,
    entities: EntitiesInputOf<Entities>,
    options: WithReasons & Partial<Among<Iterable<UidInput>>>,
  ): IterableIterator<AllowedEntity>;
  allowedResources<A extends ActionOf<Actions>>(
    query: AllowedResourcesQueryOf<Actions, Entities, A>,
    entities: EntitiesInputOf<Entities>,
    options: Among<Iterable<UidInput>>,
  ): IterableIterator<EntityUid>;
  allowedResources<A extends ActionOf<Actions>>(
    query: AllowedResourcesQueryOf<Actions, Entities, A>,
    entities: EntitiesInputOf<Entities>,
    options: Among<AsyncIterable<UidInput>>,
  ): AsyncIterableIterator<EntityUid>;

  /** The principals of a type that may do something to a resource (officially `query_principal`); otherwise as `allowedResources`. */
  allowedPrincipals<A extends ActionOf<Actions>>(
    query: AllowedPrincipalsQueryOf<Actions, Entities, A>,
    entities: EntitiesInputOf<Entities>,
  ): IterableIterator<EntityUid>;
  allowedPrincipals<A extends ActionOf<Actions>>(
    query: AllowedPrincipalsQueryOf<Actions, Entities, A>,
    entities: EntitiesInputOf<Entities>,
    options: WithReasons & Partial<Among<Iterable<UidInput>>>,
  ): IterableIterator<AllowedEntity>;
  allowedPrincipals<A extends ActionOf<Actions>>(
    query: AllowedPrincipalsQueryOf<Actions, Entities, A>,
    entities: EntitiesInputOf<Entities>,
    options: Among<Iterable<UidInput>>,
  ): IterableIterator<EntityUid>;
  allowedPrincipals<A extends ActionOf<Actions>>(
    query: AllowedPrincipalsQueryOf<Actions, Entities, A>,
    entities: EntitiesInputOf<Entities>,
    options: Among<AsyncIterable<UidInput>>,
  ): AsyncIterableIterator<EntityUid>;
}

/** The questions that an engine can be asked besides one request. All but `specialize` and queries for entities need a schema. */
export interface Queries<
  Actions extends ActionMap<Actions> = AnyActions,
  Entities extends EntityMap<Entities> = AnyEntities,
> extends DecisionQueries<Actions, Entities> {
  /**
   * Typed partial evaluation: ids and context may be unknown, and parts of entities. In a store, what has no entry is unknown.
   *
   *     const answer = engine.partial({ principal: 'User::"alice"', action: 'view', resource: { type: 'Doc' } }, store);
   *     answer.decision;                              // undefined: it depends on the resource
   *     answer.residual('policy0')?.toCedar();        // 'resource.owner == User::"alice"'
   *
   * Throws `SchemaRequired`, `ConformanceError`, `DataError`, and `PolicyValidationError` unless all policies pass the validator.
   */
  partial(request: PartialRequestInput, entities: EntityStore | readonly PartialEntityInput[]): PartialAnswer;

  /**
   * The same engine for entities that must be loaded: only what the policies look into is asked for, in as few rounds as they need; requests that run
   * at the same time share them.
   *
   *     const remote = engine.withLoader(async (uids) => db.entities(uids));
   *     await remote.isAllowed(request);
   */
  withLoader(load: LoadInput, options?: LoaderOptions): RemoteEngine;

  /**
   * What a decision about the action, and resources of the type, can read.
   *
   *     engine.needs('view', 'Doc').types.Doc.attributes   // ['owner', 'public']
   */
  needs<A extends ActionInputOf<Actions>>(action: A, resource?: ResourceTypeOf<Actions, A>): Needs;

  /**
   * The condition that the rows of a type must meet, for the database that has them: exactly those for which `isAllowed` is true.
   *
   *     const filter = engine.filter({ principal: 'User::"alice"', action: 'view', resource: 'Doc' }, store);
   *     filter.kind;                 // 'conditional', 'always' or 'never'
   *     filter.sql('postgresql');    // { text: '"docs"."public" OR "docs"."owner_id" = $1::text', values: ['alice'] }
   *
   * The store has what is known of the principal; of entities without an entry the database is asked. The tables are those of the option `mapping`.
   *
   * Throws `SchemaRequired`, `UsageError` without a mapping, `ConformanceError`, `DataError`, and `PolicyValidationError` unless all policies pass the
   * validator.
   */
  filter<A extends ActionOf<Actions>>(
    query: AllowedResourcesQueryOf<Actions, Entities, A>,
    entities: EntitiesInputOf<Entities>,
    options?: FilterOptions,
  ): Filter;

  /**
   * The same for all principals of a type and all contexts: planned once, then filled for each request in a microsecond or two.
   *
   *     const prepared = engine.prepareFilter({ principal: 'User', action: 'view', resource: 'Doc' });
   *     const { text, values } = prepared.bind({ principal: 'User::"alice"' }, store).sql('postgresql');
   *
   * The text is the same for every request. What cannot be prepared is planned for each request, as `filter` does it.
   *
   * Throws what `filter` throws.
   */
  prepareFilter<A extends ActionOf<Actions>>(
    query: PrepareFilterQueryOf<Actions, A>,
    options?: FilterOptions,
  ): PreparedFilter<BindFilterQueryOf<Actions, Entities, A>, EntitiesInputOf<Entities>>;
}

type EntityOptions = Partial<WithReasons & Among<Iterable<UidInput> | AsyncIterable<UidInput>>>;

/** An engine that answers them, on its own `isAllowed` and `isAuthorized`. */
export abstract class QueryMethods implements Queries {
  readonly #schema: Schema | undefined;
  readonly #mapping: Mapping | undefined;
  #made: QueryContext | undefined;

  constructor(schema: Schema | undefined, mapping: Mapping | undefined) {
    this.#schema = schema;
    this.#mapping = mapping;
  }

  /** The engine itself. */
  protected abstract get queryHost(): QueryHost;

  /** Made with the first question: most engines are never asked one. */
  get #context(): QueryContext {
    this.#made ??= new QueryContext(this.queryHost, this.#schema);
    return this.#made;
  }

  prepareContext(context: object, action?: UidInput): PreparedContext {
    return prepareContext(context, action, this.#schema);
  }

  partial(request: PartialRequestInput, entities: EntityStore | readonly PartialEntityInput[]): PartialAnswer {
    const schema = this.#context.schema('partial evaluation');
    const read = partialRequestFromInput(request, schema);
    requireEntities(entities);
    const known =
      entities instanceof EntityStore
        ? new StoreEntities(
            storeOf(withSources(entities, [request.principal, request.resource], schema), schema),
            schema,
            'unknown',
          )
        : partialEntitiesFromInput(entities, schema);
    return new PartialAnswer(authorizePartially(this.#context.typed(schema), read, known, schema), schema);
  }

  specialize(query: SpecializeQuery, entities: EntitiesInput): Specialized {
    requireEntities(entities);
    const rows = new Specialization(this.#context, query, 'resource', entities);
    return {
      isAllowed: (resource) => rows.isAllowed(resource),
      isAuthorized: (resource) => rows.isAuthorized(resource),
    };
  }

  allowedActions(query: AllowedActionsQuery, entities: EntitiesInput): string[];
  allowedActions(query: AllowedActionsQuery, entities: EntitiesInput, options: WithReasons): AllowedAction[];
  allowedActions(query: AllowedActionsQuery, entities: EntitiesInput, options?: WithReasons): unknown[] {
    const found = [...actionsOf(this.#context, query, entities)];
    if (options?.reasons) return found;
    const schema = this.#context.schema('the query for actions');
    return found.filter(({ decision }) => decision === 'allow').map(({ action }) => actionName(action, schema));
  }

  readonly allowedResources = ((query: AllowedResourcesQuery, entities: EntitiesInput, options?: EntityOptions) =>
    this.#entities('resource', query, entities, options)) as Queries['allowedResources'];

  readonly allowedPrincipals = ((query: AllowedPrincipalsQuery, entities: EntitiesInput, options?: EntityOptions) =>
    this.#entities('principal', query, entities, options)) as Queries['allowedPrincipals'];

  withLoader(load: LoadInput, options: LoaderOptions = {}): RemoteEngine {
    return new RemoteEngine(this.#context, load, options);
  }

  needs(action: UidInput, resource?: TypeInput): Needs {
    return needsOf(this.#context, action, resource);
  }

  filter(query: AllowedResourcesQuery, entities: EntitiesInput, options: FilterOptions = {}): Filter {
    const read = readFilterOptions(options, this.#mapping, 'filter');
    return filterMakerOf(read, this.#context).filter(this.#context, query, entities, read);
  }

  prepareFilter(query: PrepareFilterQuery, options: FilterOptions = {}): PreparedFilter {
    const read = readFilterOptions(options, this.#mapping, 'prepareFilter');
    return filterMakerOf(read, this.#context).prepare(this.#context, query, read);
  }

  /** Stops following the policies. */
  protected releaseQueries(): void {
    this.#context.release();
  }

  #entities(
    open: OpenPart,
    query: AllowedResourcesQuery | AllowedPrincipalsQuery,
    entities: EntitiesInput,
    { among, reasons }: EntityOptions = {},
  ) {
    if (among !== undefined && Symbol.asyncIterator in among) {
      const found = entitiesOfStream(this.#context, open, query, entities, among);
      return reasons ? found : uidsOfStream(found);
    }
    const found = entitiesOf(this.#context, open, query, entities, among);
    return reasons ? found : uidsOf(found);
  }
}

function* uidsOf(found: Iterable<AllowedEntity>): IterableIterator<EntityUid> {
  for (const { uid } of found) yield uid;
}

async function* uidsOfStream(found: AsyncIterable<AllowedEntity>): AsyncIterableIterator<EntityUid> {
  for await (const { uid } of found) yield uid;
}
