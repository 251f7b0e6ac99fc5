/**
 * Link index — the links of one template, in columns. There may be millions, so a link becomes an object only on demand.
 */

import type { Node } from '../graph/node.ts';
import type { IndexBound, IndexKeys } from './index-keys.ts';
import { NO_ROW } from './int-pair-multimap.ts';
import type { Row } from './row.ts';
import { ScopeIndex } from './scope-index.ts';

/** What all links of a template have of it. */
export type LinkTemplate = Pick<Row, 'effect' | 'errorSites'>;

export class LinkIndex extends ScopeIndex {
  readonly template: LinkTemplate;
  /** By row id. */
  readonly #ids: string[] = [''];
  readonly #orders: number[] = [0];

  constructor(principal: IndexBound, resource: IndexBound, keys: IndexKeys, template: LinkTemplate) {
    super(principal, resource, keys);
    this.template = template;
  }

  /** No other link has that order, ever. */
  add(id: string, order: number, principal: Node | undefined, resource: Node | undefined): void {
    const rowId = this.put(principal, resource);
    this.#ids[rowId] = id;
    this.#orders[rowId] = order;
  }

  /** The link of that id among those that demand this. */
  remove(id: string, principal: Node | undefined, resource: Node | undefined): void {
    let rowId = this.firstThatDemands(principal, resource);
    while (rowId !== NO_ROW && this.#ids[rowId] !== id) rowId = this.after(rowId);
    if (rowId === NO_ROW) return;
    this.drop(principal, resource, rowId);
    this.#ids[rowId] = '';
  }

  orderOf(rowId: number): number {
    return this.#orders[rowId]!;
  }

  idOf(rowId: number): string {
    return this.#ids[rowId]!;
  }

  row(rowId: number): Row {
    return new LinkRow(this, rowId);
  }
}

/** INVARIANT: nothing asks it once its link is gone, since no satisfied set with it is met again. Another link may have its row id. */
class LinkRow implements Row {
  readonly order: number;
  readonly #index: LinkIndex;
  readonly #rowId: number;

  constructor(index: LinkIndex, rowId: number) {
    this.order = index.orderOf(rowId);
    this.#index = index;
    this.#rowId = rowId;
  }

  get id(): string {
    return this.#index.idOf(this.#rowId);
  }

  get effect(): Row['effect'] {
    return this.#index.template.effect;
  }

  /** Template slots stand in scopes only, so the index finds a link by what fills them. */
  get params(): Row['params'] {
    return [];
  }

  errorSites(): ReturnType<Row['errorSites']> {
    return this.#index.template.errorSites();
  }
}
