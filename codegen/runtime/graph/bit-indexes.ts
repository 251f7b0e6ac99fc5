/**
 * Bit indexes — the allocator of bit indexes, and which entities have descendants.
 *
 * The bit of an entity is also set in the masks of its descendants. The mask answers most questions about ancestors that are not:
 *
 *     before  b.ancestors.has(a)
 *     after   (b.mask & (1 << a.bit)) !== 0 && b.ancestors.has(a)
 *
 * Technique: one-word Bloom filter. Sound: the mask of an entity holds the bits of all its ancestors, so a missing bit rules all its entities out.
 */

import { bitIndexOf, bitOf, NO_BIT, numberOf, type WithBit, wordOf } from './bit-index.ts';

export class BitIndexes<N extends WithBit = WithBit> {
  /** How many entities have descendants; with a new one, an entity that had none has some. */
  groups = 0;
  /** The nodes that have a bit index, in its order; empty if nodes come and go with each call. */
  readonly nodes: (N | undefined)[] = [];
  readonly #keeps: boolean;
  #given = 0;
  /** The numbers that nodes have given back. */
  readonly #free: number[] = [];
  /** The bits of kept nodes that have descendants, as in a node set. */
  readonly #groupBits: number[] = [];

  constructor(keeps: boolean) {
    this.#keeps = keeps;
  }

  /** Gives the node a bit index, unless it has one. Only nodes that are kept may have one. */
  give(node: N): void {
    if (node.$bit !== NO_BIT) return;
    const number = this.#free.pop() ?? this.#given++;
    if (this.#keeps) this.nodes[number] = node;
    node.$bit = bitIndexOf(number);
  }

  /** Takes back the bit index of a node that is in no set and above no other: another node may get it. */
  free(node: N): void {
    const { $bit } = node;
    if ($bit === NO_BIT) return;
    node.$bit = NO_BIT;
    const word = wordOf($bit);
    if (this.#groupBits[word] !== undefined) this.#groupBits[word] &= ~bitOf($bit);
    const number = numberOf(word, bitOf($bit));
    this.nodes[number] = undefined;
    this.#free.push(number);
  }

  /** The bit of a node that has a descendant. */
  ofGroup(node: N): number {
    if (!this.isGroup(node)) {
      this.give(node);
      if (this.#keeps) this.#addGroup(node.$bit);
      this.groups++;
    }
    return bitOf(node.$bit);
  }

  /** Whether a node has descendants that were met. A node that comes and goes has a bit index only then. */
  isGroup({ $bit }: WithBit): boolean {
    return $bit !== NO_BIT && (!this.#keeps || ((this.#groupBits[wordOf($bit)] ?? 0) & bitOf($bit)) !== 0);
  }

  #addGroup(bit: number): void {
    const word = wordOf(bit);
    this.#groupBits[word] = (this.#groupBits[word] ?? 0) | bitOf(bit);
  }

  /** The node with that bit of that word. */
  at(word: number, bit: number): N {
    return this.nodes[numberOf(word, bit)]!;
  }
}
