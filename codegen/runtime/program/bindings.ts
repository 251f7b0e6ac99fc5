/**
 * Bindings — what emitted code may call, for the entities of one graph.
 */
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { patternMatches } from '../../../src/value/pattern.ts';
import * as operator from '../evaluate/operator.ts';
import * as plainValue from '../evaluate/plain-value.ts';
import { equal, RuntimeSet, type RuntimeValue } from '../evaluate/runtime-value.ts';
import type { Graph } from '../graph/graph.ts';
import { Node } from '../graph/node.ts';
import { stringHash } from '../index/string-hash.ts';
import { handleNodes } from '../store/entity-handle.ts';

export function bindingsOf(graph: Graph): object {
  return {
    ...operator,
    ...plainValue,
    Node,
    equal,
    patternMatches,
    stringHash,
    nodeIn: handleNodes.nodeIn,
    indexBits: (node: Node) => graph.indexKeys.bitsOf(node),
    uid: (type: string, id: string) => graph.intern(new EntityUid(type, id)),
    set: (elements: readonly RuntimeValue[]) => RuntimeSet.of(elements, graph.bitIndexes),
    record: (names: readonly string[], values: readonly RuntimeValue[]) => graph.recordOf(names, values),
    getTag: (entity: RuntimeValue, tag: RuntimeValue) => graph.tag(entity, tag),
  };
}
