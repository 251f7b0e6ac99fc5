/**
 * Single entity index — a secondary index on one of the two entities that the rows of a scope index demand.
 *
 *     before  for each ancestor of the trailing entity: probe the pair
 *     after   for each row of the leading entity, if they are few: is the trailing entity in what the row demands?
 *
 * Testing a row costs about as much as probing a pair.
 *
 * Sound: all rows that demand the leading entity are in its list, and each is tested for what it demands of the other.
 */
import { longer } from '../../../src/value/column.ts';
import { inEntity, type Node } from '../graph/node.ts';
import { type IndexKeys, NO_INDEX_KEY } from './index-keys.ts';
import { IntPairMultimap, NO_ROW } from './int-pair-multimap.ts';

/** INVARIANT: its row ids are those of the scope index, since rows come and go in the same order. */
export class SingleEntityIndex extends IntPairMultimap {
  readonly #keys: IndexKeys;
  /** By row id: the key of what the row demands of the other entity. */
  #others = new Int32Array(8);

  constructor(keys: IndexKeys) {
    super();
    this.#keys = keys;
  }

  put(one: number, other: number): void {
    const rowId = this.take(one, NO_INDEX_KEY);
    if (rowId >= this.#others.length) this.#others = longer(this.#others);
    this.#others[rowId] = other;
  }

  drop(one: number, rowId: number): void {
    this.leave(one, NO_INDEX_KEY, rowId);
  }

  /** The first of the rows that demand `one`. */
  first(one: number): number {
    return this.firstOf(one, NO_INDEX_KEY);
  }

  /** `left` less the number of rows from `first` on; negative if there are more rows. */
  countDown(left: number, first: number): number {
    let rest = left;
    for (let rowId = first; rowId !== NO_ROW && rest >= 0; rowId = this.after(rowId)) rest--;
    return rest;
  }

  /** The next row after `rowId` whose demand the other entity meets. */
  nextMetBy(other: Node, rowId: number): number {
    return this.metBy(other, this.after(rowId));
  }

  /** The same, from `rowId` itself on. */
  metBy(other: Node, rowId: number): number {
    let met = rowId;
    while (met !== NO_ROW && !inEntity(other, this.#keys.nodeOf(this.#others[met]!))) met = this.after(met);
    return met;
  }
}
