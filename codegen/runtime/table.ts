/**
 * Table — rows of one function, found by the principal and resource that they demand.
 *
 *     before  a map of principals, each with a map of resources, each with a list of rows
 *     after   chains of slots, found by the numbers of principal and resource (chains.ts)
 *
 * A row that is not among the candidates of a request has a scope that is not met (see slice/bound.ts). Candidates are looked for one after another, so
 * that who needs one only waits for no others.
 */
import { Chains, NO_SLOT } from './chains.ts';
import type { Node } from './node.ts';

/** How the rows of a table bind principal or resource. */
export type TableBound = 'any' | 'eq' | 'in';

/** What a row demands of the principal and of the resource, where the table binds them. */
export interface Demands {
  readonly principal: Node | undefined;
  readonly resource: Node | undefined;
}

/** Of an entity that no row demands; stands for no demand, too. */
const NO_KEY = 0;

/** Gives numbers to the entities that rows demand, by which all tables of a graph find them. */
export class TableKeys {
  #given = NO_KEY;

  give(node: Node | undefined): number {
    if (node === undefined) return NO_KEY;
    if (node.$key === NO_KEY) node.$key = ++this.#given;
    return node.$key;
  }
}

/** INVARIANT: it gives all rows whose demands are met, and no others; what of a scope the demands say needs no second look. */
export abstract class Table extends Chains {
  protected readonly keys: TableKeys;
  readonly #principal: TableBound;
  readonly #resource: TableBound;
  /** What principal and resource of the present request meet, and which pair of it is to be looked for next. */
  readonly #principals = new Keys();
  readonly #resources = new Keys();
  #p = 0;
  #r = 0;

  constructor(principal: TableBound, resource: TableBound, keys: TableKeys) {
    super();
    this.#principal = principal;
    this.#resource = resource;
    this.keys = keys;
  }

  /** The slot of one of the rows whose demands the request meets. The table looks for those of one request at a time. */
  first(principal: Node, resource: Node): number {
    if (this.#principal === 'in' || this.#resource === 'in') return this.#firstBelow(principal, resource);
    const p = this.#principal === 'any' ? NO_KEY : principal.$key;
    const r = this.#resource === 'any' ? NO_KEY : resource.$key;
    if (p === NO_KEY && this.#principal !== 'any') return NO_SLOT;
    if (r === NO_KEY && this.#resource !== 'any') return NO_SLOT;
    this.#p = this.#principals.length;
    return this.firstOf(p, r);
  }

  /** Another one, after that in `slot`. */
  next(slot: number): number {
    const next = this.after(slot);
    return next === NO_SLOT ? this.#nextPair() : next;
  }

  #firstBelow(principal: Node, resource: Node): number {
    this.#principals.take(this.#principal, principal);
    this.#resources.take(this.#resource, resource);
    this.#p = 0;
    this.#r = 0;
    return this.#nextPair();
  }

  #nextPair(): number {
    const { keys: principals, length } = this.#principals;
    const { keys: resources, length: width } = this.#resources;
    for (; this.#p < length; this.#p++) {
      while (this.#r < width) {
        const slot = this.firstOf(principals[this.#p]!, resources[this.#r++]!);
        if (slot !== NO_SLOT) return slot;
      }
      this.#r = 0;
    }
    return NO_SLOT;
  }
}

/** The numbers of what a principal or resource meets. */
class Keys {
  /** Longer than it is needed for, so that it is not made anew for each request. */
  readonly keys: number[] = [NO_KEY];
  length = 0;

  take(bound: TableBound, entity: Node): void {
    this.length = 0;
    if (bound === 'any') this.#push(NO_KEY);
    else if (entity.$key !== NO_KEY) this.#push(entity.$key);
    if (bound !== 'in') return;
    const ancestors = entity.$ancestors.list;
    for (let i = 0; i < ancestors.length; i++) {
      const { $key } = ancestors[i]!;
      if ($key !== NO_KEY) this.#push($key);
    }
  }

  #push(key: number): void {
    this.keys[this.length++] = key;
  }
}

export function keyOf(demand: Node | undefined): number {
  return demand === undefined ? NO_KEY : demand.$key;
}
