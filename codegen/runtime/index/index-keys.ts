/**
 * Index keys — surrogate keys of the entities that rows demand; all indexes of a graph find rows by them.
 *
 * Each index has a bit, and each key the bits of the indexes with a row that demands its entity (request-keys.ts). With more than 32 indexes several share a bit.
 */
import type { Node } from '../graph/node.ts';
import { RequestKeys } from './request-keys.ts';

/** The key of an entity that no row demands. It also stands for no demand. */
export const NO_INDEX_KEY = 0;

export class IndexKeys {
  /** What the principal and the resource of the present request meet. */
  readonly ofPrincipal = new RequestKeys(this);
  readonly ofResource = new RequestKeys(this);
  readonly #nodes: (Node | undefined)[] = [undefined];
  /** By key. A bit stays when its last row goes: then an index is asked in vain. */
  readonly #indexBits: number[] = [0];
  #indexes = 0;
  #version = 0;

  /** The bit of a new index. */
  nextIndexBit(): number {
    return 1 << (this.#indexes++ & 31);
  }

  /** The key of what a row of the index with that bit demands. */
  give(node: Node | undefined, indexBit: number): number {
    if (node === undefined) return NO_INDEX_KEY;
    const key = node.$indexKey === NO_INDEX_KEY ? this.#push(node) : node.$indexKey;
    if ((this.#indexBits[key]! & indexBit) !== indexBit) {
      this.#indexBits[key]! |= indexBit;
      this.#version++;
    }
    return key;
  }

  #push(node: Node): number {
    const key = this.#nodes.push(node) - 1;
    this.#indexBits.push(0);
    node.$indexKey = key;
    return key;
  }

  /** The bits of the indexes with a row that demands the entity of this key. */
  indexBitsOf(key: number): number {
    return this.#indexBits[key]!;
  }

  /** Changes when a key gets a bit, so also when an entity gets a key. */
  get version(): number {
    return this.#version;
  }

  /** How many entities have a number. */
  get size(): number {
    return this.#nodes.length - 1;
  }

  /** The entity that has the number. */
  nodeOf(key: number): Node {
    return this.#nodes[key]!;
  }
}

export function indexKeyOf(demand: Node | undefined): number {
  return demand === undefined ? NO_INDEX_KEY : demand.$indexKey;
}
