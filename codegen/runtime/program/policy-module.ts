/**
 * Policy module — the shape of a module that was compiled ahead of time: its programs as code, all else as data.
 *
 * Policies with one action constraint are an action group. The program has a pair of functions for each set of groups that an action is likely to meet,
 * and one for all policies, which tests the action itself, where other sets are possible. Technique: partial evaluation of action scopes, as plans do it.
 */
import type { NodeClass } from '../graph/graph.ts';
import type { AccessDepth } from '../graph/request-graph.ts';
import type { IndexBound } from '../index/index-keys.ts';
import type { LinkIndex } from '../index/link-index.ts';
import type { ErrorSite } from './error-site.ts';
import type { Dispatcher, DispatcherFactory, Loaded } from './loaded.ts';

export interface ModuleRow {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  /** By number; those that the program may note. */
  readonly errorSites: Readonly<Record<number, ErrorSite>>;
  /** As they were written; none if there are none. */
  readonly annotations?: readonly (readonly [name: string, value: string])[] | undefined;
}

export type ModuleUid = readonly [type: string, id: string];

export interface ModuleIndex extends Omit<ModuleRow, 'id'> {
  readonly principal: IndexBound;
  readonly resource: IndexBound;
  /** The links: what each demands. */
  readonly rows: readonly {
    readonly id: string;
    /** Its place among the links of all indexes; if there is none, they stand as they follow one another here. */
    readonly order?: number;
    readonly principal: ModuleUid | null;
    readonly resource: ModuleUid | null;
  }[];
}

/** What an action group demands: to be one of the uids, or, of `in`, to be below one. */
export type ModuleGroup = readonly ['any'] | readonly ['eq' | 'in', ...ModuleUid[]];

/** A case of the dispatcher, numbered from 1 on. */
export interface ModuleCase {
  /** The number of its set of groups. */
  readonly set: number;
  /** The actions whose requests fit the schema as its code tests it; all of the set, if the module has no schema. */
  readonly actions?: readonly ModuleUid[] | undefined;
}

/** The functions of a dispatcher, and those of each set of groups; those of all policies are last, if sets may be met that have none. */
export interface ModuleProgram<Request> extends Dispatcher<Request> {
  readonly fulls: readonly Loaded['full'][];
  readonly decides: readonly Loaded['decide'][];
}

/** What an ahead-of-time module holds. */
export interface PolicyModule {
  /** The version that compiled it. */
  readonly cedarmill: string;
  /** What it and the runtime know of each other (version.ts). */
  readonly abi: number;
  readonly node: NodeClass['class'];
  readonly fields: NodeClass['fields'];
  /** Attributes of the context that some policy reads; `null` when one takes the context as a whole. */
  readonly contextAttributes: readonly string[] | null;
  /** The schema by which requests and entities are read and checked, as data (src/schema/schema-data.ts); none if the module was compiled without. */
  readonly schema?: object | undefined;
  /** How far from a request's entities the policies look. */
  readonly accessDepth: AccessDepth;
  readonly rows: readonly ModuleRow[];
  readonly indexes: readonly ModuleIndex[];
  /** What makes the indexes. Modules without links do not bring it, so bundles of them have no index. */
  readonly linkIndex?: typeof LinkIndex | undefined;
  readonly groups: readonly ModuleGroup[];
  /** Sets of groups, by their numbers, in order. */
  readonly sets: readonly (readonly number[])[];
  readonly cases: readonly ModuleCase[];
  readonly program: <Request>(...given: Parameters<DispatcherFactory>) => ModuleProgram<Request>;
}
