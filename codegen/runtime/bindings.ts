/**
 * Bindings — what emitted code may call, for the entities of one graph.
 */
import { EntityUid } from '../../src/value/entity-uid.ts';
import { patternMatches } from '../../src/value/pattern.ts';
import type { Graph } from './graph.ts';
import { Node } from './node.ts';
import * as operator from './operator.ts';
import { RuntimeSet } from './runtime-set.ts';
import { equal, type RuntimeValue } from './runtime-value.ts';
import { textHash } from './text-hash.ts';

export function bindingsOf(graph: Graph): object {
  return {
    ...operator,
    Node,
    equal,
    patternMatches,
    textHash,
    uid: (type: string, id: string) => graph.intern(new EntityUid(type, id)),
    set: (elements: readonly RuntimeValue[]) => RuntimeSet.of(elements, graph.places),
    record: (names: readonly string[], values: readonly RuntimeValue[]) => graph.recordOf(names, values),
    getTag: (entity: RuntimeValue, tag: RuntimeValue) => graph.tag(entity, tag),
  };
}
