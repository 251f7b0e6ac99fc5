/**
 * Rows — policies and links as the programs of one store know them, and the tables that find them.
 */
import { EntityUid } from '../src/value/entity-uid.ts';
import type { Prim } from '../src/value/value.ts';
import type { Entry, LinkEntry, TemplateEntry } from './compile.ts';
import type { IrPolicy } from './ir/ir.ts';
import type { Graph } from './runtime/graph.ts';
import type { Node } from './runtime/node.ts';
import type { RuntimeValue } from './runtime/runtime-value.ts';
import type { Site } from './runtime/site.ts';
import { Table, type TableRow } from './runtime/table.ts';
import type { Bound } from './slice/bound.ts';
import { shapeOf } from './slice/shape.ts';

export class PolicyRow implements TableRow {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly order: number;
  readonly holes: readonly RuntimeValue[];
  readonly principal: Node | undefined;
  readonly resource: Node | undefined;
  readonly sites: () => readonly Site[];

  constructor(
    entry: Pick<Entry, 'policy' | 'sites' | 'order'> & { readonly id: string },
    holes: readonly RuntimeValue[],
    principal: Node | undefined,
    resource: Node | undefined,
  ) {
    this.id = entry.id;
    this.effect = entry.policy.effect;
    this.order = entry.order;
    this.holes = holes;
    this.principal = principal;
    this.resource = resource;
    this.sites = entry.sites;
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

  shapeTable(entries: readonly Entry[]): { readonly policy: IrPolicy; readonly table: Table } {
    const rows = entries.map((entry) => {
      const { literals } = shapeOf(entry.policy);
      const holes = literals.map((literal) => this.#prim(literal));
      const named = { ...entry, id: entry.policy.id };
      return new PolicyRow(named, holes, this.#demand(entry.principal), this.#demand(entry.resource));
    });
    const [first] = entries;
    const table = new Table(first!.principal.kind, first!.resource.kind, rows);
    return { policy: shapeOf(first!.policy).policy, table };
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
    return new PolicyRow({ policy: template.policy, sites: template.sites, id: link.id, order }, holes, p, r);
  }

  #prim(value: Prim): RuntimeValue {
    return value instanceof EntityUid ? this.#graph.intern(value) : value;
  }

  #demand(bound: Bound, slot?: EntityUid): Node | undefined {
    if (bound.kind === 'any') return undefined;
    return this.#graph.intern('uid' in bound ? bound.uid : slot!);
  }
}
