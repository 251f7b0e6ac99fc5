/**
 * Rows — policies and links as the programs of one store know them, and the tables that find them.
 */
import type { TemplateLink } from '../src/syntax/policy.ts';
import { EntityUid } from '../src/value/entity-uid.ts';
import type { Prim } from '../src/value/value.ts';
import type { Entry } from './entry.ts';
import type { Graph } from './runtime/graph.ts';
import type { AnyTable } from './runtime/loaded.ts';
import type { Node } from './runtime/node.ts';
import { RowLists } from './runtime/row-list.ts';
import type { RuntimeValue } from './runtime/runtime-value.ts';
import type { Site } from './runtime/site.ts';
import { Table, type TableRow } from './runtime/table.ts';
import type { Bound } from './slice/bound.ts';

export class PolicyRow implements TableRow {
  readonly holes: readonly RuntimeValue[];
  readonly principal: Node | undefined;
  readonly resource: Node | undefined;
  next: TableRow | undefined = undefined;
  readonly #entry: Entry;

  constructor(entry: Entry, holes: readonly RuntimeValue[], principal: Node | undefined, resource: Node | undefined) {
    this.#entry = entry;
    this.holes = holes;
    this.principal = principal;
    this.resource = resource;
  }

  get id(): string {
    return this.#entry.id;
  }

  get order(): number {
    return this.#entry.order;
  }

  get effect(): Entry['effect'] {
    return this.#entry.effect;
  }

  sites(): readonly Site[] {
    return this.#entry.sites();
  }
}

/** Whether its scope leaves principal and resource open, but for their types. */
export function bindsNothing({ principal, resource }: Entry): boolean {
  return principal.kind === 'any' && resource.kind === 'any';
}

/** A link holds nothing that its template or the policy set holds: there may be millions. */
class LinkRow implements TableRow {
  readonly principal: Node | undefined;
  readonly resource: Node | undefined;
  readonly order: number;
  next: TableRow | undefined = undefined;
  readonly #link: TemplateLink;
  readonly #template: Entry;

  constructor(
    link: TemplateLink,
    template: Entry,
    order: number,
    principal: Node | undefined,
    resource: Node | undefined,
  ) {
    this.#link = link;
    this.#template = template;
    this.order = order;
    this.principal = principal;
    this.resource = resource;
  }

  get id(): string {
    return this.#link.id;
  }

  get effect(): Entry['effect'] {
    return this.#template.effect;
  }

  /** Slots stand in scopes only, so that they are what the row demands. */
  get holes(): readonly RuntimeValue[] {
    return [];
  }

  sites(): readonly Site[] {
    return this.#template.sites();
  }
}

/** Links stand behind static policies in policy order. The sum stays below 2^31, so that it costs no memory of its own. */
const FIRST_LINK = 2 ** 30;

export class Rows {
  readonly #graph: Graph;
  readonly #templates = new WeakMap<Entry, Table>();
  #nextLink = FIRST_LINK;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** A policy as itself. */
  looseRow(entry: Entry): PolicyRow {
    return new PolicyRow(entry, [], undefined, undefined);
  }

  /** A policy as one of its shape. */
  shapeRow(entry: Entry): PolicyRow {
    const holes = entry.literals.map((literal) => this.#prim(literal));
    return new PolicyRow(entry, holes, this.#demand(entry.principal), this.#demand(entry.resource));
  }

  /** Nothing in it yet, for policies of the shape of `entry`. */
  shapeTable(entry: Entry): AnyTable {
    const { literals, shape } = entry;
    return bindsNothing(entry) ? new RowLists(literals.length, shape.firstClause?.hole) : this.#table(entry);
  }

  #table({ principal, resource }: Entry): Table {
    return new Table(principal.kind, resource.kind, this.#graph.tableKeys, []);
  }

  /** Made once for each template and kept up to date with its links. */
  ofTemplate(template: Entry): Table {
    let table = this.#templates.get(template);
    if (table === undefined) {
      table = this.#table(template);
      this.#templates.set(template, table);
    }
    return table;
  }

  link(template: Entry, link: TemplateLink): void {
    const { principal, resource } = this.#demandsOf(template, link);
    this.ofTemplate(template).add(new LinkRow(link, template, this.#nextLink++, principal, resource));
  }

  unlink(template: Entry, link: TemplateLink): void {
    const { principal, resource } = this.#demandsOf(template, link);
    const table = this.ofTemplate(template);
    table.remove(table.find(principal, resource, link.id)!);
  }

  #demandsOf({ principal, resource }: Entry, { slotEnv }: TemplateLink): Pick<TableRow, 'principal' | 'resource'> {
    return {
      principal: this.#demand(principal, slotEnv.principal),
      resource: this.#demand(resource, slotEnv.resource),
    };
  }

  #prim(value: Prim): RuntimeValue {
    return value instanceof EntityUid ? this.#graph.intern(value) : value;
  }

  #demand(bound: Bound, slot?: EntityUid): Node | undefined {
    if (bound.kind === 'any') return undefined;
    return this.#graph.intern('uid' in bound ? bound.uid : slot!);
  }
}
