/**
 * Table — rows of one function, found by the principal and resource that they demand.
 *
 * A row that is not among the candidates of a request has a scope that is not met (see slice/bound.ts).
 */
import type { Node } from './node.ts';
import type { Row } from './row.ts';

/** How the rows of a table bind principal or resource. */
export type TableBound = 'any' | 'eq' | 'in';

export interface TableRow extends Row {
  /** What the row demands of the principal and of the resource, where the table binds them. */
  readonly principal: Node | undefined;
  readonly resource: Node | undefined;
}

const NO_ROWS: readonly TableRow[] = [];

export class Table {
  readonly #principal: TableBound;
  readonly #resource: TableBound;
  /** Rows by what they demand: `undefined` stands for no demand. */
  readonly #rows = new Map<Node | undefined, Map<Node | undefined, TableRow[]>>();

  constructor(principal: TableBound, resource: TableBound, rows: Iterable<TableRow>) {
    this.#principal = principal;
    this.#resource = resource;
    for (const row of rows) this.add(row);
  }

  add(row: TableRow): void {
    let byResource = this.#rows.get(row.principal);
    if (byResource === undefined) {
      byResource = new Map();
      this.#rows.set(row.principal, byResource);
    }
    const rows = byResource.get(row.resource);
    if (rows === undefined) byResource.set(row.resource, [row]);
    else rows.push(row);
  }

  remove(row: TableRow): void {
    const byResource = this.#rows.get(row.principal);
    const rows = byResource?.get(row.resource);
    const place = rows?.indexOf(row) ?? -1;
    if (byResource === undefined || rows === undefined || place < 0) return;
    if (rows.length > 1) rows.splice(place, 1);
    else byResource.delete(row.resource);
    if (byResource.size === 0) this.#rows.delete(row.principal);
  }

  /** All rows whose demands the request meets. */
  candidates(principal: Node, resource: Node): readonly TableRow[] {
    const found: (readonly TableRow[])[] = [];
    this.#collect(this.#rows.get(this.#principal === 'any' ? undefined : principal), resource, found);
    if (this.#principal === 'in') {
      for (const ancestor of principal.$ancestors) this.#collect(this.#rows.get(ancestor), resource, found);
    }
    return found.length === 0 ? NO_ROWS : found.length === 1 ? found[0]! : found.flat();
  }

  #collect(
    byResource: ReadonlyMap<Node | undefined, readonly TableRow[]> | undefined,
    resource: Node,
    found: (readonly TableRow[])[],
  ): void {
    if (byResource === undefined) return;
    const rows = byResource.get(this.#resource === 'any' ? undefined : resource);
    if (rows !== undefined) found.push(rows);
    if (this.#resource !== 'in') return;
    for (const ancestor of resource.$ancestors) {
      const below = byResource.get(ancestor);
      if (below !== undefined) found.push(below);
    }
  }
}
