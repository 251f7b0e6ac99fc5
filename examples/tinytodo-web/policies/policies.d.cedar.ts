// Written by cedarmill. Do not edit: change the policies or their schema, and build again.
/* eslint-disable */
import type { ModuleEngine, PolicyModule, RequestOf, SetInput, TypedSchema, Uid } from 'cedarmill/runtime';

/** The entity types, by name. */
export interface Entities {
  readonly Application: {
    readonly id: string;
    readonly attrs: Readonly<Record<string, never>>;
    readonly parents: never;
    readonly tags: never;
  };
  readonly User: {
    readonly id: string;
    readonly attrs: {
      readonly joblevel: number | bigint;
      readonly location: string;
    };
    readonly parents: 'Team' | 'Application';
    readonly tags: never;
  };
  readonly Team: {
    readonly id: string;
    readonly attrs: Readonly<Record<string, never>>;
    readonly parents: 'Team' | 'Application';
    readonly tags: never;
  };
  readonly List: {
    readonly id: string;
    readonly attrs: {
      readonly archived: boolean;
      readonly editors: Uid<'Team'>;
      readonly name: string;
      readonly owner: Uid<'User'>;
      readonly readers: Uid<'Team'>;
      readonly tasks: SetInput<{
        readonly done: boolean;
        readonly id: number | bigint;
        readonly name: string;
      }>;
    };
    readonly parents: 'Application';
    readonly tags: never;
  };
}

/** The actions that requests may be for, by the name that requests give them. */
export interface Actions {
  readonly CreateList: {
    readonly principal: 'User';
    readonly resource: 'Application';
    readonly context: Readonly<Record<string, never>>;
  };
  readonly GetLists: {
    readonly principal: 'User';
    readonly resource: 'Application';
    readonly context: Readonly<Record<string, never>>;
  };
  readonly GetList: {
    readonly principal: 'User';
    readonly resource: 'List';
    readonly context: Readonly<Record<string, never>>;
  };
  readonly UpdateList: {
    readonly principal: 'User';
    readonly resource: 'List';
    readonly context: Readonly<Record<string, never>>;
  };
  readonly DeleteList: {
    readonly principal: 'User';
    readonly resource: 'List';
    readonly context: Readonly<Record<string, never>>;
  };
  readonly CreateTask: {
    readonly principal: 'User';
    readonly resource: 'List';
    readonly context: Readonly<Record<string, never>>;
  };
  readonly UpdateTask: {
    readonly principal: 'User';
    readonly resource: 'List';
    readonly context: Readonly<Record<string, never>>;
  };
  readonly DeleteTask: {
    readonly principal: 'User';
    readonly resource: 'List';
    readonly context: Readonly<Record<string, never>>;
  };
  readonly EditShare: {
    readonly principal: 'User';
    readonly resource: 'List';
    readonly context: Readonly<Record<string, never>>;
  };
}

/** A request for an action. */
export type Request<A extends keyof Actions = keyof Actions> = RequestOf<Actions, Entities, A>;

/** The policies by id, with their annotations. */
export interface Policies {
  readonly 'anyone-lists': { readonly id: 'anyone-lists'; readonly reason: 'every user may see their own overview and start a list' };
  readonly owner: { readonly id: 'owner'; readonly reason: 'an owner may do anything with what they own' };
  readonly 'read-shared': { readonly id: 'read-shared'; readonly reason: 'readers and editors may look at a list' };
  readonly 'edit-shared': { readonly id: 'edit-shared'; readonly reason: 'editors may change a list and its tasks' };
  readonly 'no-interns': { readonly id: 'no-interns'; readonly reason: 'interns may not start lists' };
  readonly archived: { readonly id: 'archived'; readonly reason: 'an archived list does not change any more, except that its owner may delete it' };
}

export type PolicyId = keyof Policies;

/** The engine of the policies. */
declare const engine: ModuleEngine<Actions, Entities, Policies>;
export default engine;
/** The compiled policies, for `load` and `engine.replace`. */
export declare const policies: PolicyModule<Actions, Entities, Policies>;
/** The schema, for a store whose entities are checked by it. */
export declare const schema: TypedSchema<Actions, Entities>;
