/**
 * Module queries — the questions besides one request that a module can answer: each is a loop over whole decisions.
 *
 * Evaluating in part, and knowing what policies read, takes the policies themselves, which a module does not have. So `partial`, `needs` and `withLoader`
 * are not among its methods, and a query for actions wants the context where an action has one.
 *
 * Twin:  query-methods.ts, which evaluates in part and compiles the rest; the answers are the same
 */
import type { PreparedContext } from '../../codegen/index.ts';
import { partialUid } from '../partial/partial-request.ts';
import type { ActionEntry, Schema } from '../schema/schema.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { Response } from '../value/response.ts';
import { type EntitiesInput, requireEntities } from './entities-input.ts';
import { EntityStore } from './entity-store.ts';
import { prepareContext } from './input/prepare-context.ts';
import type { RequestInput } from './input/request-input.ts';
import { type TypeInput, typeFromInput } from './input/type-input.ts';
import { actionFromInput, type UidInput, uidFromInput } from './input/uid-input.ts';
import {
  type AllowedAction,
  type AllowedActionsQuery,
  type AllowedEntity,
  type AllowedPrincipalsQuery,
  type AllowedResourcesQuery,
  actionName,
  candidates,
  contextFor,
  LazyAnswer,
  requireTypes,
  storeOf,
} from './permission-query.ts';
import type { OpenPart } from './query-context.ts';
import type { DecisionQueries, WithReasons } from './query-methods.ts';
import { SchemaRequired } from './schema-required.ts';
import type { Specialized, SpecializeQuery } from './specialize.ts';

type EntityQuery = AllowedResourcesQuery | AllowedPrincipalsQuery;
type Candidates = Iterable<UidInput> | AsyncIterable<UidInput>;
type EntityOptions = { readonly among?: Candidates; readonly reasons?: boolean };

export abstract class ModuleQueryMethods implements DecisionQueries {
  /** The schema that the module was compiled with, if any. */
  protected abstract schema: Schema | undefined;
  /** Throws after `release`: a query that finds nobody to ask about would answer otherwise. */
  protected abstract requireHeld(): void;
  abstract isAllowed(request: RequestInput, entities: EntitiesInput): boolean;
  abstract isAuthorized(request: RequestInput, entities: EntitiesInput): Response;

  prepareContext(context: object, action?: UidInput): PreparedContext {
    return prepareContext(context, action, this.schema);
  }

  specialize(query: SpecializeQuery, entities: EntitiesInput): Specialized {
    requireEntities(entities);
    const known = { ...query, action: this.#action(query.action) };
    return {
      isAllowed: (resource) => this.isAllowed({ ...known, resource }, entities),
      isAuthorized: (resource) => this.isAuthorized({ ...known, resource }, entities),
    };
  }

  allowedActions(query: AllowedActionsQuery, entities: EntitiesInput): string[];
  allowedActions(query: AllowedActionsQuery, entities: EntitiesInput, options: WithReasons): AllowedAction[];
  allowedActions(query: AllowedActionsQuery, entities: EntitiesInput, options?: WithReasons): unknown[] {
    this.requireHeld();
    const { schema } = this;
    if (schema === undefined) throw new SchemaRequired('the query for actions');
    const found = [...this.#actionsOf(query, storeOf(entities, schema), schema)];
    return options?.reasons ? found : found.map(({ action }) => actionName(action, schema));
  }

  readonly allowedResources = ((query: AllowedResourcesQuery, entities: EntitiesInput, options?: EntityOptions) =>
    this.#entities('resource', query, entities, options)) as DecisionQueries['allowedResources'];

  readonly allowedPrincipals = ((query: AllowedPrincipalsQuery, entities: EntitiesInput, options?: EntityOptions) =>
    this.#entities('principal', query, entities, options)) as DecisionQueries['allowedPrincipals'];

  #action(action: UidInput): UidInput {
    return this.schema === undefined ? action : actionFromInput(action, this.schema);
  }

  *#actionsOf(
    { principal: givenPrincipal, resource: givenResource, context }: AllowedActionsQuery,
    store: EntityStore,
    schema: Schema,
  ): IterableIterator<AllowedAction> {
    const principal = uidFromInput(givenPrincipal, 'principal');
    const resource = uidFromInput(givenResource, 'resource');
    requireTypes({ principal: partialUid(principal), resource: partialUid(resource) }, schema);
    const fitting = contextFor(context, schema);
    for (const entry of schema.actions.values()) {
      if (!entry.appliesToPrincipal.has(principal.type) || !entry.appliesToResource.has(resource.type)) continue;
      if (context === undefined) requireNoContext(entry);
      const read = fitting(entry);
      if (read === 'unfit') continue;
      const request = { principal, action: entry.uid, resource, context: read };
      const { decision, determiningPolicies } = this.isAuthorized(request, store);
      if (decision === 'allow') yield { action: entry.uid, decision, determiningPolicies };
    }
  }

  #entities(open: OpenPart, query: EntityQuery, entities: EntitiesInput, { among, reasons }: EntityOptions = {}) {
    if (among !== undefined && Symbol.asyncIterator in among)
      return eachOfStream(among, this.#rows(open, query, entities).ask, reasons === true);
    return this.#each(open, query, entities, among, reasons === true);
  }

  *#each(
    open: OpenPart,
    query: EntityQuery,
    entities: EntitiesInput,
    among: Iterable<UidInput> | undefined,
    reasons: boolean,
  ): IterableIterator<EntityUid | AllowedEntity> {
    const { store, ask } = this.#rows(open, query, entities);
    for (const row of among ?? candidates(query[open] as TypeInput, open, store)) {
      const found = ask(row);
      if (found !== undefined) yield reasons ? found : found.uid;
    }
  }

  #rows(open: OpenPart, query: EntityQuery, entities: EntitiesInput) {
    this.requireHeld();
    requireEntities(entities);
    const store = entities instanceof EntityStore ? entities : EntityStore.from(entities, storeOptions(this.schema));
    const type = typeFromInput(query[open] as TypeInput, open);
    const known = { ...query, action: this.#action(query.action) };
    const ask = (row: UidInput): AllowedEntity | undefined => {
      const uid = uidFromInput(row, open);
      const request = { ...known, [open]: row } as RequestInput;
      if (uid.type !== type || !this.isAllowed(request, store)) return undefined;
      return new LazyAnswer(uid, () => this.isAuthorized(request, store));
    };
    return { store, ask };
  }
}

function storeOptions(schema: Schema | undefined) {
  return schema === undefined ? {} : { schema };
}

async function* eachOfStream(
  among: AsyncIterable<UidInput>,
  ask: (row: UidInput) => AllowedEntity | undefined,
  reasons: boolean,
): AsyncIterableIterator<EntityUid | AllowedEntity> {
  for await (const row of among) {
    const found = ask(row);
    if (found !== undefined) yield reasons ? found : found.uid;
  }
}

/** Where there may be one, an unknown context would have to be evaluated in part. */
function requireNoContext({ uid, context }: ActionEntry): void {
  if (context.attributes.size === 0) return;
  throw new UsageError(
    `the context of \`${uid}\` is unknown, and a module decides about known contexts only`,
    'give `context`, or ask an engine of `compile`',
  );
}
