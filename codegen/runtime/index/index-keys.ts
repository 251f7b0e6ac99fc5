/**
 * Index keys — surrogate keys of the entities that rows demand; all indexes of a graph find rows by them.
 *
 * Each index has a bit. A key has the bits of the indexes with a row that demands its entity, and apart those of the indexes with a row that demands to be
 * in it. A set of ancestors keeps the keys of its members and their bits together:
 *
 *     before  each request gathers the keys of the ancestors
 *     after   a set of ancestors, which many entities share, gathers them once; and one word tells which indexes have no row for an entity
 *
 * With more than 30 indexes several share a bit.
 *
 * Technique: one-word Bloom filter over the indexes of the graph. Sound: a row that demands a key has set the bit of its index for that key.
 *
 * INVARIANT: what a set keeps is right while the version is the same. A set never changes, and a key or bit that came since has changed the version.
 */
import type { Node } from '../graph/node.ts';
import type { NodeSet } from '../graph/node-set.ts';

/** The key of an entity that no row demands. It also stands for no demand. */
export const NO_INDEX_KEY = 0;

/** As many as a small integer of V8 has on every machine. */
const BITS = 30;

/** How the rows of an index bind principal or resource. */
export type IndexBound = 'any' | 'eq' | 'in';

export class IndexKeys {
  readonly #nodes: (Node | undefined)[] = [undefined];
  /** By key. A bit stays when its last row goes: then an index is asked in vain. */
  readonly #ownBits: number[] = [0];
  readonly #bitsBelow: number[] = [0];
  #indexes = 0;
  #version = 0;

  /** The bit of a new index. */
  nextIndexBit(): number {
    return 1 << (this.#indexes++ % BITS);
  }

  /** The key of what a row of the index with that bit demands. */
  give(node: Node | undefined, bound: IndexBound, indexBit: number): number {
    if (node === undefined) return NO_INDEX_KEY;
    const key = node.$indexKey === NO_INDEX_KEY ? this.#push(node) : node.$indexKey;
    this.#ownBits[key]! |= indexBit;
    if (bound === 'in' && (this.#bitsBelow[key]! & indexBit) === 0) {
      this.#bitsBelow[key]! |= indexBit;
      this.#version++;
    }
    return key;
  }

  #push(node: Node): number {
    const key = this.#nodes.push(node) - 1;
    this.#ownBits.push(0);
    this.#bitsBelow.push(0);
    node.$indexKey = key;
    return key;
  }

  /** The bits of the indexes that may have a row whose demand the entity meets; all others have none. */
  bitsOf(node: Node): number {
    return this.#ownBits[node.$indexKey]! | this.gathered(node.$ancestors).indexBits;
  }

  /** The bits of the indexes with a row that demands the entity itself. */
  ownBitsOf(node: Node): number {
    return this.#ownBits[node.$indexKey]!;
  }

  /** The set, with the keys of its members that rows demand to be in, each followed by the bits of their indexes. */
  gathered(set: NodeSet<Node>): NodeSet<Node> {
    if (set.indexKeysVersion !== this.#version) this.#gather(set);
    return set;
  }

  /** The empty set, which all graphs share, stays as it is. */
  #gather(set: NodeSet<Node>): void {
    if (set.size === 0) return;
    const keys: number[] = [];
    let all = 0;
    set.forEach(({ $indexKey }) => {
      const bits = this.#bitsBelow[$indexKey]!;
      if (bits === 0) return;
      keys.push($indexKey, bits);
      all |= bits;
    });
    // A copy has no room to grow: there may be as many sets as entities.
    set.indexKeys = keys.slice();
    set.indexBits = all;
    // Last: an exception in between leaves a set that is gathered again.
    set.indexKeysVersion = this.#version;
  }

  /** How many entities have a key. */
  get size(): number {
    return this.#nodes.length - 1;
  }

  /** The entity that has the key. */
  nodeOf(key: number): Node {
    return this.#nodes[key]!;
  }
}

export function indexKeyOf(demand: Node | undefined): number {
  return demand === undefined ? NO_INDEX_KEY : demand.$indexKey;
}
