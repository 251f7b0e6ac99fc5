/**
 * Rows — policies and links as the programs of one store know them, and the tables that find them.
 */
import { EntityUid } from '../src/value/entity-uid.ts';
import type { Prim } from '../src/value/value.ts';
import type { Entry, LinkEntry, TemplateEntry } from './entry.ts';
import type { Graph } from './runtime/graph.ts';
import type { Node } from './runtime/node.ts';
import type { RuntimeValue } from './runtime/runtime-value.ts';
import type { Site } from './runtime/site.ts';
import { Table, type TableRow } from './runtime/table.ts';
import type { Bound } from './slice/bound.ts';

export class PolicyRow implements TableRow {
  readonly id: string;
  readonly order: number;
  readonly holes: readonly RuntimeValue[];
  readonly principal: Node | undefined;
  readonly resource: Node | undefined;
  readonly #source: Pick<Entry, 'effect' | 'sites'>;

  constructor(
    source: Pick<Entry, 'effect' | 'sites'>,
    { id, order }: Pick<Entry, 'id' | 'order'>,
    holes: readonly RuntimeValue[],
    principal: Node | undefined,
    resource: Node | undefined,
  ) {
    this.id = id;
    this.order = order;
    this.holes = holes;
    this.principal = principal;
    this.resource = resource;
    this.#source = source;
  }

  get effect(): Entry['effect'] {
    return this.#source.effect;
  }

  sites(): readonly Site[] {
    return this.#source.sites();
  }
}

export interface TemplateTable {
  readonly table: Table;
  readonly rows: Map<string, PolicyRow>;
}

export class Rows {
  readonly #graph: Graph;
  readonly #templates = new WeakMap<TemplateEntry, TemplateTable>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** A policy as itself. */
  looseRow(entry: Entry): PolicyRow {
    return new PolicyRow(entry, entry, [], undefined, undefined);
  }

  /** A policy as one of its shape. */
  shapeRow(entry: Entry): PolicyRow {
    const holes = entry.literals.map((literal) => this.#prim(literal));
    return new PolicyRow(entry, entry, holes, this.#demand(entry.principal), this.#demand(entry.resource));
  }

  /** An empty table for policies of the shape of `entry`. */
  shapeTable({ principal, resource }: Entry): Table {
    return new Table(principal.kind, resource.kind, []);
  }

  /** Made once for each template and kept up to date with its links. */
  ofTemplate(template: TemplateEntry): TemplateTable {
    let known = this.#templates.get(template);
    if (known === undefined) {
      const rows = new Map<string, PolicyRow>();
      for (const entry of template.links.values()) rows.set(entry.link.id, this.linkRow(template, entry));
      const table = new Table(template.principal.kind, template.resource.kind, rows.values());
      known = { table, rows };
      this.#templates.set(template, known);
    }
    return known;
  }

  linkRow(template: TemplateEntry, { link, order }: LinkEntry): PolicyRow {
    const { principal, resource } = link.slotEnv;
    // Holes are numbered as lower.ts numbers slots.
    const holes = [principal, resource].map((uid) => (uid === undefined ? false : this.#graph.intern(uid)));
    const [p, r] = [this.#demand(template.principal, principal), this.#demand(template.resource, resource)];
    return new PolicyRow(template, { id: link.id, order }, holes, p, r);
  }

  #prim(value: Prim): RuntimeValue {
    return value instanceof EntityUid ? this.#graph.intern(value) : value;
  }

  #demand(bound: Bound, slot?: EntityUid): Node | undefined {
    if (bound.kind === 'any') return undefined;
    return this.#graph.intern('uid' in bound ? bound.uid : slot!);
  }
}
