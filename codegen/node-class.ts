/**
 * Node class — the class of the nodes of one bound program, with a field for each attribute that the policies read.
 */
import type { Fields } from './emit/fields.ts';
import { load } from './load.ts';
import { print } from './print.ts';
import type { NodeClass } from './runtime/graph.ts';
import { Node } from './runtime/node.ts';

export function nodeClassOf(fields: Fields): NodeClass {
  const make = load<(base: typeof Node) => NodeClass['class']>(['Node'], print(fields.emitClass()));
  return { class: make(Node), fields: fields.entries() };
}
