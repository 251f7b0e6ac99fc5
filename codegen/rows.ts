/**
 * Rows — policies and links as the programs of one store know them, and the tables that find them.
 */
import type { SlotEnv, TemplateLink } from '../src/syntax/policy.ts';
import { EntityUid } from '../src/value/entity-uid.ts';
import type { Prim } from '../src/value/value.ts';
import type { CompiledPolicies } from './compile.ts';
import type { Entry } from './entry.ts';
import { NO_SLOT } from './runtime/chains.ts';
import type { Graph } from './runtime/graph.ts';
import { LinkTable } from './runtime/link-table.ts';
import type { ShapeTable } from './runtime/loaded.ts';
import type { Node } from './runtime/node.ts';
import { PolicyTable, type PolicyTableRow } from './runtime/policy-table.ts';
import { RowLists } from './runtime/row-list.ts';
import type { RuntimeValue } from './runtime/runtime-value.ts';
import type { Site } from './runtime/site.ts';
import type { Demands } from './runtime/table.ts';
import type { Bound } from './slice/bound.ts';

export class PolicyRow implements PolicyTableRow {
  readonly holes: readonly RuntimeValue[];
  readonly principal: Node | undefined;
  readonly resource: Node | undefined;
  slot = NO_SLOT;
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

/** Links stand behind static policies in policy order. */
const FIRST_LINK = 2 ** 30;

/** Where the links of a template go, and what it demands itself. */
interface Linked {
  readonly table: LinkTable;
  readonly demands: Demands;
}

export class Rows {
  readonly #graph: Graph;
  readonly #templates = new WeakMap<Entry, LinkTable>();
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
    const { principal, resource } = this.#demandsOf(entry, {});
    return new PolicyRow(entry, holes, principal, resource);
  }

  /** Nothing in it yet, for policies of the shape of `entry`. */
  shapeTable(entry: Entry): ShapeTable {
    const { literals, shape, principal, resource } = entry;
    if (bindsNothing(entry)) return new RowLists(literals.length, shape.firstClause?.hole);
    return new PolicyTable(principal.kind, resource.kind, this.#graph.tableKeys);
  }

  /** Made once for each template and kept up to date with its links. */
  ofTemplate(template: Entry): LinkTable {
    let table = this.#templates.get(template);
    if (table === undefined) {
      const { principal, resource } = template;
      table = new LinkTable(principal.kind, resource.kind, this.#graph.tableKeys, template);
      this.#templates.set(template, table);
    }
    return table;
  }

  /** Looks up each template and each entity once, however many links there are. */
  linkAll({ templates, visitLinks }: Pick<CompiledPolicies, 'templates' | 'visitLinks'>): void {
    const known = new Map<string, Linked>();
    const linkedTo = (id: string) => {
      const template = templates.get(id)!;
      const linked = { table: this.ofTemplate(template), demands: this.#demandsOf(template, {}) };
      known.set(id, linked);
      return linked;
    };
    visitLinks(
      (uid) => this.#graph.demanded(uid),
      (id, templateId, principal, resource) => {
        const { table, demands } = known.get(templateId) ?? linkedTo(templateId);
        table.add(id, this.#nextLink++, principal ?? demands.principal, resource ?? demands.resource);
      },
    );
  }

  link(template: Entry, { id, slotEnv }: TemplateLink): void {
    const { principal, resource } = this.#demandsOf(template, slotEnv);
    this.ofTemplate(template).add(id, this.#nextLink++, principal, resource);
  }

  unlink(template: Entry, { id, slotEnv }: TemplateLink): void {
    const { principal, resource } = this.#demandsOf(template, slotEnv);
    this.ofTemplate(template).remove(id, principal, resource);
  }

  #demandsOf({ principal, resource }: Entry, slots: SlotEnv): Demands {
    return {
      principal: this.#demand(principal, slots.principal),
      resource: this.#demand(resource, slots.resource),
    };
  }

  #prim(value: Prim): RuntimeValue {
    return value instanceof EntityUid ? this.#graph.intern(value) : value;
  }

  /** What fills the slot, if there is one; nothing where a link is still to say it. */
  #demand(bound: Bound, slot?: EntityUid): Node | undefined {
    const uid = 'uid' in bound ? bound.uid : slot;
    return uid && this.#graph.demanded(uid);
  }
}
