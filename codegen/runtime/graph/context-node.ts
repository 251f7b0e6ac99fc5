/**
 * Context node — one node that takes the contexts of requests one after another, so that none is made for each.
 *
 * Sound: what it holds is written and read between the last getter of the caller and the answer. Only errors look at it later: a request that errs takes
 * the node out of use, and the next one finds another. It comes back unless an error has told the names of all that the caller gave.
 */
import { CedarRecord } from '../../../src/value/record.ts';
import { ContextValues, type ValueOf } from './context-values.ts';
import type { Graph } from './graph.ts';
import type { Node } from './node.ts';
import { PartialRecord } from './partial-record.ts';

export class ContextNode {
  #graph: Graph;
  /** For the next request. */
  node: Node;
  #spare: Node | undefined = undefined;

  /** Reads what is not a primitive. */
  readonly values: ContextValues;

  constructor(graph: Graph, read: ValueOf = () => undefined) {
    this.#graph = graph;
    this.values = new ContextValues(graph, read);
    this.node = graph.record(CedarRecord.empty);
  }

  /** Takes the node of the present request out of use. */
  take(): Node {
    const { node } = this;
    const next = this.#spare ?? this.#graph.record(CedarRecord.empty);
    this.#spare = undefined;
    this.node = next;
    return node;
  }

  /** It may be used again: nobody knows it any more. */
  giveBack(node: Node): void {
    this.#spare = node;
  }

  /** Says which names the caller gave. A node that has them is not given back. */
  name(node: Node, names: readonly string[]): void {
    (node as { $is: CedarRecord }).$is = new PartialRecord(new Map(), names);
  }
}
