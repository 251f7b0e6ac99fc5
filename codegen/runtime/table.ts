/**
 * Table — rows of one function, found by the principal and resource that they demand.
 *
 *     before  a map of principals, each with a map of resources, each with a list of rows
 *     after   chains of slots, found by the numbers of principal and resource (chains.ts)
 *
 * Where a row may demand something above the one or the other, there are many pairs to look for. The rows of one entity are most often few, and then
 * they are gone through instead (side.ts).
 *
 * A row that is not among the candidates of a request has a scope that is not met (see slice/bound.ts). Candidates are looked for one after another, so
 * that who needs one only waits for no others.
 */
import { Chains, NO_SLOT } from './chains.ts';
import type { Node } from './node.ts';
import { Side } from './side.ts';
import { keyOf, NO_KEY, type TableKeys } from './table-keys.ts';

/** How the rows of a table bind principal or resource. */
export type TableBound = 'any' | 'eq' | 'in';

/** What a row demands of the principal and of the resource, where the table binds them. */
export interface Demands {
  readonly principal: Node | undefined;
  readonly resource: Node | undefined;
}

/** From so many ancestors of the far entity on it is asked whether the rows of the near one are few: for fewer, that takes as long as it saves. */
const MANY = 5;

/**
 * Chains are found by what is demanded of the near entity, and then of the far one: those are principal and resource, or the other way round.
 *
 * INVARIANT: it gives all rows whose demands are met, and no others; what of a scope the demands say needs no second look.
 */
export abstract class Table extends Chains {
  readonly #keys: TableKeys;
  /** Whether the resource is the near entity: it is where rows bind it by `==`, and the principal by `in`. */
  readonly #isTurned: boolean;
  readonly #nearBound: TableBound;
  readonly #farBound: TableBound;
  /** Whether no row binds by `in`, so that there is one chain for a request at most. */
  readonly #isPlain: boolean;
  /** The rows by the near entity alone, where many pairs might be looked for. */
  readonly #side: Side | undefined;
  /** What the near and the far entity of the present request meet, and what comes next of it. */
  readonly #nears = new Keys();
  readonly #fars = new Keys();
  #n = 0;
  #f = 0;
  #far: Node | undefined = undefined;
  /** Whether the rows that the near entity meets are gone through, and the first of each that it meets. */
  #isAside = false;
  readonly #firsts: number[] = [];

  constructor(principal: TableBound, resource: TableBound, keys: TableKeys) {
    super();
    this.#isTurned = principal === 'in' && resource === 'eq';
    this.#nearBound = this.#isTurned ? resource : principal;
    this.#farBound = this.#isTurned ? principal : resource;
    this.#isPlain = principal !== 'in' && resource !== 'in';
    this.#side = this.#nearBound !== 'any' && this.#farBound === 'in' ? new Side(keys) : undefined;
    this.#keys = keys;
  }

  /** The slot of one of the rows whose demands the request meets. The table looks for those of one request at a time. */
  first(principal: Node, resource: Node): number {
    if (!this.#isPlain)
      return this.#isTurned ? this.#firstBelow(resource, principal) : this.#firstBelow(principal, resource);
    const p = this.#nearBound === 'any' ? NO_KEY : principal.$key;
    const r = this.#farBound === 'any' ? NO_KEY : resource.$key;
    if (p === NO_KEY && this.#nearBound !== 'any') return NO_SLOT;
    if (r === NO_KEY && this.#farBound !== 'any') return NO_SLOT;
    return this.firstOf(p, r);
  }

  /** Another one, after that in `slot`. */
  next(slot: number): number {
    if (this.#isAside) {
      const next = this.#side!.nextMetBy(this.#far!, slot);
      return next === NO_SLOT ? this.#nextAside() : next;
    }
    const next = this.after(slot);
    return next === NO_SLOT && !this.#isPlain ? this.#nextPair() : next;
  }

  /** A slot for a row that demands this. */
  protected put(principal: Node | undefined, resource: Node | undefined): number {
    const [near, far] = this.#inOrder(this.#keys.give(principal), this.#keys.give(resource));
    this.#side?.put(near, far);
    return this.take(near, far);
  }

  protected drop(principal: Node | undefined, resource: Node | undefined, slot: number): void {
    const [near, far] = this.#inOrder(keyOf(principal), keyOf(resource));
    this.leave(near, far, slot);
    this.#side?.drop(near, slot);
  }

  /** The first slot of the rows that demand exactly this. */
  protected firstThatDemands(principal: Node | undefined, resource: Node | undefined): number {
    return this.firstOf(...this.#inOrder(keyOf(principal), keyOf(resource)));
  }

  #inOrder<T>(ofPrincipal: T, ofResource: T): [near: T, far: T] {
    return this.#isTurned ? [ofResource, ofPrincipal] : [ofPrincipal, ofResource];
  }

  #firstBelow(near: Node, far: Node): number {
    this.#nears.take(this.#nearBound, near);
    if (this.#nears.length === 0) return NO_SLOT;
    this.#n = 0;
    const { size } = far.$ancestors;
    this.#isAside = size >= MANY && this.#hasFewRows(size);
    if (this.#isAside) {
      this.#far = far;
      return this.#nextAside();
    }
    this.#fars.take(this.#farBound, far);
    this.#f = 0;
    return this.#nextPair();
  }

  /** Whether to go through the rows that the near entity meets takes less than to look up all pairs; `above` are the ancestors of the far one. */
  #hasFewRows(above: number): boolean {
    const side = this.#side;
    if (side === undefined) return false;
    const { keys, length } = this.#nears;
    let left = length * above;
    for (let i = 0; i < length && left >= 0; i++) {
      const first = side.first(keys[i]!);
      this.#firsts[i] = first;
      left = side.countDown(left, first);
    }
    return left >= 0;
  }

  #nextAside(): number {
    const { length } = this.#nears;
    while (this.#n < length) {
      const slot = this.#side!.metBy(this.#far!, this.#firsts[this.#n++]!);
      if (slot !== NO_SLOT) return slot;
    }
    return NO_SLOT;
  }

  #nextPair(): number {
    const { keys: nears, length } = this.#nears;
    const { keys: fars, length: width } = this.#fars;
    for (; this.#n < length; this.#n++) {
      while (this.#f < width) {
        const slot = this.firstOf(nears[this.#n]!, fars[this.#f++]!);
        if (slot !== NO_SLOT) return slot;
      }
      this.#f = 0;
    }
    return NO_SLOT;
  }
}

/** The numbers of what an entity meets. */
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
