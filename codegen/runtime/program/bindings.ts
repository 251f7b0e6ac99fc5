/**
 * Bindings — what emitted code may call, for the entities of one graph.
 *
 * Each is named. To spread the namespace of a module would call a getter for each member in bundles, at the first decision of a process.
 */
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { extFun } from '../../../src/value/ext-fun.ts';
import { patternMatches } from '../../../src/value/pattern.ts';
import {
  add,
  call,
  contains,
  containsAll,
  containsAny,
  containsEntity,
  hasTag,
  inSet,
  isEmpty,
  isEntity,
  less,
  lessEq,
  mem,
  mul,
  neg,
  sub,
} from '../evaluate/operator.ts';
import {
  getPrototypeOf,
  isArray,
  isEscapeName,
  mapProbe,
  objectPrototype,
  takeBool,
  takeLong,
  takePrimitive,
  takeString,
} from '../evaluate/plain-value.ts';
import { equal, RuntimeSet, type RuntimeValue } from '../evaluate/runtime-value.ts';
import type { Graph } from '../graph/graph.ts';
import { Node } from '../graph/node.ts';
import { stringHash } from '../index/string-hash.ts';
import { handleNodes } from '../store/entity-handle.ts';

const OPERATORS = {
  add,
  call,
  contains,
  containsAll,
  containsAny,
  containsEntity,
  hasTag,
  inSet,
  isEmpty,
  isEntity,
  less,
  lessEq,
  mem,
  mul,
  neg,
  sub,
};

const PLAIN_VALUES = {
  getPrototypeOf,
  isArray,
  isEscapeName,
  mapProbe,
  objectPrototype,
  takeBool,
  takeLong,
  takePrimitive,
  takeString,
};

export function bindingsOf(graph: Graph): object {
  return {
    ...OPERATORS,
    ...PLAIN_VALUES,
    Node,
    equal,
    extFun,
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
