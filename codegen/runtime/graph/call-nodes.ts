/**
 * Call nodes — the node that stands for the entity of a slot in the present call: the one that the graph keeps if policies name the entity, else one of a pool.
 *
 * Technique: object pool. A node of the pool has no ancestors when a call begins with it, and the attributes that it had in the call before.
 */
import { NO_BIT } from './bit-index.ts';
import type { CallSlot } from './call-slot.ts';
import type { Node } from './node.ts';
import { NodeSet } from './node-set.ts';
import type { RequestGraph } from './request-graph.ts';

export class CallNodes {
  readonly #graph: RequestGraph;

  constructor(graph: RequestGraph) {
    this.#graph = graph;
  }

  nodeOf(slot: CallSlot): Node {
    return slot.node ?? this.#bind(slot);
  }

  #bind(slot: CallSlot): Node {
    const handle = slot.callType.named?.get(slot.id);
    slot.isKept = handle !== undefined;
    const node = handle === undefined ? this.#pooled(slot) : this.#graph.nodeOf(handle);
    slot.node = node;
    return node;
  }

  /** The node of the pool, without ancestors. */
  #pooled(slot: CallSlot): Node {
    const node = slot.pooled;
    if (node === undefined) {
      slot.pooledType = slot.type;
      slot.pooled = this.#graph.transient(slot);
      return slot.pooled;
    }
    if (slot.pooledType !== slot.type) {
      slot.pooledType = slot.type;
      (node as { $type: string }).$type = slot.type;
    }
    if (slot.hasAncestors) {
      slot.hasAncestors = false;
      node.$mask = 0;
      node.$ancestors = NodeSet.none;
    }
    return node;
  }

  /** The bit index of an entity that is above another. */
  groupBit(slot: CallSlot, node: Node): number {
    if (!slot.isKept && slot.pooledBit !== NO_BIT) return slot.pooledBit;
    this.#graph.bitIndexes.ofGroup(node);
    if (!slot.isKept) slot.pooledBit = node.$bit;
    return node.$bit;
  }
}
