/**
 * Link table — the links of one template, in columns: there may be millions, so that a link is a row only where an answer needs one.
 */
import { NO_SLOT } from './chains.ts';
import type { Node } from './node.ts';
import type { Row } from './row.ts';
import { Table, type TableBound } from './table.ts';
import type { TableKeys } from './table-keys.ts';

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

  /** No other link has that order, ever. */
  add(id: string, order: number, principal: Node | undefined, resource: Node | undefined): void {
    const slot = this.put(principal, resource);
    this.#ids[slot] = id;
    this.#orders[slot] = order;
  }

  /** The link of that id among those that demand this. */
  remove(id: string, principal: Node | undefined, resource: Node | undefined): void {
    let slot = this.firstThatDemands(principal, resource);
    while (slot !== NO_SLOT && this.#ids[slot] !== id) slot = this.after(slot);
    if (slot === NO_SLOT) return;
    this.drop(principal, resource, slot);
    this.#ids[slot] = '';
  }

  orderIn(slot: number): number {
    return this.#orders[slot]!;
  }

  idIn(slot: number): string {
    return this.#ids[slot]!;
  }

  row(slot: number): Row {
    return new LinkRow(this, slot);
  }
}

/** INVARIANT: once its link is gone it is asked for nothing, since no outcome with it is met again: another link may have its slot. */
class LinkRow implements Row {
  readonly order: number;
  readonly #table: LinkTable;
  readonly #slot: number;

  constructor(table: LinkTable, slot: number) {
    this.order = table.orderIn(slot);
    this.#table = table;
    this.#slot = slot;
  }

  get id(): string {
    return this.#table.idIn(this.#slot);
  }

  get effect(): Row['effect'] {
    return this.#table.template.effect;
  }

  /** Slots stand in scopes only, so that what fills them is what the table finds the link by. */
  get holes(): Row['holes'] {
    return [];
  }

  sites(): ReturnType<Row['sites']> {
    return this.#table.template.sites();
  }
}
