/**
 * Node set — the ancestors of an entity, or the entities in a set: one bit for each place (places.ts) where they stand close together.
 *
 *     before  a JavaScript set of nodes
 *     after   words[node.word - first] & node.bit
 *
 * A bit is found in one load where a set must be hashed, and it takes a sixteenth of the memory, which counts where thousands of entities are in
 * hundreds of groups each.
 *
 * Sound: no two nodes of a graph have the same place, so that the bits say the same as the set.
 */
import type { Node } from './node.ts';
import type { Places } from './places.ts';

/** One bit for each node: that of place `$bit` of word `$word` stands in `words[$word - first]`. */
export interface Words {
  readonly words: readonly number[];
  readonly first: number;
}

/** Of nodes that have places; `undefined` where they stand too far apart. */
export function pack(nodes: readonly Node[]): Words | undefined {
  if (nodes.length === 0) return { words: [], first: 0 };
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const { $word } of nodes) {
    if ($word < first) first = $word;
    if ($word > last) last = $word;
  }
  const length = last - first + 1;
  if (length > wordsAtMost(nodes.length)) return undefined;
  const words = Array.from({ length }, () => 0);
  for (const { $word, $bit } of nodes) words[$word - first]! |= $bit;
  return { words, first };
}

/** Words that are worth it for so many nodes: a set takes at least twice as much memory. */
function wordsAtMost(nodes: number): number {
  return 2 * nodes + 4;
}

export class NodeSet {
  static readonly none = new NodeSet(undefined, 0, new Set(), undefined);
  readonly #words: readonly number[] | undefined;
  readonly #first: number;
  /** If there are no words. */
  readonly #nodes: ReadonlySet<Node> | undefined;
  readonly #places: Places | undefined;
  #list: readonly Node[] | undefined;

  private constructor(
    words: readonly number[] | undefined,
    first: number,
    nodes: ReadonlySet<Node> | undefined,
    places: Places | undefined,
  ) {
    this.#words = words;
    this.#first = first;
    this.#nodes = nodes;
    this.#places = places;
  }

  /** Of nodes that need no places. */
  static of(nodes: ReadonlySet<Node>): NodeSet {
    return nodes.size === 0 ? NodeSet.none : new NodeSet(undefined, 0, nodes, undefined);
  }

  /** Of nodes that have places. */
  static ofPlaced(nodes: ReadonlySet<Node>, places: Places): NodeSet {
    if (nodes.size === 0) return NodeSet.none;
    const packed = pack([...nodes]);
    return packed === undefined ? NodeSet.of(nodes) : new NodeSet(packed.words, packed.first, undefined, places);
  }

  has(node: Node): boolean {
    const words = this.#words;
    if (words === undefined) return this.#nodes!.has(node);
    const i = node.$word - this.#first;
    return i >= 0 && i < words.length && (words[i]! & node.$bit) !== 0;
  }

  /** All of them, gathered when they are first asked for. */
  get list(): readonly Node[] {
    this.#list ??= this.#gather();
    return this.#list;
  }

  #gather(): readonly Node[] {
    if (this.#words === undefined) return [...this.#nodes!];
    const list: Node[] = [];
    for (const [i, word] of this.#words.entries()) {
      for (let left = word; left !== 0; left &= left - 1) list.push(this.#places!.at(this.#first + i, left & -left));
    }
    return list;
  }
}
