/**
 * Call hierarchy — the ancestors of an entity of a call, for the few entities of a call by a climb along their parents.
 *
 * Every parent above the entity is read and found among the entities of the call; whatever is odd, a cycle too, is left to the exact twin (request-graph.ts).
 */
import { bitOf, wordOf } from './bit-index.ts';
import type { CallList } from './call-list.ts';
import type { CallNodes } from './call-nodes.ts';
import { type CallSlot, NOTHING } from './call-slot.ts';
import type { Node } from './node.ts';
import { NodeSet, pack, type Words } from './node-set.ts';
import type { RequestGraph } from './request-graph.ts';

export class CallHierarchy {
  readonly #graph: RequestGraph;
  readonly #list: CallList;
  readonly #nodes: CallNodes;
  /** Found by the present climb, their bits, the least and the greatest of their bit indexes, and the number of the climb. */
  #found: Node[] = [];
  #mask = 0;
  #leastBit = 0;
  #greatestBit = 0;
  #climbs = 0;

  constructor(graph: RequestGraph, list: CallList, nodes: CallNodes) {
    this.#graph = graph;
    this.#list = list;
    this.#nodes = nodes;
  }

  /** Finds the ancestors of an entity. Whether all that is above it could be read. */
  climb(slot: CallSlot, node: Node): boolean {
    if (parentsOf(slot).length === 0) return true;
    this.#found = [];
    this.#mask = 0;
    this.#leastBit = 2 ** 30;
    this.#greatestBit = 0;
    this.#climbs++;
    if (!this.#climbFrom(slot)) return false;
    const ancestors = NodeSet.ofFew(this.#found, this.#graph.bitIndexes, this.#packed());
    slot.hasAncestors = true;
    this.#graph.settleAncestors(node, this.#mask, ancestors);
    return true;
  }

  /** Depth first, so that a cycle is met on the way. Not deeper than there are slots. */
  #climbFrom(slot: CallSlot): boolean {
    const parents = parentsOf(slot);
    if (parents.length === 0) return true;
    const { uids } = this.#list;
    slot.isOpen = true;
    for (let i = 0; i < parents.length; i++) {
      const parent = uids.readReference(parents[i]) ? this.#list.slotOf(uids.type, uids.id) : undefined;
      if (parent === undefined || parent.isOpen || !this.#list.mayBeBelow(slot, parent.callType)) return false;
      if (parent.climb === this.#climbs) continue;
      parent.climb = this.#climbs;
      this.#find(parent);
      if (!this.#climbFrom(parent)) return false;
    }
    slot.isOpen = false;
    return true;
  }

  #find(slot: CallSlot): void {
    const node = this.#nodes.nodeOf(slot);
    const bit = this.#nodes.groupBit(slot, node);
    this.#found.push(node);
    this.#mask |= bitOf(bit);
    if (bit < this.#leastBit) this.#leastBit = bit;
    if (bit > this.#greatestBit) this.#greatestBit = bit;
  }

  /** Mostly the bits of all that were found are of one word, as the mask is. */
  #packed(): Words | undefined {
    const first = wordOf(this.#leastBit);
    return first === wordOf(this.#greatestBit) ? { words: [this.#mask], first } : pack(this.#found);
  }

  /** Whether all parents are of types that the entity may be in: what is left to ask where nobody asks for its ancestors. */
  parentsFit(slot: CallSlot): boolean {
    const { uids } = this.#list;
    const { parents } = slot;
    for (let i = 0; i < parents.length; i++) {
      if (!uids.readReference(parents[i]) || !uids.id.isWellFormed()) return false;
      const type = this.#list.typeOf(uids.type);
      if (type === undefined || !this.#list.mayBeBelow(slot, type)) return false;
    }
    return true;
  }
}

/** Those of a view are read when they are first asked for. */
function parentsOf(slot: CallSlot): readonly unknown[] {
  if (slot.given === undefined && slot.view !== undefined && slot.parents === NOTHING) slot.parents = slot.view.parents;
  return slot.parents;
}
