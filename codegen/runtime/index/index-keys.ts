/**
 * Index keys — surrogate keys of the entities that rows demand; all indexes of a graph find rows by them.
 */
import type { Node } from '../graph/node.ts';

/** The key of an entity that no row demands. It also stands for no demand. */
export const NO_INDEX_KEY = 0;

export class IndexKeys {
  readonly #nodes: (Node | undefined)[] = [undefined];

  give(node: Node | undefined): number {
    if (node === undefined) return NO_INDEX_KEY;
    if (node.$indexKey === NO_INDEX_KEY) node.$indexKey = this.#nodes.push(node) - 1;
    return node.$indexKey;
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
