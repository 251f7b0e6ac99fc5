/**
 * Loaded — the functions of a program, and the shape of a module that was compiled ahead of time.
 */

import { EntityUid } from '../../src/value/entity-uid.ts';
import type { Response } from '../../src/value/response.ts';
import { bindingsOf } from './bindings.ts';
import { Graph, type NodeClass } from './graph.ts';
import { LinkTable } from './link-table.ts';
import type { Node } from './node.ts';
import { Outcome } from './outcome.ts';
import type { PolicyTable } from './policy-table.ts';
import type { Row } from './row.ts';
import type { RowLists } from './row-list.ts';
import type { Run } from './run.ts';
import type { Site } from './site.ts';
import type { HandleStore } from './store.ts';
import type { TableBound } from './table.ts';

/** What emitted code gives back when it is loaded. */
export interface Loaded {
  readonly full: (
    principal: Node,
    action: Node,
    resource: Node,
    context: Node,
    run: Run,
    satisfied: Outcome,
  ) => Outcome;
  readonly decide: (principal: Node, action: Node, resource: Node, context: Node) => boolean;
}

/** Policies of one shape. */
export type ShapeTable = PolicyTable | RowLists;

/** Rows of one function. */
export type AnyTable = ShapeTable | LinkTable;

export type Factory = (runtime: object, rows: readonly Row[], tables: readonly AnyTable[]) => Loaded;

/** What answers requests. */
export interface Decider<Request> {
  isAllowed(request: Request): boolean;
  isAuthorized(request: Request): Response;
}

/** The functions of a front; see emit/program.ts. They give `undefined` for what they leave to the plans. */
export interface Front<Request> extends Decider<Request> {
  readonly full: (...request: Parameters<Loaded['full']>) => Outcome | undefined;
  readonly decide: (...request: Parameters<Loaded['decide']>) => boolean | undefined;
}

export type FrontFactory = <Request>(
  runtime: object,
  rows: readonly Row[],
  tables: readonly AnyTable[],
  graph: Graph,
  named: Graph['named'],
  emptyContext: Node,
  plans: Loaded,
  general: Decider<Request>,
  run: Run,
  start: Outcome,
) => Front<Request>;

interface ModuleRow {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  /** By number; those that the program may note. */
  readonly sites: Readonly<Record<number, Site>>;
}

type Uid = readonly [type: string, id: string];

interface ModuleTable extends Omit<ModuleRow, 'id'> {
  readonly principal: TableBound;
  readonly resource: TableBound;
  /** The links: what each demands. */
  readonly rows: readonly {
    readonly id: string;
    readonly principal: Uid | null;
    readonly resource: Uid | null;
  }[];
}

/** What an ahead-of-time module holds. */
export interface PolicyModule {
  /** The version that compiled it. */
  readonly cedarmill: string;
  readonly node: NodeClass['class'];
  readonly fields: NodeClass['fields'];
  /** Attributes of the context that some policy reads; `null` when one takes the context as a whole. */
  readonly contextAttributes: readonly string[] | null;
  readonly rows: readonly ModuleRow[];
  readonly tables: readonly ModuleTable[];
  readonly program: Factory;
}

/** A module together with the entities of one store. */
export class BoundModule {
  readonly graph: Graph;
  readonly start = Outcome.start();
  readonly loaded: Loaded;

  constructor(module: PolicyModule, store: HandleStore) {
    this.graph = new Graph(store, { class: module.node, fields: module.fields });
    const rows = module.rows.map((row, order) => rowOf(row, order));
    let order = rows.length;
    const tables = module.tables.map((table) => {
      const made = this.#table(table, order);
      order += table.rows.length;
      return made;
    });
    this.loaded = module.program(bindingsOf(this.graph), rows, tables);
  }

  /** The orders of the links begin with `first`. */
  #table({ principal, resource, rows, effect, sites }: ModuleTable, first: number): LinkTable {
    const nodeOf = (uid: Uid | null) => (uid === null ? undefined : this.graph.intern(new EntityUid(...uid)));
    const table = new LinkTable(principal, resource, this.graph.tableKeys, { effect, sites: () => sites });
    rows.forEach((row, i) => {
      table.add(row.id, first + i, nodeOf(row.principal), nodeOf(row.resource));
    });
    return table;
  }
}

function rowOf({ id, effect, sites }: ModuleRow, order: number): Row {
  return { id, effect, order, holes: [], sites: () => sites };
}
