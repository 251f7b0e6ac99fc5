/**
 * Queries — which actions, which resources, which principals: an authorization request with one part left open.
 *
 * Spec:  RFC 95 (permission queries); the official names are query_action, query_resource, query_principal
 * Twin:  partial/query.ts, on residuals alone; and a loop over `isAllowed`
 */

import { partialUid } from '../partial/partial-request.ts';
import { actionsNotDenied, type ContextFor } from '../partial/query.ts';
import type { Schema } from '../schema/schema.ts';
import { checkContext, checkRequestType } from '../validator/conformance/conformance.ts';
import { ConformanceError } from '../validator/conformance/conformance-error.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { Decision, Response } from '../value/response.ts';
import { type EntitiesInput, requireEntities } from './entities-input.ts';
import { EntityStore } from './entity-store.ts';
import { contextIfFits, type TypeInput, typeFromInput } from './input/partial-input.ts';
import { type UidInput, uidFromInput } from './input/uid-input.ts';
import { withSources } from './own-objects.ts';
import type { OpenPart, QueryContext } from './query-context.ts';
import { type KnownRequest, Specialization } from './specialize.ts';
import { StoreEntities } from './store-entities.ts';

export interface AllowedActionsQuery {
  readonly principal: UidInput;
  readonly resource: UidInput;
  /** Unknown if it is left out: then an action is allowed if it is so in every context. */
  readonly context?: object | undefined;
}

export interface AllowedResourcesQuery {
  readonly principal: UidInput;
  readonly action: UidInput;
  /** The type of the resources. */
  readonly resource: TypeInput;
  readonly context?: object | undefined;
}

export interface AllowedPrincipalsQuery {
  /** The type of the principals. */
  readonly principal: TypeInput;
  readonly action: UidInput;
  readonly resource: UidInput;
  readonly context?: object | undefined;
}

/** An action that is not denied for certain. */
export interface AllowedAction {
  readonly action: EntityUid;
  /** `undefined` if it depends on the context, which is unknown. */
  readonly decision: Decision | undefined;
  /** The policies that determine the decision. */
  readonly determiningPolicies: readonly string[] | undefined;
}

/** An entity for which the request is allowed, and why. */
export interface AllowedEntity {
  readonly uid: EntityUid;
  readonly response: Response;
}

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

/** A store of the schema; another one is read again, so that what is said of types holds for its entities. */
export function storeOf(entities: EntitiesInput, schema: Schema): EntityStore {
  requireEntities(entities);
  if (!(entities instanceof EntityStore)) return EntityStore.from(entities, { schema });
  return entities.schema === schema ? entities : EntityStore.of(entities, { schema });
}

/** Throws `ConformanceError` for types that are not declared, and for ids that an enumerated type does not have. */
export function requireTypes(
  {
    principal,
    resource,
  }: { readonly principal: ReturnType<typeof partialUid>; readonly resource: ReturnType<typeof partialUid> },
  schema: Schema,
): void {
  const [first] = schema.actions.values();
  if (first === undefined) return;
  const wrong = checkRequestType({ principal, action: first.uid, resource, context: undefined }, schema);
  if (wrong !== undefined && ABOUT_TYPES.has(wrong.code)) throw new ConformanceError(wrong);
}

const ABOUT_TYPES: ReadonlySet<string> = new Set([
  'undeclaredPrincipalType',
  'undeclaredResourceType',
  'invalidEnumEntity',
]);

export function contextFor(context: object | undefined, schema: Schema): ContextFor {
  return ({ uid }) => {
    if (context === undefined) return undefined;
    const read = contextIfFits(context, uid, schema);
    return read === undefined || checkContext(read, uid, schema) !== undefined ? 'unfit' : read;
  };
}

/** The bare id of an action, where the schema has actions of one type only; else its uid as text. */
export function actionName(action: EntityUid, schema: Schema): string {
  return schema.actionTypes.size === 1 ? action.id : `${action}`;
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

/** The reasons are found when they are asked for. */
export class LazyAnswer implements AllowedEntity {
  readonly uid: EntityUid;
  readonly #answer: () => Response;

  constructor(uid: EntityUid, answer: () => Response) {
    this.uid = uid;
    this.#answer = answer;
  }

  get response(): Response {
    return this.#answer();
  }
}

/** The entities of the type that have an entry in the store. */
export function* candidates(input: TypeInput, open: OpenPart, store: EntityStore): IterableIterator<UidInput> {
  const handles = store.handles.ofType(typeFromInput(input, open));
  if (handles === undefined) return;
  for (const handle of handles.values()) if (handle.entity !== undefined) yield handle;
}
