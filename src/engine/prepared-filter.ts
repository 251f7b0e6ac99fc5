/**
 * Prepared filter — the filters of one action and type of rows for all principals and contexts: planned once, filled for each request.
 *
 *     { types, action } × mapping → (principal, context × store → the filter that engine.filter gives)
 *
 * What the policies do not let be prepared, and what the store does not know of a request, is planned for that request: the rows are the same, and never
 * more. After a change of the policies it is planned again.
 *
 * Twin:  engine/filter.ts
 */
import { Clauses } from '../filter/clauses.ts';
import { Filter } from '../filter/filter.ts';
import { Parameters } from '../filter/parameters.ts';
import { Prepared } from '../filter/prepared.ts';
import {
  type AskedRequest,
  ParameterValues,
  type PrincipalValues,
  type RequestValues,
} from '../filter/request-values.ts';
import type { DialectName } from '../filter/sql/dialect.ts';
import type { SqlOptions } from '../filter/sql/print-sql.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { authorizePartially } from '../partial/authorize.ts';
import { actionsOf } from '../partial/partial-entities.ts';
import { environmentOf, type PartialRequest } from '../partial/partial-request.ts';
import type { TypedPolicies } from '../partial/policies.ts';
import { sharpResponse } from '../partial/sharp.ts';
import type { Schema } from '../schema/schema.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { CedarRecord } from '../value/record.ts';
import type { EntitiesInput } from './entities-input.ts';
import type { EntityStore } from './entity-store.ts';
import { FilterEntities, type FilterOptions, planOf, requireMapping, tableOf } from './filter.ts';
import { typedContext } from './input/request-input.ts';
import { type TypeInput, typeFromInput } from './input/type-input.ts';
import { actionFromInput, type UidInput, uidFromInput } from './input/uid-input.ts';
import { withSources } from './own-objects.ts';
import { storeOf } from './permission-query.ts';
import type { QueryContext } from './query-context.ts';
import type { StoreWatch } from './store-entities.ts';

/** What is known before any request: the types, and the action. */
export interface PrepareFilterQuery {
  /** The type of the principals. */
  readonly principal: TypeInput;
  readonly action: UidInput;
  /** The type of the rows. */
  readonly resource: TypeInput;
}

/** What comes with each request. */
export interface BindFilterQuery {
  readonly principal: UidInput;
  readonly context?: object | undefined;
}

/** A statement of more policies than this does more for each row than a filter that leaves out those that do not apply. */
const MOST_CLAUSES = 100;

/** Entities of the store that are remembered as they were read, until the store changes. */
const MOST_REMEMBERED = 10_000;

interface Plan {
  readonly prepared: Prepared;
  readonly values: ParameterValues;
  /** What it was planned with. */
  readonly policies: Policies;
}

type Policies = Pick<TypedPolicies, 'of'>;

/** The filters of an action and a type of rows: made by `engine.prepareFilter`. */
export class PreparedFilter<Query extends BindFilterQuery = BindFilterQuery, Entities = EntitiesInput> {
  readonly #context: QueryContext;
  readonly #schema: Schema;
  readonly #mapping: Mapping;
  readonly #principal: string;
  readonly #action: EntityUid;
  readonly #resource: string;
  readonly #superset: boolean;
  #plan: Plan | 'none' | undefined;
  #planVersion = -1;
  #remembered: Remembered | undefined;

  /** For engines. */
  constructor(context: QueryContext, query: PrepareFilterQuery, { mapping, superset = false }: FilterOptions) {
    this.#context = context;
    this.#schema = context.schema('a filter');
    this.#mapping = requireMapping(mapping, this.#schema);
    this.#principal = typeFromInput(query.principal, 'principal');
    this.#action = actionFromInput(query.action, this.#schema);
    this.#resource = typeFromInput(query.resource, 'resource');
    this.#superset = superset;
    this.#current();
  }

  /** The text of all requests; `undefined` where each is planned, for a policy cannot be prepared, or all decisions are the same. */
  text(dialect: DialectName, options: SqlOptions = {}): string | undefined {
    const plan = this.#current();
    return plan === 'none' ? undefined : plan.prepared.text(dialect, options);
  }

  /**
   * The filter for one request: what `engine.filter` gives for it, in a fraction of the time.
   *
   *     const { text, values } = prepared.bind({ principal: 'User::"alice"' }, store).sql('postgresql');
   *
   * The text is the same for all requests, so that a database can keep its plan. A value may be `null`: what errs for this request.
   *
   * Throws `DataError` and `ConformanceError` for a request that does not fit, and what `engine.filter` throws.
   */
  bind(query: Query, entities: Entities): Filter {
    const schema = this.#schema;
    const plan = this.#current();
    const principal = uidFromInput(query.principal, 'principal');
    if (principal.type !== this.#principal)
      throw new UsageError(
        `the filter was prepared for principals of the type \`${this.#principal}\`, and \`${principal}\` is not one`,
        'prepare one for each type of principals',
      );
    const context = typedContext(query.context, this.#action, schema);
    const request = this.#request(principal, context);
    const environment = environmentOf(request, schema);
    const store = storeOf(withSources(entities as EntitiesInput, [query.principal], schema), schema);
    const planned = (policies: Policies) => planOf(this.#context, policies, request, store, this.#mapping);
    const values = plan === 'none' ? undefined : this.#remembering(store, plan).valuesOf(principal, context);
    if (plan !== 'none' && values !== undefined)
      return new Filter(() => planned(plan.policies), this.#superset, { prepared: plan.prepared, values });
    const now = planned(this.#context.typed(schema).snapshot(environment));
    return new Filter(() => now, this.#superset);
  }

  #request(uid: EntityUid | undefined, context: CedarRecord | undefined): PartialRequest {
    const resource = { type: this.#resource, uid: undefined };
    return { principal: { type: this.#principal, uid }, action: this.#action, resource, context };
  }

  /** Throws `PolicyValidationError` unless all policies pass the validator, and `ConformanceError` for an action that does not apply. */
  #current(): Plan | 'none' {
    const version = this.#context.policiesVersion;
    if (this.#plan !== undefined && this.#planVersion === version) return this.#plan;
    this.#plan = this.#prepare();
    this.#planVersion = version;
    return this.#plan;
  }

  #prepare(): Plan | 'none' {
    const schema = this.#schema;
    const actions = actionsOf(schema);
    const request = this.#request(undefined, undefined);
    const known = { get: (uid: EntityUid) => actions.get(uid.key) };
    const policies = this.#context.typed(schema).snapshot(environmentOf(request, schema));
    const sharp = sharpResponse(authorizePartially(policies, request, known, schema));
    if (sharp.relevant.length > MOST_CLAUSES) return 'none';
    const parameters = new Parameters();
    const clauses = Clauses.of(this.#mapping, tableOf(this.#mapping, this.#resource), sharp, parameters);
    const decision = sharp.decision === undefined ? undefined : sharp.decision === 'allow';
    const values = new ParameterValues(parameters.sources, schema);
    return { prepared: new Prepared(clauses, decision), values, policies };
  }

  /** What was read of a store stays until the store changes. */
  #remembering(store: EntityStore, plan: Plan): Remembered {
    // Watching the entities of one request would copy the store below them.
    if (store.layers !== undefined) return new Remembered(store, plan, this.#schema, undefined);
    const found = this.#remembered;
    if (found !== undefined && found.store === store && found.plan === plan && found.isCurrent) return found;
    this.#remembered = new Remembered(store, plan, this.#schema, this.#context.watch(store));
    return this.#remembered;
  }
}

class Remembered {
  readonly store: EntityStore;
  readonly plan: Plan;
  readonly #entities: FilterEntities;
  readonly #watch: StoreWatch | undefined;
  readonly #version: number | undefined;
  readonly #principals = new Map<string, PrincipalValues>();

  constructor(store: EntityStore, plan: Plan, schema: Schema, watch: StoreWatch | undefined) {
    this.store = store;
    this.plan = plan;
    this.#entities = new FilterEntities(store, schema);
    this.#watch = watch;
    this.#version = watch?.version;
  }

  get isCurrent(): boolean {
    if (this.#watch === undefined) return false;
    const { version, isBroken } = this.#watch;
    const size = Math.max(this.#entities.size, this.#principals.size);
    return version === this.#version && !isBroken && size < MOST_REMEMBERED;
  }

  /** `undefined` where the store does not know enough. */
  valuesOf(principal: EntityUid, context: CedarRecord): RequestValues | undefined {
    const { values } = this.plan;
    const request = { principal, context, entities: this.#entities };
    const known = this.#principals.get(principal.id) ?? this.#read(request);
    return known && values.of(request, known);
  }

  #read(request: AskedRequest): PrincipalValues | undefined {
    const values = this.plan.values.ofPrincipal(request);
    if (values !== undefined) this.#principals.set(request.principal.id, values);
    return values;
  }
}
