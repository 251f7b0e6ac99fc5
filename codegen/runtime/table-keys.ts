/**
 * Table keys — numbers for the entities that rows demand, by which all tables of a graph find them.
 */
import type { Node } from './node.ts';

/** Of an entity that no row demands; stands for no demand, too. */
export const NO_KEY = 0;

export class TableKeys {
  readonly #nodes: (Node | undefined)[] = [undefined];

  give(node: Node | undefined): number {
    if (node === undefined) return NO_KEY;
    if (node.$key === NO_KEY) node.$key = this.#nodes.push(node) - 1;
    return node.$key;
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

export function keyOf(demand: Node | undefined): number {
  return demand === undefined ? NO_KEY : demand.$key;
}
