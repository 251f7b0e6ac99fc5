/**
 * Queries — which actions, which resources, which principals: an authorization request with one part left open.
 *
 * Spec:  RFC 95 (permission queries); the official names are query_action, query_resource, query_principal
 * Twin:  partial/query.ts, on residuals alone; and a loop over `isAllowed`
 */

import { partialUid } from '../partial/partial-request.ts';
import { actionsNotDenied } from '../partial/query.ts';
import { type EntitiesInput, requireEntities } from './entities-input.ts';
import { EntityStore } from './entity-store.ts';
import { type TypeInput, typeFromInput } from './input/type-input.ts';
import { type UidInput, uidFromInput } from './input/uid-input.ts';
import { withSources } from './own-objects.ts';
import {
  type AllowedAction,
  type AllowedActionsQuery,
  type AllowedEntity,
  type AllowedPrincipalsQuery,
  type AllowedResourcesQuery,
  candidates,
  contextFor,
  LazyAnswer,
  requireTypes,
  storeOf,
} from './permission-query.ts';
import type { OpenPart, QueryContext } from './query-context.ts';
import { type KnownRequest, Specialization } from './specialize.ts';
import { StoreEntities } from './store-entities.ts';

/** The actions that are not denied, in the order of the schema. Throws `DataError`, `ConformanceError` and `SchemaRequired`. */
export function* actionsOf(
  context: QueryContext,
  query: AllowedActionsQuery,
  entities: EntitiesInput,
): IterableIterator<AllowedAction> {
  const schema = context.schema('the query for actions');
  const store = storeOf(withSources(entities, [query.principal, query.resource], schema), schema);
  const parts = {
    principal: partialUid(uidFromInput(query.principal, 'principal')),
    resource: partialUid(uidFromInput(query.resource, 'resource')),
  };
  requireTypes(parts, schema);
  const known = new StoreEntities(store, schema, 'missing');
  const found = actionsNotDenied(context.typed(schema), schema, parts, contextFor(query.context, schema), known);
  for (const { action, decision, response } of found) yield { action, decision, determiningPolicies: response.reason };
}

/** The entities of the type for which the request is allowed, one by one. */
export function* entitiesOf(
  context: QueryContext,
  open: OpenPart,
  query: AllowedResourcesQuery | AllowedPrincipalsQuery,
  entities: EntitiesInput,
  among: Iterable<UidInput> | undefined,
): IterableIterator<AllowedEntity> {
  const rows = specialized(context, open, query, entities);
  for (const row of among ?? candidates(query[open] as TypeInput, open, rows.store)) {
    const found = rows.ask(row);
    if (found !== undefined) yield found;
  }
}

/** The same for candidates that arrive one by one. */
export async function* entitiesOfStream(
  context: QueryContext,
  open: OpenPart,
  query: AllowedResourcesQuery | AllowedPrincipalsQuery,
  entities: EntitiesInput,
  among: AsyncIterable<UidInput>,
): AsyncIterableIterator<AllowedEntity> {
  const rows = specialized(context, open, query, entities);
  for await (const row of among) {
    const found = rows.ask(row);
    if (found !== undefined) yield found;
  }
}

interface Rows {
  readonly store: EntityStore;
  /** `undefined` if the row is not allowed. Throws `DataError`, `ConformanceError` as the engine does. */
  ask(row: UidInput): AllowedEntity | undefined;
}

function specialized(
  context: QueryContext,
  open: OpenPart,
  query: AllowedResourcesQuery | AllowedPrincipalsQuery,
  entities: EntitiesInput,
): Rows {
  context.requireHeld();
  requireEntities(entities);
  const schema = context.schemaIfAny;
  const store = entities instanceof EntityStore ? entities : EntityStore.from(entities, { schema });
  const type = typeFromInput(query[open] as TypeInput, open);
  const rows = new Specialization(context, query as KnownRequest, open, store);
  return {
    store,
    ask(row) {
      const uid = uidFromInput(row, open);
      if (uid.type !== type || !rows.isAllowed(row)) return undefined;
      return new LazyAnswer(uid, () => rows.isAuthorized(row));
    },
  };
}
