// Written by cedarmill. Do not edit: change the policies or their schema, and build again.
/* eslint-disable */
import type { DatetimeInput, ExtensionInput, ModuleEngine, PolicyModule, RequestOf, SetInput, TypedSchema, Uid } from '../../../src/runtime.ts';

/** The entity types, by name. */
export interface Entities {
  readonly 'App::Doc': {
    readonly id: string;
    readonly attrs: {
      readonly at: DatetimeInput;
      readonly 'odd name': string;
      readonly origin: ExtensionInput<'ip'>;
      readonly owner: Uid<'User'>;
      readonly price: ExtensionInput<'decimal'>;
      readonly public: boolean;
      readonly size: number | bigint;
      readonly tagsOf: SetInput<SetInput<string>>;
      readonly ttl?: ExtensionInput | undefined;
      readonly viewers: SetInput<Uid<'User'>>;
    };
    readonly parents: 'App::Folder';
    readonly tags: SetInput<string>;
  };
  readonly 'App::Folder': {
    readonly id: string;
    readonly attrs: Readonly<Record<string, never>>;
    readonly parents: never;
    readonly tags: never;
  };
  /** Somebody who signs in */
  readonly User: {
    readonly id: string;
    readonly attrs: {
      /** In years */
      readonly age?: number | bigint | undefined;
      readonly home?: {
        readonly city: string;
        readonly zip?: string | undefined;
      } | undefined;
      readonly manager?: Uid<'User'> | undefined;
      readonly name: string;
      readonly plan: Uid<'Plan', 'free' | 'pro'>;
    };
    readonly parents: 'Team' | 'User';
    readonly tags: never;
  };
  readonly Team: {
    readonly id: string;
    readonly attrs: Readonly<Record<string, never>>;
    readonly parents: 'Team';
    readonly tags: never;
  };
  /** What a customer pays for */
  readonly Plan: {
    readonly id: 'free' | 'pro';
    readonly attrs: Readonly<Record<string, never>>;
    readonly parents: never;
    readonly tags: never;
  };
}

/** The actions that requests may be for, by the name that requests give them. */
export interface Actions {
  /** Look at a document */
  readonly view: {
    readonly principal: 'User' | 'Team';
    readonly resource: 'App::Doc';
    readonly context: {
      readonly age?: number | bigint | undefined;
      readonly mfa: boolean;
    };
  };
  readonly edit: {
    readonly principal: 'User';
    readonly resource: 'App::Doc' | 'App::Folder';
    readonly context: Readonly<Record<string, never>>;
  };
  readonly 'get /docs': {
    readonly principal: 'User';
    readonly resource: 'App::Folder';
    readonly context: {
      readonly at?: DatetimeInput | undefined;
    };
  };
  readonly subscribe: {
    readonly principal: 'User';
    readonly resource: 'Plan';
    readonly context: Readonly<Record<string, never>>;
  };
}

/** A request for an action. */
export type Request<A extends keyof Actions = keyof Actions> = RequestOf<Actions, Entities, A>;

/** The policies by id, with their annotations. */
export interface Policies {
  readonly owner: { readonly id: 'owner'; readonly reason: 'it is yours' };
  readonly policy1: Readonly<Record<string, never>>;
}

export type PolicyId = keyof Policies;

/** The engine of the policies. */
declare const engine: ModuleEngine<Actions, Entities, Policies>;
export default engine;
/** The compiled policies, for `load` and `engine.replace`. */
export declare const policies: PolicyModule<Actions, Entities, Policies>;
/** The schema, for a store whose entities are checked by it. */
export declare const schema: TypedSchema<Actions, Entities>;
