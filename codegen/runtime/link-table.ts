/**
 * Link table — the links of one template, in columns: there may be millions, so that a link is a row only while a request looks at it.
 */
import { NO_SLOT } from './chains.ts';
import type { Node } from './node.ts';
import type { Row } from './row.ts';
import type { Site } from './site.ts';
import { keyOf, Table, type TableBound, type TableKeys, type TableRow } from './table.ts';

/** What all links of a template have of it. */
export type LinkTemplate = Pick<Row, 'effect' | 'sites'>;

export class LinkTable extends Table {
  readonly template: LinkTemplate;
  /** By slot. */
  readonly #ids: string[] = [''];
  readonly #orders: number[] = [0];

  constructor(principal: TableBound, resource: TableBound, keys: TableKeys, template: LinkTemplate) {
    super(principal, resource, keys);
    this.template = template;
  }

  add(id: string, order: number, principal: Node | undefined, resource: Node | undefined): void {
    const slot = this.chains.add(this.keys.give(principal), this.keys.give(resource));
    this.#ids[slot] = id;
    this.#orders[slot] = order;
  }

  /** The link of that id among those that demand this. */
  remove(id: string, principal: Node | undefined, resource: Node | undefined): void {
    const [p, r] = [keyOf(principal), keyOf(resource)];
    let slot = this.chains.first(p, r);
    while (slot !== NO_SLOT && this.#ids[slot] !== id) slot = this.chains.next(slot);
    if (slot === NO_SLOT) return;
    this.chains.remove(p, r, slot);
    this.#ids[slot] = '';
  }

  idIn(slot: number): string {
    return this.#ids[slot]!;
  }

  protected override rowIn(slot: number, principal: Node | undefined, resource: Node | undefined): TableRow {
    return new LinkRow(this, slot, this.#orders[slot]!, principal, resource);
  }
}

/** INVARIANT: once its link is gone it is asked for nothing, since no outcome with it is met again: another may have its slot. */
class LinkRow implements TableRow {
  readonly slot: number;
  readonly order: number;
  readonly principal: Node | undefined;
  readonly resource: Node | undefined;
  readonly #table: LinkTable;

  constructor(table: LinkTable, slot: number, order: number, principal: Node | undefined, resource: Node | undefined) {
    this.#table = table;
    this.slot = slot;
    this.order = order;
    this.principal = principal;
    this.resource = resource;
  }

  get id(): string {
    return this.#table.idIn(this.slot);
  }

  /** The link has it as long as the table knows it, and no link after it. */
  get key(): number {
    return this.order;
  }

  get effect(): Row['effect'] {
    return this.#table.template.effect;
  }

  /** Slots stand in scopes only, so that they are what the row demands. */
  get holes(): Row['holes'] {
    return NO_HOLES;
  }

  sites(): readonly Site[] {
    return this.#table.template.sites();
  }
}

const NO_HOLES: Row['holes'] = [];
