/**
 * Declared action — an action of a schema, which says its ancestors: nothing else is asked of it. They are the same in every call.
 */
import type { EntityView } from '../../../src/value/entities.ts';
import type { BitIndexes } from './bit-indexes.ts';
import type { Node } from './node.ts';
import { NodeSet } from './node-set.ts';

const NO_VALUES: ReadonlyMap<string, never> = new Map<string, never>();

export class DeclaredAction implements EntityView {
  readonly attrs = NO_VALUES;
  readonly tags = NO_VALUES;
  readonly parents = [];
  readonly mask: number;
  readonly ancestors: NodeSet<Node>;

  constructor(ancestors: readonly Node[], bitIndexes: BitIndexes<Node>) {
    this.mask = ancestors.reduce((all, node) => all | bitIndexes.ofGroup(node), 0);
    this.ancestors = ancestors.length === 0 ? NodeSet.none : NodeSet.ofFew(ancestors, bitIndexes);
  }
}
