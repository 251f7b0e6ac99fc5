/**
 * Permission query — what queries are asked with and answered with, whoever answers them.
 *
 * Nothing here evaluates in part: modules that were built ahead of time answer queries too, and load this file but not `queries.ts`.
 *
 * Spec:  RFC 95 (permission queries)
 */
import type { partialUid } from '../partial/partial-request.ts';
import type { ContextFor } from '../partial/query.ts';
import type { Schema } from '../schema/schema.ts';
import { checkContext, checkRequestType } from '../validator/conformance/conformance.ts';
import { ConformanceError } from '../validator/conformance/conformance-error.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { Decision, Response } from '../value/response.ts';
import { type EntitiesInput, requireEntities } from './entities-input.ts';
import { EntityStore } from './entity-store.ts';
import { contextIfFits } from './input/request-input.ts';
import { type TypeInput, typeFromInput } from './input/type-input.ts';
import type { UidInput } from './input/uid-input.ts';
import type { OpenPart } from './query-context.ts';

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
