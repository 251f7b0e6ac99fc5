/**
 * Typed input — requests, entities and answers as a schema types them. Types only: nothing of this file is there at run time.
 *
 * `cedarmill types` and `cedarmill build` write the interfaces that these take, `Actions`, `Entities` and `Policies` (src/schema-types). Without them
 * everything is as untyped JavaScript gives it.
 *
 * Technique: generic by action, with one level of indexed access, so that an error stands at the member that is wrong, and 800 actions check fast.
 */
import type { EntityHandle, PolicyModule, PreparedContext } from '../../codegen/index.ts';
import type { Schema } from '../schema/schema.ts';
import type { EntityEntry } from '../value/entity-entry.ts';
import type { Response } from '../value/response.ts';
import type { EntitiesInput } from './entities-input.ts';
import type { EntityInput, EntityStore } from './entity-store.ts';
import type { RequestInput } from './input/request-input.ts';
import type { TypeInput } from './input/type-input.ts';
import type { UidInput } from './input/uid-input.ts';
import type { AllowedActionsQuery, AllowedPrincipalsQuery, AllowedResourcesQuery } from './permission-query.ts';
import type { BindFilterQuery, PrepareFilterQuery } from './prepared-filter.ts';
import type { SpecializeQuery } from './specialize.ts';

/** What a schema says of one action: the names of the types that it applies to, and its context. */
export interface ActionTypes {
  readonly principal: string;
  readonly resource: string;
  readonly context: object;
}

/** What a schema says of one entity type. */
export interface EntityTypes {
  readonly id: string;
  readonly attrs: object;
  /** The names of the types that its entities may be in. */
  readonly parents: string;
  readonly tags: unknown;
}

/** The bound of an interface of actions, which has no index signature. */
export type ActionMap<Actions> = { readonly [A in keyof Actions]: ActionTypes };
export type EntityMap<Entities> = { readonly [T in keyof Entities]: EntityTypes };

/** No schema: any action. Every interface of actions extends it, so a typed engine stands wherever an untyped one does. */
export type AnyActions = object;

/** No schema: any entity type. */
export type AnyEntities = object;

/** The policies are not known: any id. */
export type AnyPolicies = object;

/** The names that an interface declares; of one without members any text. */
export type NameOf<Map> = [keyof Map] extends [never] ? string : keyof Map & string;

/**
 * An entity uid of a type, as text or as an object.
 *
 *     const alice: Uid<'User'> = 'User::"alice"';
 */
export type Uid<Type extends string, Id extends string = string> =
  | `${Type}::"${Id}"`
  | { readonly type: Type; readonly id: Id }
  | { readonly __entity: { readonly type: Type; readonly id: Id } };

/** A uid of one of these types. */
export type UidOf<Entities extends EntityMap<Entities>, Type extends string> = [keyof Entities] extends [never]
  ? UidInput
  : { [T in Type & keyof Entities & string]: Uid<T, Entities[T]['id']> }[Type & keyof Entities & string];

/** The text of an extension value, or the call that makes it. */
export type ExtensionInput<Function extends string = string> =
  | string
  | {
      readonly __extn: {
        readonly fn: Function;
        readonly arg?: unknown;
        readonly args?: readonly unknown[];
      };
    };

/** A `Date` is exact: both count whole milliseconds. */
export type DatetimeInput = ExtensionInput | Date;

/** A set, as a list or as a `Set`. */
export type SetInput<Element> = readonly Element[] | ReadonlySet<Element>;

/** The names of the actions: ids, or whole uids where the schema has several types of actions. */
export type ActionOf<Actions> = NameOf<Actions>;

/** A context may be left out if no attribute of it is required. */
type ContextMember<Context extends object> =
  Record<never, never> extends Context
    ? { readonly context?: Context | PreparedContext<Context> | undefined }
    : { readonly context: Context | PreparedContext<Context> };

/** A request for an action. */
export type RequestOf<
  Actions extends ActionMap<Actions>,
  Entities extends EntityMap<Entities>,
  A extends NameOf<Actions> = NameOf<Actions>,
> = [keyof Actions] extends [never]
  ? RequestInput
  : {
      readonly action: A;
      readonly principal: UidOf<Entities, Actions[A & keyof Actions]['principal']>;
      readonly resource: UidOf<Entities, Actions[A & keyof Actions]['resource']>;
    } & ContextMember<Actions[A & keyof Actions]['context']>;

/** A request without its resource. */
export type SpecializeQueryOf<
  Actions extends ActionMap<Actions>,
  Entities extends EntityMap<Entities>,
  A extends NameOf<Actions>,
> = [keyof Actions] extends [never]
  ? SpecializeQuery
  : {
      readonly action: A;
      readonly principal: UidOf<Entities, Actions[A & keyof Actions]['principal']>;
    } & ContextMember<Actions[A & keyof Actions]['context']>;

/** The name of a type of entities, as text or as an object. */
export type TypeOf<Type extends string> = Type | { readonly type: Type; readonly id?: undefined };

export type AllowedResourcesQueryOf<
  Actions extends ActionMap<Actions>,
  Entities extends EntityMap<Entities>,
  A extends NameOf<Actions>,
> = [keyof Actions] extends [never]
  ? AllowedResourcesQuery
  : {
      readonly action: A;
      readonly principal: UidOf<Entities, Actions[A & keyof Actions]['principal']>;
      readonly resource: TypeOf<Actions[A & keyof Actions]['resource']>;
    } & ContextMember<Actions[A & keyof Actions]['context']>;

export type PrepareFilterQueryOf<Actions extends ActionMap<Actions>, A extends NameOf<Actions>> = [
  keyof Actions,
] extends [never]
  ? PrepareFilterQuery
  : {
      readonly action: A;
      readonly principal: TypeOf<Actions[A & keyof Actions]['principal']>;
      readonly resource: TypeOf<Actions[A & keyof Actions]['resource']>;
    };

export type BindFilterQueryOf<
  Actions extends ActionMap<Actions>,
  Entities extends EntityMap<Entities>,
  A extends NameOf<Actions>,
> = [keyof Actions] extends [never]
  ? BindFilterQuery
  : {
      readonly principal: UidOf<Entities, Actions[A & keyof Actions]['principal']>;
    } & ContextMember<Actions[A & keyof Actions]['context']>;

export type AllowedPrincipalsQueryOf<
  Actions extends ActionMap<Actions>,
  Entities extends EntityMap<Entities>,
  A extends NameOf<Actions>,
> = [keyof Actions] extends [never]
  ? AllowedPrincipalsQuery
  : {
      readonly action: A;
      readonly principal: TypeOf<Actions[A & keyof Actions]['principal']>;
      readonly resource: UidOf<Entities, Actions[A & keyof Actions]['resource']>;
    } & ContextMember<Actions[A & keyof Actions]['context']>;

export type AllowedActionsQueryOf<Actions extends ActionMap<Actions>, Entities extends EntityMap<Entities>> = [
  keyof Actions,
] extends [never]
  ? AllowedActionsQuery
  : {
      readonly principal: UidOf<Entities, Actions[keyof Actions]['principal']>;
      readonly resource: UidOf<Entities, Actions[keyof Actions]['resource']>;
      readonly context?: object | undefined;
    };

/** An action, as `needs` takes it. */
export type ActionInputOf<Actions> = [keyof Actions] extends [never] ? UidInput : ActionOf<Actions>;

/** The context of an action. */
export type ContextOf<Actions extends ActionMap<Actions>, A extends ActionInputOf<Actions>> = [keyof Actions] extends [
  never,
]
  ? object
  : A extends ActionOf<Actions>
    ? Actions[A & keyof Actions]['context']
    : never;

export type ResourceTypeOf<Actions extends ActionMap<Actions>, A extends ActionInputOf<Actions>> = [
  keyof Actions,
] extends [never]
  ? TypeInput
  : A extends ActionOf<Actions>
    ? TypeOf<Actions[A & keyof Actions]['resource']>
    : never;

/** An entity of a type. */
export interface EntityOf<Entities extends EntityMap<Entities>, T extends NameOf<Entities>> {
  readonly uid: Uid<T, Entities[T & keyof Entities]['id']>;
  readonly attrs: Entities[T & keyof Entities]['attrs'];
  readonly parents: readonly UidOf<Entities, Entities[T & keyof Entities]['parents']>[];
  readonly tags?: Readonly<Record<string, Entities[T & keyof Entities]['tags']>> | undefined;
}

/** An entity of any of the types, or one that a store gave out. */
export type EntityInputOf<Entities extends EntityMap<Entities>> = [keyof Entities] extends [never]
  ? EntityInput
  : { [T in keyof Entities & string]: EntityOf<Entities, T> }[keyof Entities & string] | EntityEntry;

/** The data of a request. */
export type EntitiesInputOf<Entities extends EntityMap<Entities>> = [keyof Entities] extends [never]
  ? EntitiesInput
  : EntityStore<Entities> | EntityStore | readonly EntityInputOf<Entities>[];

/** One entity as a store takes it, generic by its type. */
export type UpsertOf<Entities extends EntityMap<Entities>, T extends NameOf<Entities>> = [keyof Entities] extends [
  never,
]
  ? EntityInput
  : EntityOf<Entities, T> | EntityEntry;

/** A handle that knows its type, and so may stand in typed requests. */
export type HandleOf<Entities, T extends string> = [keyof Entities] extends [never]
  ? EntityHandle
  : EntityHandle & { readonly type: T };

/** An answer that names the policies which are known. */
export type ResponseOf<Policies> = [keyof Policies] extends [never]
  ? Response
  : Omit<Response, 'determiningPolicies'> & { readonly determiningPolicies: readonly (keyof Policies & string)[] };

/** The annotations of a policy. */
export type AnnotationsOf<Policies, Id extends string> = [keyof Policies] extends [never]
  ? Readonly<Record<string, string>>
  : Id extends keyof Policies
    ? Policies[Id]
    : never;

declare const TYPES: unique symbol;

/** A compiled module whose types are known. */
export interface TypedModule<Actions = object, Entities = object, Policies = object> extends PolicyModule {
  /** There for the compiler only. */
  readonly [TYPES]?: readonly [Actions, Entities, Policies];
}

/** A schema whose types are known: that of a built module. */
export interface TypedSchema<Actions, Entities> extends Schema {
  /** There for the compiler only. */
  readonly [TYPES]?: readonly [Actions, Entities];
}
