/**
 * Operation — one thing that an application does to policy sets, stores, lists and engines, as plain data.
 *
 * All data stand in the operation, and objects are named by numbers, so that any part of a sequence is a sequence too: shrinking needs that. An
 * operation on something that was never made has no effect.
 */

/** `Type::id`, both without characters that need an escape. */
export type Name = string;

/** Values as an application writes them: JSON, with entities as `{ __entity }`. */
export type Json = boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export type Members = Readonly<Record<string, Json>>;

/** `parents` without those of the schema's actions; `nested` adds an attribute of records in records, this many levels deep. */
export interface EntitySpec {
  readonly uid: Name;
  readonly attrs: Members;
  readonly parents: readonly Name[];
  readonly tags?: Members;
  readonly nested?: { readonly name: string; readonly levels: number };
}

/** In which form a uid is handed in. A handle is one of that store; what is like one has the members of another entity's. */
export type Form =
  | 'text'
  | 'escaped'
  | 'object'
  | 'wrapped'
  | 'entity'
  | { readonly handleOf: number; readonly like?: Name };

/** What stands where a uid should. */
export type WrongUid = 'number' | 'empty' | 'unclosed' | 'null';

export interface UidSpec {
  readonly name: Name;
  readonly form: Form;
  readonly wrong?: WrongUid;
}

/** What a getter does before it gives the value. */
export type Trap = { readonly does: 'throw' } | { readonly does: 'run'; readonly run: readonly Operation[] };

export interface RequestSpec {
  readonly principal: UidSpec;
  readonly action: UidSpec;
  readonly resource: UidSpec;
  readonly context?: Members;
  /** The context is prepared once, and stands in all requests that have an equal one. */
  readonly prepared?: true;
  /** The context's first member is behind a getter, or the id of the principal or resource. */
  readonly trap?: Trap;
  readonly trapAt?: 'principal' | 'resource';
}

export type Data =
  | { readonly store: number }
  | { readonly list: number; readonly trap?: TrapInList }
  | { readonly nothing: 'undefined' | 'null' | 'object' };

/** What is behind a getter: a member of an entity, the id of its uid, its first value, or the id of its first parent. */
export type Member = 'uid' | 'id' | 'attrs' | 'value' | 'parents' | 'parent';

export interface TrapInEntity {
  readonly member: Member;
  readonly trap: Trap;
}

export interface TrapInList extends TrapInEntity {
  readonly at: number;
}

export type Question = 'isAllowed' | 'isAuthorized' | 'both';

/** How a list is changed in place. */
export type ListChange =
  | { readonly does: 'push'; readonly entity: EntitySpec }
  | { readonly does: 'put'; readonly at: number; readonly entity: EntitySpec }
  | { readonly does: 'drop'; readonly at: number }
  | { readonly does: 'attribute'; readonly at: number; readonly name: string; readonly value: Json | undefined }
  | { readonly does: 'parents'; readonly at: number; readonly parents: readonly Name[] }
  | { readonly does: 'rename'; readonly at: number; readonly uid: Name };

export interface PolicySpec {
  readonly id: string;
  readonly text: string;
}

/** What fills the slots of a link. */
export interface SlotSpec {
  readonly principal?: UidSpec;
  readonly resource?: UidSpec;
}

export type EngineMode = 'compile' | 'interpret' | 'module';

export interface EngineOptions {
  readonly warmUp?: number;
  readonly indexFrom?: number;
  readonly partitionFrom?: number;
  readonly slice?: boolean;
  readonly optimize?: boolean;
}

export type Operation =
  | { readonly kind: 'makeSet'; readonly set: number; readonly policies: readonly PolicySpec[] }
  | { readonly kind: 'add' | 'addTemplate'; readonly set: number; readonly policy: PolicySpec }
  | { readonly kind: 'remove' | 'removeTemplate' | 'unlink'; readonly set: number; readonly id: string }
  | {
      readonly kind: 'link';
      readonly set: number;
      readonly id: string;
      readonly templateId: string;
      readonly slots: SlotSpec;
    }
  /** By way of that engine, if it is one of the set. With a trap the policies come from an iterator, which does it before the policy of that place. */
  | {
      readonly kind: 'replace';
      readonly set: number;
      readonly engine: number | undefined;
      readonly policies: readonly PolicySpec[];
      readonly trap?: { readonly at: number; readonly trap: Trap };
    }
  | { readonly kind: 'listen'; readonly set: number; readonly trap: Trap }
  | {
      readonly kind: 'makeStore';
      readonly store: number;
      readonly how: 'new' | 'from' | 'text' | 'of';
      readonly schema: boolean;
      readonly entities: readonly EntitySpec[];
    }
  | {
      readonly kind: 'replaceAll';
      readonly store: number;
      readonly entities: readonly EntitySpec[];
      readonly trap?: TrapInList;
    }
  | { readonly kind: 'upsert'; readonly store: number; readonly entity: EntitySpec; readonly trap?: TrapInEntity }
  | { readonly kind: 'removeEntity'; readonly store: number; readonly uid: UidSpec }
  | { readonly kind: 'handle'; readonly store: number; readonly uid: UidSpec }
  | {
      readonly kind: 'changeGiven';
      readonly store: number;
      readonly uid: Name;
      readonly member: 'attrs' | 'tags' | 'parents';
    }
  | { readonly kind: 'inspect'; readonly what: 'store' | 'set'; readonly number: number }
  | { readonly kind: 'makeList'; readonly list: number; readonly entities: readonly EntitySpec[] }
  | { readonly kind: 'changeList'; readonly list: number; readonly change: ListChange }
  | {
      readonly kind: 'makeEngine';
      readonly engine: number;
      readonly set: number;
      readonly mode: EngineMode;
      readonly schema: boolean;
      readonly options: EngineOptions;
    }
  | { readonly kind: 'release'; readonly engine: number }
  | {
      readonly kind: 'ask';
      readonly engine: number;
      readonly data: Data;
      readonly request: RequestSpec;
      readonly question: Question;
      readonly times: number;
      /** Afterwards the caller writes into the answer. */
      readonly writes?: true;
    }
  /** A request without its resource, which is asked row by row later. */
  | {
      readonly kind: 'specialize';
      readonly query: number;
      readonly engine: number;
      readonly data: Exclude<Data, { readonly nothing: string }>;
      readonly request: RequestSpec;
    }
  | { readonly kind: 'askRow'; readonly query: number; readonly resource: UidSpec; readonly question: Question }
  /** A question beyond one request. */
  | {
      readonly kind: 'query';
      readonly what: 'allowedActions' | 'allowedResources' | 'partial';
      readonly engine: number;
      readonly data: Exclude<Data, { readonly nothing: string }>;
      readonly request: RequestSpec;
    }
  /** `room` frames before the stack ends. */
  | { readonly kind: 'deep'; readonly room: number; readonly run: Operation }
  /** Acts as if the stack had room for only this many nested calls of the library. Has no effect where the library is not instrumented. */
  | { readonly kind: 'shallow'; readonly calls: number; readonly run: Operation };

export type Kind = Operation['kind'];

export type Ask = Extract<Operation, { kind: 'ask' }>;
