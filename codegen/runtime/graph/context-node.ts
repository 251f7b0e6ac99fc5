/**
 * Context node — one node that takes the contexts of requests one after another, so that none is made for each.
 *
 * Sound: what it holds is written and read between the last getter of the caller and the answer. Only errors look at it later; a request that errs keeps the
 * node (`keep`), and the next one gets another.
 */
import { CedarRecord } from '../../../src/value/record.ts';
import type { Graph } from './graph.ts';
import type { Node } from './node.ts';
import { PartialRecord } from './partial-record.ts';

export class ContextNode {
  #graph: Graph;
  /** For the next request. */
  node: Node;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.node = graph.record(CedarRecord.empty);
  }

  /** Leaves the node to the errors of a request, which tell the names of all that the caller gave. */
  keep(given: object): void {
    const { node } = this;
    // First: listing the members of a proxy runs code of the caller, which may ask the same engine.
    this.node = this.#graph.record(CedarRecord.empty);
    (node as { $is: CedarRecord }).$is = new PartialRecord(new Map(), Object.keys(given));
  }
}
