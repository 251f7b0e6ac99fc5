/**
 * Side — the rows of a table, found by one of the two entities that they demand alone.
 *
 *     before  for each entity that the other is below: a look-up of the pair
 *     after   for each row of the one, if they are few: is the other below what the row demands?
 *
 * To ask a row costs about as much as to look up a pair.
 *
 * Sound: rows that demand the one are all in its chain, and what they demand of the other is asked of each.
 */
import { longer } from '../../src/value/column.ts';
import { Chains, NO_SLOT } from './chains.ts';
import { inEntity, type Node } from './node.ts';
import { NO_KEY, type TableKeys } from './table-keys.ts';

/** INVARIANT: its slots are those of the table, for they come and go in the same order. */
export class Side extends Chains {
  readonly #keys: TableKeys;
  /** By slot: the number of what the row demands of the other entity. */
  #others = new Int32Array(8);

  constructor(keys: TableKeys) {
    super();
    this.#keys = keys;
  }

  put(one: number, other: number): void {
    const slot = this.take(one, NO_KEY);
    if (slot >= this.#others.length) this.#others = longer(this.#others);
    this.#others[slot] = other;
  }

  drop(one: number, slot: number): void {
    this.leave(one, NO_KEY, slot);
  }

  /** The first of the rows that demand `one`. */
  first(one: number): number {
    return this.firstOf(one, NO_KEY);
  }

  /** `left` less the number of rows from `first` on; less than zero where they are more. */
  countDown(left: number, first: number): number {
    let rest = left;
    for (let slot = first; slot !== NO_SLOT && rest >= 0; slot = this.after(slot)) rest--;
    return rest;
  }

  /** The next row after that in `slot` where the other entity meets what is demanded of it. */
  nextMetBy(other: Node, slot: number): number {
    return this.metBy(other, this.after(slot));
  }

  /** The same, from `slot` itself on. */
  metBy(other: Node, slot: number): number {
    let met = slot;
    while (met !== NO_SLOT && !inEntity(other, this.#keys.nodeOf(this.#others[met]!))) met = this.after(met);
    return met;
  }
}
