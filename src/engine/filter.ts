/**
 * Filter — from a request with the type of its resource to the condition that its rows must meet.
 *
 * What the store knows is put in; of what it does not, the database is asked. An entity of which the store has not all ancestors has unknown ones.
 */
import { CodeGenerationForbidden, RowPredicates } from '../../codegen/index.ts';
import { Clauses } from '../filter/clauses.ts';
import { Inexpressible } from '../filter/condition.ts';
import { Filter, type FilterPlan, type RowPredicate } from '../filter/filter.ts';
import { expressed, FilterError, refusalOf } from '../filter/filter-error.ts';
import { predicateOf, rowClosures } from '../filter/predicate.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { authorizePartially, type ResidualPolicy } from '../partial/authorize.ts';
import { MISSING, type PartialEntities, type PartialEntityData } from '../partial/partial-entities.ts';
import { environmentOf, type PartialRequest, partialUid } from '../partial/partial-request.ts';
import type { TypedPolicies } from '../partial/policies.ts';
import { sharpResponse } from '../partial/sharp.ts';
import type { Schema } from '../schema/schema.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { EntitiesInput } from './engine.ts';
import type { EntityStore } from './entity-store.ts';
import { typedContext } from './input/request-input.ts';
import { typeFromInput } from './input/type-input.ts';
import { actionFromInput, uidFromInput } from './input/uid-input.ts';
import { withSources } from './own-objects.ts';
import { type AllowedResourcesQuery, storeOf } from './permission-query.ts';
import type { QueryContext } from './query-context.ts';
import { rowTest } from './row-test.ts';
import { StoreEntities } from './store-entities.ts';

export interface FilterOptions {
  /** Where the entities are in tables; that of the engine, unless it is given here. */
  readonly mapping?: Mapping | undefined;
  /**
   * Where a policy cannot be said, give an upper bound instead of refusing: all allowed rows, and others that must be asked one by one. What was left out
   * stands in `dropped` of each result.
   */
  readonly superset?: boolean | undefined;
}

/** Emitted code where the engine makes code, closures elsewhere. Throws `Inexpressible`. */
function predicateFor(
  context: QueryContext,
  policies: readonly ResidualPolicy[],
  mapping: Mapping,
  type: string,
  store: EntityStore,
): RowPredicate {
  const closures = rowClosures(mapping, type, (uid) => store.get(uid));
  const passes = predicateOf(policies, closures);
  const { code } = context.host;
  const test = code && rowTest(policies, mapping, type, closures);
  if (test === undefined) return passes;
  context.rowPredicates ??= new RowPredicates(code?.check);
  try {
    return context.rowPredicates.of(test, passes);
  } catch (error) {
    if (error instanceof CodeGenerationForbidden) return passes;
    throw error;
  }
}

/** Throws `SchemaRequired`, `UsageError` without a mapping, `DataError`, `ConformanceError` and `PolicyValidationError`. */
export function filterOf(
  context: QueryContext,
  query: AllowedResourcesQuery,
  entities: EntitiesInput,
  { mapping, superset = false }: FilterOptions,
): Filter {
  const schema = context.schema('a filter');
  const mapped = requireMapping(mapping, schema);
  const request = requestFrom(query, schema);
  const store = storeOf(withSources(entities, [query.principal], schema), schema);
  const policies = context.typed(schema).snapshot(environmentOf(request, schema));
  const plan = planOf(context, policies, request, store, mapped);
  return new Filter(() => plan, superset);
}

/** `policies` stay as they are: the predicate, which is planned when it is asked for, is of the same ones. Throws `ConformanceError`. */
export function planOf(
  context: QueryContext,
  policies: Pick<TypedPolicies, 'of'>,
  request: PartialRequest,
  store: EntityStore,
  mapping: Mapping,
): FilterPlan {
  const schema = context.schema('a filter');
  const known = new FilterEntities(store, schema);
  const sharp = sharpResponse(authorizePartially(policies, request, known, schema));
  const decision = sharp.decision === undefined ? undefined : sharp.decision === 'allow';
  const predicate = () => rowPredicate(context, policies, request, known, mapping);
  const { type } = request.resource;
  const idField = mapping.types.get(type)?.id.field ?? 'id';
  return { clauses: Clauses.of(mapping, tableOf(mapping, type), sharp), decision, idField, predicate };
}

/** For rows of which the store need not know: entities of their type are unknown, others that it lacks do not exist. */
function rowPredicate(
  context: QueryContext,
  policies: Pick<TypedPolicies, 'of'>,
  request: PartialRequest,
  { store, schema }: FilterEntities,
  mapping: Mapping,
): RowPredicate {
  const { type } = request.resource;
  const { decision, relevant } = sharpResponse(
    authorizePartially(policies, request, new FilterEntities(store, schema, type), schema),
  );
  if (decision !== undefined) return () => decision === 'allow';
  const made = expressed(() => predicateFor(context, relevant, mapping, type, store));
  if (!(made instanceof Inexpressible)) return made;
  const refusals = relevant.map(({ policy }) => refusalOf(policy, 'a predicate', made));
  throw new FilterError(
    refusals,
    relevant.map(({ policy }) => policy),
  );
}

export function requireMapping(mapping: Mapping | undefined, schema: Schema): Mapping {
  if (mapping === undefined)
    throw new UsageError('a filter needs to know the tables', 'give `mapping(schema, …)` as option `mapping`');
  if (mapping.schema !== schema)
    throw new UsageError('the mapping is of another schema than the engine', 'make both of one and the same schema');
  return mapping;
}

export function tableOf({ types }: Mapping, type: string): string {
  return types.get(type)?.table ?? type;
}

function requestFrom(query: AllowedResourcesQuery, schema: Schema): PartialRequest {
  const action = actionFromInput(query.action, schema);
  return {
    principal: partialUid(uidFromInput(query.principal, 'principal')),
    action,
    resource: { type: typeFromInput(query.resource, 'resource'), uid: undefined },
    context: typedContext(query.context, action, schema),
  };
}

/** A store as far as it goes. What has no entry is unknown, and so are ancestors of which one has no entry although it may have parents. */
export class FilterEntities implements PartialEntities {
  readonly store: EntityStore;
  readonly schema: Schema;
  readonly #entities: StoreEntities;
  /** The only type of which entities are elsewhere, or `undefined` for all. */
  readonly #elsewhere: string | undefined;

  constructor(store: EntityStore, schema: Schema, elsewhere?: string) {
    this.store = store;
    this.schema = schema;
    this.#entities = new StoreEntities(store, schema, 'unknown');
    this.#elsewhere = elsewhere;
  }

  /** How many entities it has read. */
  get size(): number {
    return this.#entities.consulted.size;
  }

  get(uid: EntityUid): PartialEntityData | undefined {
    const data = this.#entities.get(uid) ?? (this.#mayBeElsewhere(uid) ? undefined : MISSING);
    if (data?.ancestorUids?.some((each) => this.#isOpen(each)) !== true) return data;
    return { ...data, ancestors: undefined, ancestorUids: undefined };
  }

  #isOpen(uid: EntityUid): boolean {
    const entry = this.schema.entityTypes.get(uid.type);
    const mayHaveParents = entry?.kind === 'standard' && entry.parents.size > 0;
    return mayHaveParents && this.#mayBeElsewhere(uid) && this.store.get(uid) === undefined;
  }

  #mayBeElsewhere({ type }: EntityUid): boolean {
    return this.#elsewhere === undefined || this.#elsewhere === type;
  }
}
