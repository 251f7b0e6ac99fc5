/**
 * Node set — the ancestors of an entity: bits where their indexes stand close together, else a hash set.
 *
 *     before  a JavaScript set of nodes
 *     after   words[(node.bit >> 5) - first] & (1 << node.bit)
 *
 * A bit takes one load where a set must be hashed, and a sixteenth of the memory. That counts where thousands of entities are in hundreds of groups.
 *
 * Large sets have two layers: a base that many sets share, and the rest. The ancestors of a deep entity are those of its parents and few more, so a
 * chain of n entities takes about n·√n / 4 bits, where a set for each would take n² / 2. When the rest outgrows a multiple of √n, the two become a new base.
 *
 * Sound: no two nodes of a graph have the same bit index, so the bits say the same as the set.
 *
 * Long because a set is kept in three ways, and sets kept in different ways are united.
 */

import { LAYERS_FROM, LISTED_AT_MOST, UPPER_LAYER_FACTOR } from '../limits.ts';
import { bitOf, type WithBit, wordOf } from './bit-index.ts';
import type { BitIndexes } from './bit-indexes.ts';

/** One bit for each node, that of its bit index; word `n` of the bits is `words[n - first]`. */
export interface Words {
  readonly words: readonly number[];
  readonly first: number;
}

/** The bits of nodes that have bit indexes; `undefined` if the indexes stand too far apart. */
export function pack(nodes: readonly WithBit[]): Words | undefined {
  if (nodes.length === 0) return { words: [], first: 0 };
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const { $bit } of nodes) {
    const word = wordOf($bit);
    if (word < first) first = word;
    if (word > last) last = word;
  }
  const length = last - first + 1;
  if (length > wordsAtMost(nodes.length)) return undefined;
  const words: number[] = [];
  for (let i = 0; i < length; i++) words.push(0);
  addTo(words, first, nodes);
  return { words, first };
}

/** The most words that this many nodes may take: a hash set takes at least twice as much memory. */
function wordsAtMost(nodes: number): number {
  return 2 * nodes + 4;
}

function addTo(words: number[], first: number, nodes: Iterable<WithBit>): void {
  for (const { $bit } of nodes) words[wordOf($bit) - first]! |= bitOf($bit);
}

/** How many bits of a word are set. */
function ones(word: number): number {
  let count = 0;
  for (let left = word; left !== 0; left &= left - 1) count++;
  return count;
}

/** Two sets without a common node; the base has no layers. */
interface Layers<N extends WithBit> {
  readonly base: NodeSet<N>;
  readonly upper: NodeSet<N>;
}

/** A node, as far as its bit index and its ancestors matter. */
export interface WithAncestors<N extends WithBit> extends WithBit {
  readonly $ancestors: NodeSet<N>;
}

/** The version of what is not known yet. */
const NEVER = -1;
const NO_KEYS: readonly number[] = [];

export class NodeSet<N extends WithBit = WithBit> {
  static readonly none = new NodeSet<never>([], 0, 0, undefined, undefined, 0);
  /** What indexes keep with the set (index/index-keys.ts): first of all fields, so that it lies next to what the set is known by. */
  indexKeysVersion = NEVER;
  indexBits = 0;
  indexKeys: readonly number[] = NO_KEYS;
  readonly #words: readonly number[] | undefined;
  /** The words from the first to before the last are those where some of the nodes have their bits. */
  readonly #first: number;
  readonly #end: number;
  /** If there are no words. */
  readonly #nodes: ReadonlySet<N> | undefined;
  readonly #bitIndexes: BitIndexes<N> | undefined;
  readonly #size: number;
  /** If there are neither words nor nodes. */
  readonly #layers: Layers<N> | undefined;
  #list: readonly N[] | undefined = undefined;

  private constructor(
    words: readonly number[] | undefined,
    first: number,
    end: number,
    nodes: ReadonlySet<N> | undefined,
    bitIndexes: BitIndexes<N> | undefined,
    size: number,
    layers?: Layers<N>,
  ) {
    this.#words = words;
    this.#first = first;
    this.#end = end;
    this.#nodes = nodes;
    this.#bitIndexes = bitIndexes;
    this.#size = size;
    this.#layers = layers;
  }

  /** A set of nodes that need no bit indexes. */
  static of<N extends WithBit>(nodes: ReadonlySet<N>): NodeSet<N> {
    return nodes.size === 0 ? NodeSet.none : new NodeSet(undefined, 0, 0, nodes, undefined, nodes.size);
  }

  /** A few nodes that have bit indexes, for one call. */
  static ofFew<N extends WithBit>(
    nodes: readonly N[],
    bitIndexes: BitIndexes<N>,
    packed: Words | undefined = pack(nodes),
  ): NodeSet<N> {
    if (packed === undefined) return NodeSet.of(new Set(nodes));
    const { words, first } = packed;
    const set = new NodeSet(words, first, first + words.length, undefined, bitIndexes, nodes.length);
    set.#list = nodes;
    return set;
  }

  /** These nodes, which have bit indexes, and their ancestors. */
  static above<N extends WithAncestors<N>>(parents: readonly N[], bitIndexes: BitIndexes<N>): NodeSet<N> {
    const above = [...new Set(parents.map(({ $ancestors }) => $ancestors))].filter((set) => set.#size > 0);
    const largest = above.reduce((a, b) => (a.#size < b.#size ? b : a), NodeSet.none as NodeSet<N>);
    return (
      (largest.#size < LAYERS_FROM ? undefined : NodeSet.#onTop(largest, parents, above, bitIndexes)) ??
      NodeSet.#union(parents, above, undefined, bitIndexes)
    );
  }

  /** The same as layers, the lower that of the largest set; `undefined` if the upper would be too large. */
  static #onTop<N extends WithBit>(
    largest: NodeSet<N>,
    parents: readonly N[],
    above: readonly NodeSet<N>[],
    bitIndexes: BitIndexes<N>,
  ): NodeSet<N> | undefined {
    const base = largest.#layers?.base ?? largest;
    const own = parents.filter((parent) => !base.has(parent, parent.$bit));
    const rest = above.flatMap((set) => (set === base ? [] : set.#layers?.base === base ? [set.#layers.upper] : [set]));
    const upper = NodeSet.#union(own, rest, base, bitIndexes);
    if (upper.#size > UPPER_LAYER_FACTOR * Math.sqrt(base.#size)) return undefined;
    if (upper.#size === 0) return base;
    return new NodeSet(undefined, 0, 0, undefined, bitIndexes, base.#size + upper.#size, { base, upper });
  }

  /** These nodes and those of the sets, without those of another. */
  static #union<N extends WithBit>(
    nodes: readonly N[],
    sets: readonly NodeSet<N>[],
    without: NodeSet<N> | undefined,
    bitIndexes: BitIndexes<N>,
  ): NodeSet<N> {
    const own = nodes.map(({ $bit }) => wordOf($bit));
    const first = least([...own, ...sets.map((set) => set.#firstWord)]);
    const end = -least([...own.map((word) => -word - 1), ...sets.map((set) => -set.#endWord)]);
    const atMost = sets.reduce((sum, set) => sum + set.#size, nodes.length);
    if (end - first <= wordsAtMost(atMost)) {
      const words = Array.from({ length: end - first }, () => 0);
      addTo(words, first, nodes);
      for (const set of sets) set.#addTo(words, first);
      if (without !== undefined) without.#takeFrom(words, first);
      const packed = trimmed(words, first);
      const size = packed.words.reduce((sum, word) => sum + ones(word), 0);
      if (size === 0) return NodeSet.none;
      const { length } = packed.words;
      const set = new NodeSet(packed.words, packed.first, packed.first + length, undefined, bitIndexes, size);
      if (length <= wordsAtMost(size)) return set;
    }
    const all = new Set(nodes);
    for (const set of sets) set.#each((node) => all.add(node));
    if (without !== undefined) without.#each((node) => all.delete(node));
    return all.size === 0 ? NodeSet.none : new NodeSet(undefined, first, end, all, bitIndexes, all.size);
  }

  /**
   * `bit` is the node's, read by the asker: emitted code meets nodes of one class, and a load that the programs of many engines shared would
   * meet many, which is slower for all of them.
   */
  has(node: N, bit: number): boolean {
    const words = this.#words;
    if (words === undefined) return this.#hasUnpacked(node, bit);
    const i = (wordOf(bit) - this.#first) >>> 0;
    return i < words.length && (words[i]! & bitOf(bit)) !== 0;
  }

  #hasUnpacked(node: N, bit: number): boolean {
    const layers = this.#layers;
    if (layers === undefined) return this.#nodes!.has(node);
    return layers.upper.has(node, bit) || layers.base.has(node, bit);
  }

  /** Whether one of these nodes is in the set; `packed` are their bits, where they stand close together. */
  meets(nodes: readonly N[], packed: Words | undefined): boolean {
    const words = this.#words;
    if (words === undefined || packed === undefined) return this.#hasOneOf(nodes);
    const others = packed.words;
    const ahead = packed.first - this.#first;
    const end = Math.min(others.length, words.length - ahead);
    for (let i = Math.max(0, -ahead); i < end; i++) if ((others[i]! & words[i + ahead]!) !== 0) return true;
    return false;
  }

  #hasOneOf(nodes: readonly N[]): boolean {
    return nodes.some((node) => this.has(node, node.$bit));
  }

  get size(): number {
    return this.#size;
  }

  /** All of them, gathered when they are first asked for. */
  get list(): readonly N[] {
    if (this.#list !== undefined) return this.#list;
    const list: N[] = [];
    this.#each((node) => list.push(node));
    if (list.length <= LISTED_AT_MOST) this.#list = list;
    return list;
  }

  /** Calls for each of them, without a list that is kept. */
  forEach(each: (node: N) => void): void {
    if (this.#list === undefined) this.#each(each);
    else this.#list.forEach(each);
  }

  /** All nodes are in words from the first to before the last. */
  get #firstWord(): number {
    const layers = this.#layers;
    return layers === undefined ? this.#first : Math.min(layers.base.#first, layers.upper.#first);
  }

  get #endWord(): number {
    const layers = this.#layers;
    return layers === undefined ? this.#end : Math.max(layers.base.#end, layers.upper.#end);
  }

  #addTo(words: number[], first: number): void {
    const own = this.#words;
    if (own !== undefined) for (let i = 0; i < own.length; i++) words[this.#first - first + i]! |= own[i]!;
    else if (this.#nodes !== undefined) addTo(words, first, this.#nodes);
    else for (const layer of Object.values(this.#layers!)) layer.#addTo(words, first);
  }

  /** Clears the bits of this set, which has no layers; bits outside the words are skipped. */
  #takeFrom(words: number[], first: number): void {
    const own = this.#words;
    if (own === undefined) {
      this.#nodes!.forEach(({ $bit }) => {
        const i = wordOf($bit) - first;
        if (i >= 0 && i < words.length) words[i]! &= ~bitOf($bit);
      });
      return;
    }
    const ahead = first - this.#first;
    const end = Math.min(words.length, own.length - ahead);
    for (let i = Math.max(0, -ahead); i < end; i++) words[i]! &= ~own[i + ahead]!;
  }

  #each(each: (node: N) => void): void {
    if (this.#layers !== undefined) {
      this.#layers.base.#each(each);
      this.#layers.upper.#each(each);
      return;
    }
    if (this.#words === undefined) {
      this.#nodes!.forEach(each);
      return;
    }
    for (const [i, word] of this.#words.entries()) {
      for (let left = word; left !== 0; left &= left - 1) each(this.#bitIndexes!.at(this.#first + i, left & -left));
    }
  }
}

/** Without the empty words at both ends. */
function trimmed(words: readonly number[], first: number): Words {
  let [start, end] = [0, words.length];
  while (start < end && words[start] === 0) start++;
  while (start < end && words[end - 1] === 0) end--;
  return start === 0 && end === words.length
    ? { words, first }
    : { words: words.slice(start, end), first: first + start };
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => (a < b ? a : b), Number.POSITIVE_INFINITY);
}
