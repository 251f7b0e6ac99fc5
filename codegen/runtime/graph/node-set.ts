/**
 * Node set — the ancestors of an entity, or the entities in a set: one bit for each place (place.ts) where they stand close together.
 *
 *     before  a JavaScript set of nodes
 *     after   words[(node.place >> 5) - first] & (1 << node.place)
 *
 * A bit is found in one load where a set must be hashed, and it takes a sixteenth of the memory, which counts where thousands of entities are in
 * hundreds of groups each.
 *
 * Sound: no two nodes of a graph have the same place, so that the bits say the same as the set.
 */

import { bitOf, wordOf } from './bit-index.ts';
import type { BitIndexes } from './bit-indexes.ts';
import type { Node } from './node.ts';

/** One bit for each node, that of its place; word `n` of the places is `words[n - first]`. */
export interface Words {
  readonly words: readonly number[];
  readonly first: number;
}

/** Of nodes that have places; `undefined` where they stand too far apart. */
export function pack(nodes: readonly Node[]): Words | undefined {
  if (nodes.length === 0) return { words: [], first: 0 };
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const { $bit } of nodes) {
    const word = wordOf($bit);
    if (word < first) first = word;
    if (word > last) last = word;
  }
  const length = last - first + 1;
  if (length > wordsAtMost(nodes.length)) return undefined;
  const words = Array.from({ length }, () => 0);
  addTo(words, first, nodes);
  return { words, first };
}

/** Words that are worth it for so many nodes: a set takes at least twice as much memory. */
function wordsAtMost(nodes: number): number {
  return 2 * nodes + 4;
}

function addTo(words: number[], first: number, nodes: Iterable<Node>): void {
  for (const { $bit } of nodes) words[wordOf($bit) - first]! |= bitOf($bit);
}

/** How many bits of a word are set. */
function ones(word: number): number {
  let count = 0;
  for (let left = word; left !== 0; left &= left - 1) count++;
  return count;
}

export class NodeSet {
  static readonly none = new NodeSet([], 0, 0, undefined, undefined, 0);
  readonly #words: readonly number[] | undefined;
  /** The words from the first to before the last are those where some of the nodes have their bits. */
  readonly #first: number;
  readonly #end: number;
  /** If there are no words. */
  readonly #nodes: ReadonlySet<Node> | undefined;
  readonly #bitIndexes: BitIndexes | undefined;
  readonly #size: number;
  #list: readonly Node[] | undefined;

  private constructor(
    words: readonly number[] | undefined,
    first: number,
    end: number,
    nodes: ReadonlySet<Node> | undefined,
    bitIndexes: BitIndexes | undefined,
    size: number,
  ) {
    this.#words = words;
    this.#first = first;
    this.#end = end;
    this.#nodes = nodes;
    this.#bitIndexes = bitIndexes;
    this.#size = size;
  }

  /** Of nodes that need no places. */
  static of(nodes: ReadonlySet<Node>): NodeSet {
    return nodes.size === 0 ? NodeSet.none : new NodeSet(undefined, 0, 0, nodes, undefined, nodes.size);
  }

  /** These nodes, which have places, and the ancestors of them. */
  static above(parents: readonly Node[], bitIndexes: BitIndexes): NodeSet {
    const above = [...new Set(parents.map(({ $ancestors }) => $ancestors))].filter((set) => set.#size > 0);
    const own = parents.map(({ $bit }) => wordOf($bit));
    const first = least([...own, ...above.map((set) => set.#first)]);
    const end = -least([...own.map((word) => -word - 1), ...above.map((set) => -set.#end)]);
    const atMost = above.reduce((sum, set) => sum + set.#size, parents.length);
    if (end - first <= wordsAtMost(atMost)) {
      const words = Array.from({ length: end - first }, () => 0);
      addTo(words, first, parents);
      for (const set of above) set.#addTo(words, first);
      const size = words.reduce((sum, word) => sum + ones(word), 0);
      const packed = new NodeSet(words, first, end, undefined, bitIndexes, size);
      if (end - first <= wordsAtMost(size)) return packed;
    }
    const all = new Set(parents);
    for (const set of above) set.#each((node) => all.add(node));
    return new NodeSet(undefined, first, end, all, bitIndexes, all.size);
  }

  /**
   * `bit` is the node's, read by the asker: emitted code meets nodes of one class, and a load that the programs of many engines shared would
   * meet many, which is slower for all of them.
   */
  has(node: Node, bit: number): boolean {
    const words = this.#words;
    if (words === undefined) return this.#nodes!.has(node);
    const i = (wordOf(bit) - this.#first) >>> 0;
    return i < words.length && (words[i]! & bitOf(bit)) !== 0;
  }

  /** Whether one of these nodes is in the set; `packed` are their bits, where they stand close together. */
  meets(nodes: readonly Node[], packed: Words | undefined): boolean {
    const words = this.#words;
    if (words === undefined || packed === undefined) return this.#hasOneOf(nodes);
    const others = packed.words;
    const ahead = packed.first - this.#first;
    const end = Math.min(others.length, words.length - ahead);
    for (let i = Math.max(0, -ahead); i < end; i++) if ((others[i]! & words[i + ahead]!) !== 0) return true;
    return false;
  }

  #hasOneOf(nodes: readonly Node[]): boolean {
    return nodes.some((node) => this.has(node, node.$bit));
  }

  get size(): number {
    return this.#size;
  }

  /** All of them, gathered when they are first asked for. */
  get list(): readonly Node[] {
    if (this.#list === undefined) {
      const list: Node[] = [];
      this.#each((node) => list.push(node));
      this.#list = list;
    }
    return this.#list;
  }

  #addTo(words: number[], first: number): void {
    const own = this.#words;
    if (own === undefined) addTo(words, first, this.#nodes!);
    else for (let i = 0; i < own.length; i++) words[this.#first - first + i]! |= own[i]!;
  }

  #each(each: (node: Node) => void): void {
    if (this.#words === undefined) {
      this.#nodes!.forEach(each);
      return;
    }
    for (const [i, word] of this.#words.entries()) {
      for (let left = word; left !== 0; left &= left - 1) each(this.#bitIndexes!.at(this.#first + i, left & -left));
    }
  }
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => (a < b ? a : b));
}
