/**
 * Request node — the node of what a request names.
 */
import type { Graph } from '../../../codegen/runtime/graph/graph.ts';
import type { Node } from '../../../codegen/runtime/graph/node.ts';
import { EntityHandle } from '../../../codegen/runtime/store/store.ts';
import { type UidInput, uidFromInput } from './uid-input.ts';

/** A handle of another store has no node here, but its uid may. */
export function nodeOf(input: UidInput, name: 'principal' | 'action' | 'resource', graph: Graph): Node {
  if (input instanceof EntityHandle && (input.graph === graph || input.store === graph.store))
    return graph.nodeOf(input);
  const known = typeof input === 'string' ? graph.ofText(input) : undefined;
  if (known !== undefined) return known;
  const uid = uidFromInput(input, name);
  return name === 'action' ? graph.action(uid) : graph.resolve(uid);
}
