/**
 * Request keys — the index keys that one entity of the present request meets: its own, and those of its ancestors.
 *
 *     before  each index gathers the keys of each request
 *     after   the first index that is asked gathers them for all; and an index without a row for them knows it by one word
 *
 * Technique: one-word Bloom filter over the indexes of the graph. Sound: a row that demands a key has set the bit of its index for that key.
 *
 * INVARIANT: the keys are those of `#entity` as it is. It may have other ancestors since, in another set, for a set is never changed; and a key or
 * bit that came since has changed the version.
 */
import type { Node } from '../graph/node.ts';
import type { NodeSet } from '../graph/node-set.ts';

const NO_KEY = 0;

/** The keys of a graph, as far as the bits of indexes matter. */
interface IndexBits {
  /** Changes when a key gets a bit, so also when an entity gets a key. */
  readonly version: number;
  indexBitsOf(key: number): number;
}

export class RequestKeys {
  /** The own key first, if the entity has one; only the first `length` count. The list is reused for each request, and only grows. */
  readonly keys: number[] = [NO_KEY];
  length = 0;
  /** The bits of the indexes with rows that demand the entity itself. */
  ownIndexBits = 0;
  /** The bits of those that demand it or an ancestor. */
  indexBits = 0;
  readonly #all: IndexBits;
  #entity: Node | undefined = undefined;
  #ancestors: NodeSet<Node> | undefined = undefined;
  #version = -1;

  constructor(all: IndexBits) {
    this.#all = all;
  }

  gather(entity: Node): void {
    const { version } = this.#all;
    if (this.#entity === entity && this.#ancestors === entity.$ancestors && this.#version === version) return;
    // An exception in between leaves keys that are nobody's.
    this.#entity = undefined;
    this.#ancestors = entity.$ancestors;
    this.#version = version;
    this.length = 0;
    this.indexBits = 0;
    this.#add(entity.$indexKey);
    this.ownIndexBits = this.indexBits;
    const ancestors = entity.$ancestors.list;
    for (let i = 0; i < ancestors.length; i++) this.#add(ancestors[i]!.$indexKey);
    this.#entity = entity;
  }

  #add(key: number): void {
    if (key === NO_KEY) return;
    this.keys[this.length++] = key;
    this.indexBits |= this.#all.indexBitsOf(key);
  }
}
