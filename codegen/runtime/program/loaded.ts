/**
 * Loaded — the functions of a program.
 */

import type { Response } from '../../../src/value/response.ts';
import type { CallReader } from '../graph/call-reader.ts';
import type { ContextNode } from '../graph/context-node.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { OwnObjectReader } from '../graph/own-object-reader.ts';
import type { PartitionedColumns } from '../index/columns.ts';
import type { LinkIndex } from '../index/link-index.ts';
import type { PolicyIndex } from '../index/policy-index.ts';
import type { Row } from '../index/row.ts';
import type { ProgramCache } from '../store/store.ts';
import type { ErrorLog } from './error-log.ts';
import type { SatisfiedSet } from './satisfied-set.ts';

/** What emitted code gives back when it is loaded. */
export interface Loaded {
  readonly full: (
    principal: Node,
    action: Node,
    resource: Node,
    context: Node,
    errorLog: ErrorLog,
    satisfied: SatisfiedSet,
  ) => SatisfiedSet;
  readonly decide: (principal: Node, action: Node, resource: Node, context: Node) => boolean;
}

/** Policies of one skeleton. */
export type SkeletonIndex = PolicyIndex | PartitionedColumns;

/** Rows of one function. */
export type AnyIndex = SkeletonIndex | LinkIndex;

export type Factory = (runtime: object, rows: readonly Row[], indexes: readonly AnyIndex[]) => Loaded;

/** The functions of a dispatcher; see emit/program.ts. They give `undefined` for what they leave to others. */
export interface Dispatcher<Request> {
  readonly full: (...request: Parameters<Loaded['full']>) => SatisfiedSet | undefined;
  readonly decide: (...request: Parameters<Loaded['decide']>) => boolean | undefined;
  readonly isAllowed: (request: Request) => boolean | undefined;
  readonly isAuthorized: (request: Request) => Response | undefined;
  /** They decide requests that bring their entities; none if emitted code does not read these. */
  readonly isAllowedInCall?: (request: Request, reader: CallReader, list: readonly unknown[]) => boolean | undefined;
  readonly isAuthorizedInCall?: (
    request: Request,
    reader: CallReader,
    list: readonly unknown[],
  ) => Response | undefined;
}

export type DispatcherFactory = <Request>(
  runtime: object,
  rows: readonly Row[],
  indexes: readonly AnyIndex[],
  graph: Graph,
  named: Graph['named'],
  emptyContext: Node,
  contexts: ContextNode,
  cache: ProgramCache,
  plans: Loaded,
  errorLog: ErrorLog,
  start: SatisfiedSet,
  ownObjects: OwnObjectReader,
) => Dispatcher<Request>;
